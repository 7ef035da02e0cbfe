import Diagnostics
package import ProfileModel

/// Decides what to do. A pure function of what is wanted, known, live and allowed: it asks by saying which
/// questions it has, and answers with a plan.
package struct Planner: Sendable {
    private var roster: Roster
    private let policy: PlanPolicy
    private let environment: EnvironmentStamp
    private let pace: Pace
    private let scope: PlanScope
    private let selection: PlanSelection?
    private let patchNullDeletes: Bool
    private let history: LedgerHistory
    private let removedUnseen: [DesiredProfile]
    private var hidden: [Address: String] = [:]

    /// - Parameters:
    ///   - selection: what the scope comes to; nil looks at everything.
    ///   - removedUnseen: what the manifests described before, where no ledger knows the live profiles.
    ///   - patchNullDeletes: the service is known to remove attributes by null in a PATCH.
    ///   - history: what the ledger can say about earlier applies.
    package init(
        desired: DesiredState, ledger: [LedgerEntry], policy: PlanPolicy, environment: EnvironmentStamp, pace: Pace,
        scope: PlanScope, selection: PlanSelection? = nil, removedUnseen: [DesiredProfile] = [],
        patchNullDeletes: Bool = false, history: LedgerHistory = .known
    ) {
        self.roster = Roster(desired, ledger)
        self.policy = policy
        self.environment = environment
        self.pace = pace
        self.scope = scope
        self.selection = selection
        self.removedUnseen = removedUnseen
        self.patchNullDeletes = patchNullDeletes
        self.history = history
    }

    /// The same, but what these manifests describe is neither deleted nor forgotten. It asks the same questions.
    /// - Parameter hidden: addresses, and the manifests that describe them and were not read.
    package func keeping(_ hidden: [Address: String]) -> Planner {
        var planner = self
        planner.hidden = hidden
        planner.roster.kept = Set(hidden.keys)
        return planner
    }

    /// The next round of questions, each never asked before; empty when enough is known for `plan`. First what
    /// the lines are, then who has what they are about to take.
    package func lookups(after live: LiveState) -> [Lookup] {
        let (roster, scope) = narrowed(live)
        let readings = roster.readings(live, scope: scope)
        let open = roster.questions(readings, live)
        return open.isEmpty ? roster.questionsOfOwners(readings, live) : open
    }

    /// What the answers leave open, as `lookups`, with the profiles that it is about. For answers of another time,
    /// after which nothing more is asked.
    private func openQuestions(after live: LiveState) -> [(line: Int, question: OpenQuestion)] {
        let (roster, scope) = narrowed(live)
        let readings = roster.readings(live, scope: scope)
        var open = roster.questionsOfLines(readings, live)
        if open.isEmpty { open = roster.ownerQuestionsOfLines(readings, live) }
        return open.map { ($0.line, OpenQuestion(address: roster.address(of: $0.line), lookup: $0.lookup)) }
    }

    /// Leaves out the profiles that the answers are not enough for. Then there are no lookups any more.
    /// - Returns: what would have to be asked for them.
    package mutating func leaveOutUnanswered(_ live: LiveState) -> [OpenQuestion] {
        var all: [OpenQuestion] = []
        while true {
            let open = openQuestions(after: live)
            guard !open.isEmpty else { return all }
            all += open.map(\.question)
            for (line, _) in open {
                roster.lines[line].isLeftOut = true
                roster.lines[line].isOutside = true
            }
        }
    }

    /// The lines that are looked at. Answers may show that others are needed too.
    private func narrowed(_ live: LiveState) -> (Roster, PlanScope) {
        guard let selection else { return (roster, scope) }
        var scope = scope
        let (narrowed, included) = roster.narrowed(to: selection, live, scope)
        // What was left out by name does not come along, it only tells who must wait.
        scope.included = included.filter { !selection.excluded.contains($0.address) }
        return (narrowed, scope)
    }

    /// - Parameter live: answers to all lookups. A profile that was not asked for is an error of the plan.
    package func plan(_ live: LiveState, at time: Timestamp) -> Plan { plan(draft(live), live, at: time) }

    /// What is to be done and may be done, each profile for itself.
    /// - Parameter live: answers to all lookups.
    package func draft(_ live: LiveState) -> PlanDraft {
        let (roster, scope) = narrowed(live)
        let decisions = Decisions(
            roster, roster.readings(live, scope: scope), patchNullDeletes: patchNullDeletes)
        let excluded = selection?.excluded ?? []
        var wanted = excluded.isEmpty ? decisions.steps : decisions.steps.filter { !excluded.contains($0.address) }
        let kept = keep(&wanted)
        let (certain, uncertain) = UnknownOwners(live).judge(wanted)
        let (allowed, overLimit) = policy.judge(certain, decisions.population, decisions.heldBack)
        return PlanDraft(
            roster: roster, scope: scope, allowed: allowed,
            blocked: decisions.blocked + uncertain + overLimit + self.excluded(decisions.steps) + kept + unseen,
            unchanged: decisions.unchanged, drift: decisions.drift,
            diagnostics: decisions.diagnostics + unknownAddresses(roster, wanted), population: decisions.population)
    }

    private func unknownAddresses(_ roster: Roster, _ steps: [Step]) -> [Diagnostic] {
        switch history {
        case .nothingApplied: []
        case .known: roster.warningsOfUnknownMoves(steps)
        case .missing: roster.warningsOfUnknownMoves(steps) + roster.warningsOfUnknownRemovals(selection)
        }
    }

    /// What the steps have to do with one another: who must wait for whom, and what the service would refuse.
    package func plan(_ draft: consuming PlanDraft, _ live: LiveState, at time: Timestamp) -> Plan {
        let (scope, unchanged, drift, diagnostics) = (draft.scope, draft.unchanged, draft.drift, draft.diagnostics)
        let basis = PlanBasis(population: draft.population, patchNullDeletes: patchNullDeletes)
        let foresight = Foresight(draft, live: live, patchNullDeletes: patchNullDeletes)
        return Plan(
            environment: environment, createdAt: time, scope: scope, steps: foresight.steps,
            blocked: reallyBlocked(foresight.blocked), unchanged: unchanged, drift: drift,
            diagnostics: diagnostics + foresight.diagnostics,
            cost: Cost(of: foresight.steps, readsMade: live.asked, pace: pace),
            isLedgerMissing: history == .missing, basis: basis)
    }

    /// Takes the steps out that only seem to follow from the manifests.
    private func keep(_ steps: inout [Step]) -> [BlockedStep] {
        guard !hidden.isEmpty else { return [] }
        let kept = steps.compactMap { step in
            hidden[step.address].flatMap { file in
                step.isOfMissingDescription ? BlockedStep(step: step, reason: .notCheckedOut(file: file)) : nil
            }
        }
        let addresses = Set(kept.map(\.step.address))
        steps.removeAll { addresses.contains($0.address) }
        return kept
    }

    /// What was removed and cannot be found without a ledger, as far as the scope goes.
    private var unseen: [BlockedStep] {
        guard !removedUnseen.isEmpty else { return [] }
        // A profile that another address describes now is found through that one.
        let described = Set(roster.desired.flatMap(\.queries))
        return removedUnseen.filter { profile in
            guard described.isDisjoint(with: profile.queries) else { return false }
            return selection.map { $0.chosen.contains(profile.address) && !$0.excluded.contains(profile.address) }
                ?? true
        }.map { BlockedStep(step: .deletingUnseen($0), reason: .unknownWithoutLedger($0.keyQuery)) }
    }

    /// What others need but was left out by name.
    private func excluded(_ steps: [Step]) -> [BlockedStep] {
        guard let excluded = selection?.excluded, !excluded.isEmpty else { return [] }
        return steps.filter { excluded.contains($0.address) }.map { BlockedStep(step: $0, reason: .excluded) }
    }

    /// Of what was left out by name, only what something waits for is worth telling.
    private func reallyBlocked(_ blocked: [BlockedStep]) -> [BlockedStep] {
        guard selection?.excluded.isEmpty == false else { return blocked }
        let awaited = Set(blocked.compactMap { if case .dependsOn(let address) = $0.reason { address } else { nil } })
        return blocked.filter { $0.reason != .excluded || awaited.contains($0.step.address) }
    }
}

/// What would have to be asked to plan a profile.
package struct OpenQuestion: Sendable, Hashable {
    package var address: Address
    package var lookup: Lookup
}

extension DesiredProfile {
    /// Each leads to the live profile that has the identifier.
    fileprivate var queries: [IdentifierQuery] {
        identifiers.map { IdentifierQuery(source: address.source, type: address.type, identifier: $0).canonical }
    }
}

/// A plan whose steps are decided, but in no order yet, and not looked through for conflicts.
package struct PlanDraft {
    let roster: Roster
    let scope: PlanScope
    /// In address order.
    var allowed: [Step]
    let blocked: [BlockedStep]
    let unchanged: [Address]
    let drift: [Drift]
    let diagnostics: [Diagnostic]
    let population: Population
}

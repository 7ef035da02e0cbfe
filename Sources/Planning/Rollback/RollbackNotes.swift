import Diagnostics
import ProfileModel

/// What a rollback cannot bring back, and what it meets that the run did not leave so.
struct RollbackNotes {
    private let record: RecordedRunChanges
    private let wish: RollbackWish
    private let plan: Plan
    private let writers: [Address: String]

    /// - Parameter plan: the steps that lead back, and what the planner found.
    init(_ record: RecordedRunChanges, _ wish: RollbackWish, _ plan: Plan, _ writers: [Address: String]) {
        self.record = record
        self.wish = wish
        self.plan = plan
        self.writers = writers
    }

    func diagnostics(_ live: LiveState) -> [Diagnostic] {
        let steps = plan.steps + plan.blocked.map(\.step)
        let recreated = steps.filter { $0.action == .create }.map(\.address)
        let deleted = steps.filter { $0.action == .delete }.map(\.address)
        return [
            warning(.rollbackLeaves, recreated, "comes back with a new id and without its events"),
            warning(
                .rollbackLeaves, deleted,
                "leaves its user behind, with the identities and the external id that the run gave it"),
        ].compactMap(\.self) + leftOut + plan.diagnostics.compactMap(told) + changedAgain(live)
    }

    private var leftOut: [Diagnostic] {
        LeftOut.allCases.compactMap { warning(.notRolledBack, wish.leftOut[$0, default: []], $0.words) }
            + wish.staying.map { address, former in
                Diagnostic(
                    .notRolledBack,
                    "\(address) keeps its address: \(former), where it was, is another profile by now",
                    severity: .warning)
            }
    }

    /// What the planner found, as far as it is about the run. Nobody wrote the manifests that it speaks of, so there
    /// is no place to show and nothing to mend there; and one conflict holds back no more than what depends on it.
    private func told(_ finding: Diagnostic) -> Diagnostic? {
        let places = ([finding.location] + finding.notes.map(\.location)).compactMap(\.self)
        let subjects = places.compactMap { wish.address(at: $0) }
        let subject = subjects.first { wish.goals[$0] != nil }
        guard subjects.isEmpty || subject != nil else { return nil }
        // An answer that is missing is about the whole.
        guard finding.severity == .error, finding.code != .unexpectedAnswer else {
            return Diagnostic(finding.code, finding.message, severity: finding.severity)
        }
        let whose = subject.map { "\($0) is not rolled back" } ?? "not rolled back"
        return Diagnostic(.notRolledBack, "\(whose): \(finding.message)", severity: .warning)
    }

    private func changedAgain(_ live: LiveState) -> [Diagnostic] {
        let profiles = Dictionary(live.answers.values.joined().map { ($0.id, $0) }) { first, _ in first }
        let touched = Set(plan.steps.map(\.address) + plan.blocked.map(\.step.address))
        var byWhom: [String: [Address]] = [:]
        for (address, goal) in wish.goals where touched.contains(address) {
            guard let current = goal.current, let after = goal.change.after ?? goal.change.prior?.values,
                let profile = profiles[current.profileID], !isLikelyResult(profile, of: after)
            else { continue }
            let writer = writers[current.address].flatMap { $0 == record.run ? nil : $0 }
            byWhom[writer.map { "by run \($0)" } ?? "outside", default: []].append(address)
        }
        return byWhom.keys.sorted().compactMap { whom in
            warning(
                .changedSinceRun, byWhom[whom, default: []].sorted(),
                "was changed again after the run, \(whom); the steps show what becomes of that")
        }
    }

    /// One for all addresses: there may be thousands.
    private func warning(_ code: DiagnosticCode, _ addresses: [Address], _ words: String) -> Diagnostic? {
        guard let first = addresses.first else { return nil }
        let others = addresses.count - 1
        let subject =
            switch others {
            case 0: "\(first)"
            case 1: "\(first), as one other,"
            default: "\(first), as \(others) others,"
            }
        return Diagnostic(code, "\(subject) \(words)", severity: .warning)
    }
}

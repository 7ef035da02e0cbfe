import Diagnostics
import ProfileModel

/// The allowed steps, put in order and looked through for all that the service would refuse half-way.
struct Foresight {
    private(set) var steps: [Step] = []
    /// In address order.
    private(set) var blocked: [BlockedStep]
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter draft: given away, so that its steps can be numbered where they are.
    init(_ draft: consuming PlanDraft, live: LiveState, patchNullDeletes: Bool) {
        let roster = draft.roster
        blocked = draft.blocked
        var allowed: [Step] = []
        swap(&allowed, &draft.allowed)
        let conflicts = Conflicts(allowed, blocked: blocked, roster, live)
        diagnostics = conflicts.diagnostics
        refuse(conflicts.refused, among: &allowed)
        var waits = roster.moves.from.isEmpty ? [] : (allowed + blocked.map(\.step)).vacancies
        let parting = Parting(roster: roster, patchNullDeletes: patchNullDeletes)
        // Ends, because each round takes steps out or adds waits, of which there are only so many.
        while true {
            var order = ChangeOrder(
                allowed, blocked: self.blocked, users: usersConcerned(by: allowed, live), parting: parting,
                waits: waits)
            let forecast = UserForecast(order.steps, roster, live)
            let knownWaits = Set(waits)
            let newWaits = forecast.waits.filter { !knownWaits.contains($0) }
            guard !forecast.refusals.isEmpty || !newWaits.isEmpty else {
                allowed = []
                order.number(effects: forecast.effects)
                steps = order.steps
                self.blocked = order.blocked
                diagnostics += order.diagnostics
                return
            }
            waits += newWaits
            diagnostics += forecast.refusals.map(\.diagnostic)
            refuse(Set(forecast.refusals.map(\.address)), among: &allowed)
        }
    }

    private mutating func refuse(_ refused: Set<Address>, among steps: inout [Step]) {
        guard !refused.isEmpty else { return }
        blocked += steps.filter { refused.contains($0.address) }.map { BlockedStep(step: $0, reason: .conflict) }
        steps.removeAll { refused.contains($0.address) }
    }
}

/// Which users may be meant by the standard identifiers of creates that name no user.
private func usersConcerned(by steps: [Step], _ live: LiveState) -> [Identifier: Set<String>] {
    let creates = steps.filter { $0.action == .create && $0.knownUserID == nil }
    guard !creates.isEmpty else { return [:] }
    return LiveIndex(live).users(having: Set(creates.flatMap(\.standardIdentifiers)))
}

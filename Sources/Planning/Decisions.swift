import Diagnostics
import ProfileModel

/// What is to be done for each line of the roster, before policy and order have their say.
struct Decisions {
    /// In address order, like all that follows.
    private(set) var steps: [Step] = []
    private(set) var blocked: [BlockedStep] = []
    private(set) var unchanged: [Address] = []
    private(set) var drift: [Drift] = []
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var population = Population()
    /// What limits of an earlier run were a part of when they held a step back.
    private(set) var heldBack: [Address: HeldBack] = [:]

    init(_ roster: Roster, _ readings: [Reading], patchNullDeletes: Bool) {
        diagnostics = roster.moves.diagnostics
        var ownership = Ownership(roster, readings)
        let released = settleSelections(roster, readings, &ownership)
        for (index, line) in roster.lines.enumerated() {
            let lineDecision = LineDecision(
                desired: line.desired.map { roster.desired[$0] }, entry: line.entry.map { roster.entries[$0] },
                reading: readings[index], isReleased: released.contains(index),
                isConflicted: ownership.conflicted.contains(index) || roster.isContested(index),
                blocks: roster.blocks(of: index), patchNullDeletes: patchNullDeletes)
            take(lineDecision, source: roster.source(of: index))
            if let entry = roster.entry(line), let held = entry.heldBack { heldBack[entry.address] = held }
            if case .outOfScope = readings[index].state { countOutside(line, source: roster.source(of: index)) }
            if let conflict = ownership.diagnostics[index] { diagnostics.append(conflict) }
        }
        diagnostics += FormWarnings(roster, readings).diagnostics
    }

    /// Limits are parts of the whole ledger, however little of it this plan looks at. What was not read
    /// counts as live.
    private mutating func countOutside(_ line: Roster.Line, source: @autoclosure () -> String) {
        guard line.entry != nil else { return }
        population.count(source: source(), desired: line.desired != nil, managed: true)
    }

    private mutating func take(_ decision: LineDecision, source: @autoclosure () -> String) {
        population.count(
            source: source(), desired: decision.isLive && decision.isDesired,
            managed: decision.isLive && decision.isManaged)
        if let found = decision.drift { drift.append(found) }
        if let found = decision.diagnostic { diagnostics.append(found) }
        switch decision.verdict {
        case .nothing: break
        case .unchanged(let address): unchanged.append(address)
        case .run(let step): steps.append(step)
        case .block(let step): blocked.append(step)
        }
    }
}

/// Lines whose key selects another line's profile: fine where that line gives the identifier up, for then
/// it is free when this line's turn comes; otherwise a conflict.
/// - Returns: the lines that will find their key free.
private func settleSelections(_ roster: Roster, _ readings: [Reading], _ ownership: inout Ownership) -> Set<Int> {
    var released: Set<Int> = []
    for (index, owner) in ownership.ownerOfSelected {
        guard let claimant = roster.desired(roster.lines[index]) else { continue }
        if roster.desired(roster.lines[owner]) == nil, readings[owner].profile != nil {
            released.insert(index)
            ownership.warnOfRename(index, of: owner, roster)
        } else if givesUp(claimant.key, roster, owner, readings[owner]) {
            released.insert(index)
        } else {
            ownership.refuse(index, ownedBy: owner, roster)
        }
    }
    return released
}

private func givesUp(_ identifier: Identifier, _ roster: Roster, _ owner: Int, _ reading: Reading) -> Bool {
    let line = roster.lines[owner]
    guard let desired = roster.desired(line), let live = reading.profile else { return false }
    let entry = roster.entry(line)
    let diff = ProfileDiff(
        desired: desired.asKept(entry, by: live), lastApplied: entry?.lastApplied(asKeptBy: live), live: live)
    return diff.identifiers.removed.contains { $0.isSame(as: identifier) }
}

import ProfileModel

/// What the answers so far say about a line of the roster.
struct Reading {
    enum State {
        /// The profile of the ledger's id.
        case byID(Profile)
        /// The profile that the manifest's key selects.
        case byKey(Profile)
        case absent
        case unanswered(Lookup)
        /// Not chosen; or in the ledger, not in the manifests, and the manifests are not all of them.
        case outOfScope
    }

    var state: State
    /// The ledger has an id, and nothing lives under it any more.
    var wasLost = false

    var profile: Profile? {
        switch state {
        case .byID(let profile), .byKey(let profile): profile
        case .absent, .unanswered, .outOfScope: nil
        }
    }
}

extension Roster {
    /// One reading for each line. The ledger's id decides; only where there is none, or nothing under it,
    /// does the key.
    func readings(_ live: LiveState, scope: PlanScope) -> [Reading] {
        var index = LiveIndex(live)
        var readings: [Reading] = []
        readings.reserveCapacity(lines.count)
        var open: [Int] = []
        for line in lines {
            let reading = read(line, &index, scope)
            if case .unanswered(.query) = reading.state { open.append(readings.count) }
            readings.append(reading)
        }
        let queries = open.compactMap { lines[$0].desired.map { desired[$0].keyQuery.canonical } }
        let shown = index.selected(by: Set(queries))
        for (position, query) in zip(open, queries) {
            if let profile = shown[query] { readings[position].state = .byKey(profile) }
        }
        return readings
    }

    private func read(_ line: Line, _ index: inout LiveIndex, _ scope: PlanScope) -> Reading {
        guard !line.isOutside else { return Reading(state: .outOfScope) }
        guard let entry = line.entry else {
            return Reading(state: line.desired.map { readByKey(desired[$0], index) } ?? .absent)
        }
        if line.desired == nil, !scope.knowsAllManifests { return Reading(state: .outOfScope) }
        let id = entries[entry].profileID
        switch index.profile(id: id, userID: entries[entry].userID) {
        case .live(let profile): return Reading(state: .byID(profile))
        case .notAsked: return Reading(state: .unanswered(.profile(id: id)))
        case .gone:
            return Reading(state: line.desired.map { readByKey(desired[$0], index) } ?? .absent, wasLost: true)
        }
    }

    private func readByKey(_ desired: DesiredProfile, _ index: LiveIndex) -> Reading.State {
        let query = desired.keyQuery.stored
        switch index.answer(query) {
        case .live(let profile): return .byKey(profile)
        case .gone: return .absent
        case .notAsked: return .unanswered(.query(query))
        }
    }
}

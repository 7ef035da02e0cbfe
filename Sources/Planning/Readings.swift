import Diagnostics
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
        /// The service answered, and the profile cannot be read.
        case unreadable(UnreadableProfile)
        /// Not chosen; or in the ledger, not in the manifests, and the manifests are not all of them.
        case outOfScope
        /// `removed` lets go of it, whatever lives there.
        case letGo(AddressRemoval)
        /// `import` does not lead to a profile that may be managed here.
        case importRefused(Diagnostic)
    }

    var state: State
    /// The ledger has an id, and nothing lives under it any more.
    var wasLost = false

    /// Whether there is a profile, readable or not.
    var isLive: Bool {
        switch state {
        case .byID, .byKey, .unreadable: true
        case .absent, .unanswered, .outOfScope, .letGo, .importRefused: false
        }
    }

    var profile: Profile? {
        switch state {
        case .byID(let profile), .byKey(let profile): profile
        case .absent, .unanswered, .unreadable, .outOfScope, .letGo, .importRefused: nil
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
        let importing = Importing(self)
        for line in lines {
            if !line.isOutside, let reading = readBlock(line, importing, &index) {
                readings.append(reading)
                continue
            }
            let reading = read(line, &index, scope)
            if case .unanswered(.query) = reading.state { open.append(readings.count) }
            readings.append(reading)
        }
        let queries = open.compactMap { lines[$0].desired.map { desired[$0].keyQuery.canonical } }
        let shown = index.selected(by: Set(queries))
        for (position, query) in zip(open, queries) {
            guard let id = shown[query], case .live(let profile) = index.profile(id: id, userID: nil) else { continue }
            readings[position].state = .byKey(profile)
        }
        return readings
    }

    /// What `removed` or `import` makes of a line; nil leaves it to the rule for all.
    private func readBlock(_ line: Line, _ importing: Importing?, _ index: inout LiveIndex) -> Reading? {
        if let desired = line.desired {
            // A copy of a profile costs, so only where there is something to import.
            guard let importing else { return nil }
            return importing.reading(of: self.desired[desired], entry(line), &index).map { Reading(state: $0) }
        }
        guard let entry = line.entry, !removals.isEmpty, let removal = removals[entries[entry].address],
            !removal.destroys
        else { return nil }
        return Reading(state: .letGo(removal))
    }

    private func read(_ line: Line, _ index: inout LiveIndex, _ scope: PlanScope) -> Reading {
        guard !line.isOutside else { return Reading(state: .outOfScope) }
        guard let entry = line.entry else {
            return Reading(state: line.desired.map { readByKey(desired[$0], index) } ?? .absent)
        }
        if line.desired == nil, !scope.knowsAllManifests, removals[entries[entry].address] == nil {
            return Reading(state: .outOfScope)
        }
        let id = entries[entry].profileID
        switch index.profile(id: id, userID: entries[entry].userID) {
        case .live(let profile): return Reading(state: .byID(profile))
        case .unreadable(let profile): return Reading(state: .unreadable(profile))
        case .notAsked: return Reading(state: .unanswered(.profile(id: id)))
        case .gone:
            return Reading(state: line.desired.map { readByKey(desired[$0], index) } ?? .absent, wasLost: true)
        }
    }

    private func readByKey(_ desired: DesiredProfile, _ index: LiveIndex) -> Reading.State {
        for query in desired.keyQuery.storedForms {
            switch index.answer(query) {
            case .live(let profile): return .byKey(profile)
            case .gone: continue
            case .unreadable(let profile): return .unreadable(profile)
            case .notAsked: return .unanswered(.query(query))
            }
        }
        return .absent
    }
}

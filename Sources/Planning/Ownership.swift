import Diagnostics
import ProfileModel

/// Live profiles that more than one address lays claim to, and ledger entries that cannot be right.
struct Ownership {
    /// Lines whose key selects a profile that the ledger gives to another line: line → owner's line.
    private(set) var ownerOfSelected: [Int: Int] = [:]
    /// Lines that no step may run for.
    private(set) var conflicted: Set<Int> = []
    /// Each conflict once, under the line that tells it.
    private(set) var diagnostics: [Int: Diagnostic] = [:]

    init(_ roster: Roster, _ readings: [Reading]) {
        let owners = Self.owners(roster, readings)
        let twins = Self.twins(roster)
        var first: [String: Int] = [:]
        first.reserveCapacity(readings.count)
        for index in readings.indices {
            switch readings[index].state {
            case .absent, .unanswered, .unreadable, .outOfScope, .letGo, .importRefused: continue
            case .byID(let profile):
                if let mismatch = mismatch(roster, index, profile) { note(mismatch, index) }
                noteTwinOutside(roster, index, profile, twins[profile.id] ?? [], readings)
                noteSharing(roster, index, profile, &first)
            case .byKey(let profile):
                if let owner = owners[profile.id], owner != index {
                    ownerOfSelected[index] = owner
                } else {
                    noteSharing(roster, index, profile, &first)
                }
            }
        }
    }

    /// The key of this line selects a profile that its owner keeps.
    mutating func refuse(_ index: Int, ownedBy owner: Int, _ roster: Roster) {
        guard let desired = roster.desired(roster.lines[index]) else { return }
        let ownerAddress = roster.address(of: owner)
        let ownerOrigin = roster.desired(roster.lines[owner])?.origin
        let diagnostic = Diagnostic(
            .identifierOwnedElsewhere,
            "the key \(desired.key.type) of \(desired.address) selects a profile that is managed as \(ownerAddress)",
            at: desired.keyLocation,
            notes: ownerOrigin.map {
                [Diagnostic.Note("\(ownerAddress) is here", at: $0.location(of: ownerAddress.name))]
            } ?? [],
            help: ownerOrigin == nil ? renaming(ownerAddress, desired.address) : nil)
        note(diagnostic, index)
    }

    /// The key of this line selects a profile that is to be deleted. That is in order, and often a mistake: the
    /// same profile under a new name would lose its events.
    mutating func warnOfRename(_ index: Int, of owner: Int, _ roster: Roster) {
        let ownerAddress = roster.address(of: owner)
        guard let desired = roster.desired(roster.lines[index]), !roster.kept.contains(ownerAddress) else { return }
        diagnostics[index] = Diagnostic(
            .identifierOwnedElsewhere,
            "\(desired.address) takes the key \(desired.key.type) of \(ownerAddress), which is to be deleted with its events",
            severity: .warning, at: desired.keyLocation,
            help: renaming(ownerAddress, desired.address))
    }

    private func renaming(_ old: Address, _ new: Address) -> String {
        "if it is the same profile under a new name, write moved: [{from: \(old), to: \(new)}]"
    }

    private mutating func note(_ diagnostic: Diagnostic, _ index: Int) {
        conflicted.insert(index)
        diagnostics[index] = diagnostic
    }

    private static func owners(_ roster: Roster, _ readings: [Reading]) -> [String: Int] {
        let anyByKey = readings.contains { if case .byKey = $0.state { true } else { false } }
        guard anyByKey else { return [:] }
        let owned = roster.lines.indices.compactMap { index in
            roster.lines[index].entry.map { (roster.entries[$0].profileID, index) }
        }
        return Dictionary(owned) { first, _ in first }
    }

    /// The lines of each profile that the ledger has at several addresses. Older versions could bring that about.
    private static func twins(_ roster: Roster) -> [String: [Int]] {
        let ids = roster.entries.indices.map { roster.entries[$0].profileID }
        guard Set(ids).count < ids.count else { return [:] }
        let lines = roster.lines.indices.filter { roster.lines[$0].entry != nil }
        return Dictionary(grouping: lines) { roster.entries[roster.lines[$0].entry ?? 0].profileID }
            .filter { $0.value.count > 1 }
    }

    /// A scope does not make it right to write to a profile that another address has.
    private mutating func noteTwinOutside(
        _ roster: Roster, _ index: Int, _ profile: Profile, _ twins: [Int], _ readings: [Reading]
    ) {
        let outside = twins.first { other in
            if other != index, case .outOfScope = readings[other].state { true } else { false }
        }
        if let outside { note(sharing(roster, index, with: outside, profile), index) }
    }

    private func mismatch(_ roster: Roster, _ index: Int, _ profile: Profile) -> Diagnostic? {
        let address = roster.address(of: index)
        guard !profile.source.isExactly(address.source) || !profile.type.isExactly(address.type) else { return nil }
        return Diagnostic(
            .ledgerMismatch,
            "the ledger says that \(address) is profile \(profile.id), but that is a profile of "
                + "\(profile.source)/\(profile.type)",
            at: roster.desired(roster.lines[index])?.location,
            help:
                "source and type of a profile cannot change; take the entry out with: profilectl ledger forget \(address)"
        )
    }

    private mutating func noteSharing(
        _ roster: Roster, _ index: Int, _ profile: Profile, _ first: inout [String: Int]
    ) {
        guard let other = first[profile.id] else {
            first[profile.id] = index
            return
        }
        note(sharing(roster, index, with: other, profile), index)
        conflicted.insert(other)
    }

    private func sharing(_ roster: Roster, _ index: Int, with other: Int, _ profile: Profile) -> Diagnostic {
        let (address, otherAddress) = (roster.address(of: index), roster.address(of: other))
        let otherLocation = roster.desired(roster.lines[other])?.location
        return Diagnostic(
            .twoAddressesOneProfile, "\(address) and \(otherAddress) are one live profile, \(profile.id)",
            at: roster.desired(roster.lines[index])?.location,
            notes: [
                Diagnostic.Note(
                    otherLocation == nil ? "\(otherAddress) is only in the ledger" : "\(otherAddress) is here",
                    at: otherLocation)
            ],
            help: remedy(roster, index, other))
    }

    /// Where the ledger itself has both addresses, no manifest can help.
    private func remedy(_ roster: Roster, _ index: Int, _ other: Int) -> String {
        guard roster.lines[index].entry != nil, roster.lines[other].entry != nil else {
            return "keep one of the two, and remove the other from the manifests"
        }
        let superfluous = [index, other].first { roster.lines[$0].desired == nil } ?? index
        let address = roster.moves.from[roster.address(of: superfluous)] ?? roster.address(of: superfluous)
        return "`profilectl ledger forget \(address)` lets go of one address; the profile stays as it is"
    }
}

extension DesiredProfile {
    var location: SourceLocation { origin.location(of: address.name) }

    /// Where the key identifier is written, as far as that is known.
    var keyLocation: SourceLocation {
        guard let index = identifiers.firstIndex(of: key), index < identifierOrigins.count else { return location }
        return identifierOrigins[index].location(of: "")
    }
}

extension Origin {
    /// - Parameter text: what stands there, for the length of the range.
    func location(of text: String) -> SourceLocation {
        let start = SourcePosition(line: line, column: column)
        let end = SourcePosition(line: line, column: column &+ UInt32(clamping: max(1, text.unicodeScalars.count)))
        return SourceLocation(file: file, range: SourceRange(start, end))
    }
}

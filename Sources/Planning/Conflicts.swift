import Diagnostics
import ProfileModel

/// Steps that the service would refuse for what a profile holds: identifiers of another profile that keeps
/// them, or too many (reference, endpoints 4 to 8; api notes, section 12, steps 8 and 11).
struct Conflicts {
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var refused: Set<Address> = []
    /// - Parameters:
    ///   - steps: those that may run.
    ///   - blocked: those that will not; what waits for them is not a conflict, but blocked.
    init(_ steps: [Step], blocked: [BlockedStep], _ roster: Roster, _ live: LiveState) {
        let claims = steps.indices.map { steps[$0].claimedIdentifiers }
        let holdings = Holdings(claims, steps, blocked, live)
        // Both only where there is something to tell.
        var owners: [String: Int]?
        var slots: AccountSlots?
        var line = 0
        for index in steps.indices {
            let kept = claims[index].compactMap { claim in
                holdings.keeper(of: claim, besides: steps[index]).map { (claim, $0) }
            }
            let count = steps[index].after?.identifiers.count ?? 0
            let isCreate = steps[index].action == .create
            guard !kept.isEmpty || count > ServiceLimit.identifiersOfProfile || isCreate,
                let found = roster.index(of: steps[index].address, from: line),
                let desired = roster.desired(roster.lines[found])
            else { continue }
            line = found
            let keepers = Dictionary(uniqueKeysWithValues: kept)
            for identifier in desired.identifiers {
                guard let keeper = keepers[identifier.canonical] else { continue }
                let known = owners ?? roster.owners(of: holdings.profileIDs)
                owners = known
                refuse(desired, taken(identifier, desired, by: keeper, owner: known[keeper], roster))
            }
            if count > ServiceLimit.identifiersOfProfile { refuse(desired, tooMany(count, desired)) }
            if isCreate {
                if slots == nil { slots = AccountSlots(live, without: steps) }
                if let full = slots?.take(for: desired) { refuse(desired, full) }
            }
        }
    }

    private mutating func refuse(_ desired: DesiredProfile, _ diagnostic: Diagnostic) {
        refused.insert(desired.address)
        diagnostics.append(diagnostic)
    }

    private func taken(
        _ identifier: Identifier, _ desired: DesiredProfile, by profileID: String, owner line: Int?, _ roster: Roster
    ) -> Diagnostic {
        let owner = line.map { roster.address(of: $0) }
        let ownerOrigin = line.flatMap { roster.desired(roster.lines[$0]) }?.origin
        let whose = owner.map { "\($0)" } ?? "profile \(profileID), which is not managed"
        return Diagnostic(
            .identifierOwnedElsewhere,
            "\(identifier.type) \"\(identifier.value)\" of \(desired.address) belongs to \(whose)",
            at: desired.location(of: identifier),
            notes: owner.flatMap { owner in
                ownerOrigin.map {
                    [Diagnostic.Note("\(owner) keeps it, and is here", at: $0.location(of: owner.name))]
                }
            } ?? [],
            help: owner == nil
                ? "manage that profile too and leave the identifier out there, or take it out of this manifest"
                : "the manifest of \(whose) does not rule over it: with `identifiers_mode: exclusive` there it is given up"
        )
    }

    private func tooMany(_ count: Int, _ desired: DesiredProfile) -> Diagnostic {
        Diagnostic(
            .tooManyIdentifiers,
            "\(desired.address) would have \(count) identifiers with those that others gave it; the service allows "
                + "\(ServiceLimit.identifiersOfProfile)",
            at: desired.location, help: "with `identifiers_mode: exclusive` only those of the manifest stay")
    }
}

/// Who holds what the steps claim, and what is to be done with it.
private struct Holdings {
    /// Profile ids.
    private let holders: [IdentifierQuery: String]
    let profileIDs: Set<String>
    /// The step for each of these profiles, by its place among all steps, the blocked ones last.
    private let changes: [String: Int]
    private let steps: [Step]
    private let blocked: [BlockedStep]

    init(_ claims: [[Identifier]], _ steps: [Step], _ blocked: [BlockedStep], _ live: LiveState) {
        var queries: Set<IdentifierQuery> = []
        queries.reserveCapacity(claims.reduce(0) { $0 + $1.count })
        for index in steps.indices {
            for claim in claims[index] { queries.insert(steps[index].address.query(claim)) }
        }
        holders = LiveIndex(live).selected(by: queries)
        profileIDs = Set(holders.values)
        var changes: [String: Int] = [:]
        changes.reserveCapacity(profileIDs.count)
        for index in steps.indices {
            if let id = steps[index].before?.id, profileIDs.contains(id) { changes[id] = index }
        }
        for index in blocked.indices {
            if let id = blocked[index].step.before?.id, profileIDs.contains(id) { changes[id] = steps.count + index }
        }
        self.changes = changes
        self.steps = steps
        self.blocked = blocked
    }

    /// The id of another profile that holds the identifier and does not let it go.
    func keeper(of claim: Identifier, besides step: Step) -> String? {
        guard let holder = holders[step.address.query(claim)], holder != step.before?.id else { return nil }
        guard let change = changes[holder] else { return holder }
        let isReleased =
            change < steps.count
            ? steps[change].releases(claim) : blocked[change - steps.count].step.releases(claim)
        return isReleased ? nil : holder
    }
}

/// What the service allows (api notes, section 4).
enum ServiceLimit {
    static let identifiersOfProfile = 20
    static let profilesOfUser = 20
    static let sources = 50
    static let types = 2_500
}

extension Roster {
    /// The lines under which the ledger has these profiles.
    fileprivate func owners(of profileIDs: Set<String>) -> [String: Int] {
        var owners: [String: Int] = [:]
        for (index, line) in lines.enumerated() {
            guard let entry = line.entry, profileIDs.contains(entries[entry].profileID) else { continue }
            if owners[entries[entry].profileID] == nil { owners[entries[entry].profileID] = index }
        }
        return owners
    }
}

extension Address {
    func query(_ identifier: Identifier) -> IdentifierQuery {
        IdentifierQuery(source: source, type: type, identifier: identifier)
    }
}

extension DesiredProfile {
    /// Where an identifier is written, as far as that is known.
    func location(of identifier: Identifier) -> SourceLocation {
        guard let index = identifiers.firstIndex(of: identifier), index < identifierOrigins.count else {
            return location
        }
        return identifierOrigins[index].location(of: "")
    }
}

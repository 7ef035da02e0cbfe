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
        let claims = steps.map { step in step.claimedIdentifiers }
        let queries = zip(steps, claims).flatMap { step, claims in claims.map { step.address.query($0) } }
        let holders = LiveIndex(live).selected(by: Set(queries))
        var releases: [String: Set<Identifier>] = [:]
        for step in steps + blocked.map(\.step) {
            guard let before = step.before else { continue }
            releases[before.id] = step.releasedIdentifiers
        }
        let creates = steps.contains { $0.action == .create }
        var slots = creates ? AccountSlots(live, without: steps) : nil
        for (step, claims) in zip(steps, claims) {
            guard let desired = roster.desired(at: step.address) else { continue }
            for identifier in desired.identifiers where claims.contains(identifier.canonical) {
                guard let holder = holders[step.address.query(identifier.canonical)], holder.id != step.before?.id,
                    releases[holder.id]?.contains(identifier.canonical) != true
                else { continue }
                refuse(desired, taken(identifier, desired, holder, roster))
            }
            if let after = step.after, after.identifiers.count > ServiceLimit.identifiersOfProfile {
                refuse(desired, tooMany(after.identifiers.count, desired))
            }
            if step.action == .create, let full = slots?.take(for: desired) { refuse(desired, full) }
        }
    }

    private mutating func refuse(_ desired: DesiredProfile, _ diagnostic: Diagnostic) {
        refused.insert(desired.address)
        diagnostics.append(diagnostic)
    }

    private func taken(
        _ identifier: Identifier, _ desired: DesiredProfile, _ holder: Profile, _ roster: Roster
    ) -> Diagnostic {
        let owner = roster.owner(of: holder.id)
        let ownerOrigin = owner.flatMap { roster.desired(at: $0) }?.origin
        let whose = owner.map { "\($0)" } ?? "profile \(holder.id), which is not managed"
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

/// What the service allows (api notes, section 4).
enum ServiceLimit {
    static let identifiersOfProfile = 20
    static let profilesOfUser = 20
    static let sources = 50
    static let types = 2_500
}

extension Roster {
    /// The address under which the ledger has a profile.
    fileprivate func owner(of profileID: String) -> Address? {
        entries.first { $0.profileID == profileID }?.address
    }
}

extension Address {
    fileprivate func query(_ identifier: Identifier) -> IdentifierQuery {
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

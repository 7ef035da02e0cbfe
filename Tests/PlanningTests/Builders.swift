import Planning
package import ProfileModel

// Short ways to write the nouns, so that a case fits on a line.

let riders = (source: "coolbikes", type: "rider")

func address(_ name: String) -> Address {
    Address(source: riders.source, type: riders.type, name: name)
}

/// `email:jane@example.com` and so on.
func identifiers(_ texts: [String]) -> [Identifier] {
    texts.map { text in
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        return Identifier(type: parts[0], value: parts[1])
    }
}

func desired(
    _ name: String, named: String? = nil, _ ids: [String] = ["email:jane@example.com"],
    _ attributes: AttributeObject = [:], userID: String? = nil, attributesMode: DesiredProfile.Mode = .declared,
    identifiersMode: DesiredProfile.Mode = .declared, preventDestroy: Bool = false, ignore: [[String]] = []
) -> DesiredProfile {
    DesiredProfile(
        address: address(name), name: named, identifiers: identifiers(ids), attributes: attributes, userID: userID,
        attributesMode: attributesMode, identifiersMode: identifiersMode,
        lifecycle: .init(preventDestroy: preventDestroy, ignoreChanges: ignore),
        origin: Origin(file: "profiles/riders.yaml", line: 3, column: 3))
}

func live(
    _ id: String, named: String? = "Jane", _ ids: [String] = ["email:jane@example.com"],
    _ attributes: AttributeObject = [:], user: String? = "100", source: String = riders.source,
    type: String = riders.type
) -> Profile {
    Profile(
        id: id, userID: user, source: source, type: type, name: named, identifiers: identifiers(ids),
        attributes: attributes, createdAt: Timestamp(seconds: 1), updatedAt: Timestamp(seconds: 2))
}

func applied(
    _ name: String, id: String, named: String? = nil, _ ids: [String] = ["email:jane@example.com"],
    _ attributes: AttributeObject = [:], user: String? = "100", preventDestroy: Bool = false
) -> LedgerEntry {
    LedgerEntry(
        address: address(name), profileID: id, userID: user,
        lastApplied: ProfileValues(name: named, identifiers: identifiers(ids), attributes: attributes),
        preventDestroy: preventDestroy)
}

// The same for the one profile that most cases are about.

func desired(
    named: String? = nil, _ ids: [String] = ["email:jane@example.com"], _ attributes: AttributeObject = [:],
    userID: String? = nil, attributesMode: DesiredProfile.Mode = .declared,
    identifiersMode: DesiredProfile.Mode = .declared, preventDestroy: Bool = false, ignore: [[String]] = []
) -> DesiredProfile {
    desired(
        "jane", named: named, ids, attributes, userID: userID, attributesMode: attributesMode,
        identifiersMode: identifiersMode, preventDestroy: preventDestroy, ignore: ignore)
}

func live(
    named: String? = "Jane", _ ids: [String] = ["email:jane@example.com"], _ attributes: AttributeObject = [:],
    user: String? = "100"
) -> Profile {
    live("P1", named: named, ids, attributes, user: user)
}

func applied(
    id: String = "P1", named: String? = nil, _ ids: [String] = ["email:jane@example.com"],
    _ attributes: AttributeObject = [:], user: String? = "100", preventDestroy: Bool = false
) -> LedgerEntry {
    applied("jane", id: id, named: named, ids, attributes, user: user, preventDestroy: preventDestroy)
}

func number(_ text: String) -> AttributeValue { .number(JSONNumber(text: text)) }

func query(_ id: String) -> IdentifierQuery {
    IdentifierQuery(source: riders.source, type: riders.type, identifier: identifiers([id])[0])
}

func planner(
    _ desired: [DesiredProfile], _ ledger: [LedgerEntry] = [], moves: [AddressMove] = [],
    removals: [AddressRemoval] = [], imports: [ProfileImport] = [],
    policy: PlanPolicy = PlanPolicy(allowDelete: true, allowDeleteAll: true), scope: PlanScope = PlanScope(),
    selection: PlanSelection? = nil, patchNullDeletes: Bool = false, history: LedgerHistory = .known
) -> Planner {
    Planner(
        desired: DesiredState(profiles: desired, moves: moves, removals: removals, imports: imports), ledger: ledger,
        policy: policy,
        environment: EnvironmentStamp(name: "test", service: "sandbox:memory"),
        pace: Pace(perMinute: 600, share: 0.5), scope: scope, selection: selection,
        patchNullDeletes: patchNullDeletes, history: history)
}

private let blockOrigin = Origin(file: "profiles/blocks.yaml", line: 2, column: 11)

func moved(_ from: String, _ to: String) -> AddressMove {
    AddressMove(from: address(from), to: address(to), origin: blockOrigin, destination: blockOrigin)
}

func removed(_ name: String, destroy: Bool = false) -> AddressRemoval {
    AddressRemoval(address: address(name), destroys: destroy, origin: blockOrigin)
}

func imported(_ name: String, _ selector: ProfileImport.Selector) -> ProfileImport {
    ProfileImport(to: address(name), selector: selector, origin: blockOrigin, selectorOrigin: blockOrigin)
}

extension Planner {
    /// Asks a world of these profiles until nothing is left to ask, then plans.
    func plan(seeing profiles: [Profile]) -> Plan {
        plan(World(profiles).answers(to: self), at: Timestamp(seconds: 10))
    }
}

/// The plan for one profile, managed and live.
func plan(
    _ desired: DesiredProfile, _ entry: LedgerEntry?, _ live: Profile, patchNullDeletes: Bool = false
) -> Plan {
    planner([desired], entry.map { [$0] } ?? [], patchNullDeletes: patchNullDeletes).plan(seeing: [live])
}

extension AttributeValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self = .object(AttributeObject(elements))
    }
}

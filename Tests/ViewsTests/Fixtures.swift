import Planning
import ProfileModel

/// The plan of the sample in the README, and values that try to break out of every form.
enum Fixtures {
    static let findings: [SettledStep.Finding] = [
        .tookEffect(profileID: "01A"), .hadNoEffect, .cannotBeTold(.differs(profileID: "01A")),
        .cannotBeTold(.gone(profileID: "01A")), .cannotBeTold(.notKept),
        .cannotBeTold(.unreadable(profileID: "01A")), .cannotBeTold(.unreadable(profileID: nil)),
    ]

    static let jane = Address(source: "coolbikes", type: "rider", name: "jane-smith")
    static let walter = Address(source: "coolbikes", type: "rider", name: "walter")
    static let old = Address(source: "coolbikes", type: "rider", name: "old")

    /// Escape sequences, an override, a line break, quotes and a backslash.
    static let hostile = "\u{1B}[31m\u{202E}gp\"j\\.\n\u{200B}\u{9B}2J"

    static let noon = Timestamp(seconds: 1_795_435_200)

    static func email(_ value: String) -> Identifier { Identifier(type: "email", value: value) }

    static func origin(_ line: UInt32) -> Origin { Origin(file: "profiles/riders.yaml", line: line, column: 3) }

    static func cost(reads: Int = 41, checks: Int = 2, writes: [Cost.EndpointCount] = []) -> Cost {
        Cost(readsMade: reads, checkReads: checks, writes: writes, perMinute: 500, share: 0.6)
    }

    static let update = Step(
        number: 1, address: jane, action: .update, reason: .setsAndAdds,
        request: .patch(id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", ProfilePatch(attributes: ["tier": "gold"])),
        fields: [
            FieldChange(.attributeChanged(path: ["tier"], from: "silver", to: "gold"), .youChangedIt)
        ],
        precondition: .unchanged(id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", updatedAt: noon, digest: "d1"), origin: origin(12))

    static let replace = Step(
        number: 2, address: walter, action: .update, reason: .removesIdentifiers([email("walter@old.example")]),
        request: .put(
            id: "01BX5ZZKBKACTAV9WEVGEMMVRY", ProfileValues(identifiers: [email("walter@new.example")])),
        before: Profile(
            id: "01BX5ZZKBKACTAV9WEVGEMMVRY", userID: "123456", source: "coolbikes", type: "rider", name: "Walter",
            identifiers: [email("walter@old.example")], attributes: [:], createdAt: noon, updatedAt: noon),
        after: ProfileValues(name: "walter@new.example", identifiers: [email("walter@new.example")]),
        fields: [
            FieldChange(.identifierRemoved(email("walter@old.example")), .youChangedIt),
            FieldChange(.identifierAdded(email("walter@new.example")), .youChangedIt),
        ],
        dependsOn: [1],
        sideEffects: [.identityKept(userID: "123456", email("walter@old.example"))],
        precondition: .unchanged(id: "01BX5ZZKBKACTAV9WEVGEMMVRY", updatedAt: noon, digest: "d2"),
        declared: ProfileValues(identifiers: [email("walter@new.example")]), origin: origin(21))

    static let blockedDelete = BlockedStep(
        step: Step(
            address: old, action: .delete, reason: .removedFromManifests, request: .delete(id: "01OLD"),
            precondition: .unchanged(id: "01OLD", updatedAt: nil, digest: "d3")),
        reason: .deletesAreOff)

    static let sample = Plan(
        environment: EnvironmentStamp(name: "staging", service: "https://acme-staging.zendesk.com"), createdAt: noon,
        steps: [update, replace], blocked: [blockedDelete],
        unchanged: (1...38).map { Address(source: "coolbikes", type: "rider", name: "p\($0)") },
        cost: cost(writes: [
            .init(endpoint: "PATCH user_profiles/{profile_id}", count: 1),
            .init(endpoint: "PUT user_profiles/{profile_id}", count: 1),
        ]))
}

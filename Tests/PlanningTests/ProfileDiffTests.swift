import Planning
import ProfileModel
import Testing

struct ProfileDiffTests {
    struct NameCase: Sendable {
        var says: String?
        var applied: String??
        var live: String
        var expected: FieldChange?
    }

    @Test(arguments: [
        NameCase(says: "A", applied: "A", live: "A", expected: nil),
        NameCase(says: "B", applied: "A", live: "A", expected: renamed("A", "B", .youChangedIt)),
        NameCase(says: "A", applied: "A", live: "Z", expected: renamed("Z", "A", .changedOutside)),
        NameCase(says: "B", applied: "A", live: "Z", expected: renamed("Z", "B", .both)),
        NameCase(says: "B", applied: .some(nil), live: "Z", expected: renamed("Z", "B", .neverApplied)),
        NameCase(
            says: "B", applied: .some(nil), live: "jane@example.com",
            expected: renamed("jane@example.com", "B", .youChangedIt)),
        NameCase(says: "B", applied: nil, live: "Z", expected: renamed("Z", "B", .neverApplied)),
        NameCase(says: nil, applied: .some(nil), live: "Z", expected: nil),
        NameCase(says: nil, applied: nil, live: "Z", expected: nil),
        NameCase(says: nil, applied: "A", live: "A", expected: renamed("A", "jane@example.com", .youChangedIt)),
        NameCase(says: nil, applied: "A", live: "Z", expected: renamed("Z", "jane@example.com", .both)),
        NameCase(says: nil, applied: "A", live: "jane@example.com", expected: nil),
    ])
    func namesKnowWhoChangedThem(_ row: NameCase) {
        let entry: LedgerEntry? = row.applied.map { applied(named: $0) }
        let plan = plan(desired(named: row.says), entry, live(named: row.live))
        #expect(plan.steps.flatMap(\.fields) == (row.expected.map { [$0] } ?? []))
    }

    @Test func identifiersKnowWhoChangedThem() throws {
        let plan = plan(
            desired(["email:new@x.org", "member:1", "member:2"]),
            applied(["email:old@x.org", "member:1", "member:3"]),
            live(["email:old@x.org", "phone_number:5", "member:3"]))
        let fields = try #require(plan.steps.first?.fields)
        #expect(
            fields == [
                FieldChange(.identifierRemoved(Identifier(type: "email", value: "old@x.org")), .youChangedIt),
                FieldChange(.identifierRemoved(Identifier(type: "member", value: "3")), .youChangedIt),
                FieldChange(.identifierAdded(Identifier(type: "email", value: "new@x.org")), .youChangedIt),
                FieldChange(.identifierAdded(Identifier(type: "member", value: "1")), .changedOutside),
                FieldChange(.identifierAdded(Identifier(type: "member", value: "2")), .youChangedIt),
            ])
    }

    @Test func identifiersOfOthersStayUnlessTheManifestIsExclusive() throws {
        let live = live(["email:jane@example.com", "phone_number:5"])
        #expect(plan(desired(), applied(), live).steps.isEmpty)
        let step = try #require(plan(desired(identifiersMode: .exclusive), applied(), live).steps.first)
        #expect(step.after?.identifiers == identifiers(["email:jane@example.com"]))
        #expect(step.fields == [FieldChange(.identifierRemoved(live.identifiers[1]), .changedOutside)])
    }

    @Test func aChangedIdentifierTakesThePlaceOfTheOldOne() throws {
        let plan = plan(
            desired(["email:new@x.org", "member:1"]), applied(["email:old@x.org", "member:1"]),
            live(["email:old@x.org", "email:second@x.org", "member:1"]))
        #expect(
            plan.steps.first?.after?.identifiers == identifiers(["email:new@x.org", "email:second@x.org", "member:1"]))
    }

    struct AttributeCase: Sendable {
        var says: AttributeObject
        var applied: AttributeObject?
        var live: AttributeObject
        var mode = DesiredProfile.Mode.declared
        var ignore: [[String]] = []
        var after: AttributeObject
        var fields: [FieldChange] = []
    }

    @Test(arguments: attributeCases)
    func attributesAreComparedKeyByKey(_ row: AttributeCase) {
        let plan = plan(
            desired(["member:1"], row.says, attributesMode: row.mode, ignore: row.ignore),
            row.applied.map { applied(["member:1"], $0) }, live(["member:1"], row.live))
        #expect(plan.steps.flatMap(\.fields) == row.fields)
        #expect((plan.steps.first?.after?.attributes ?? row.live) == row.after)
    }

    static let attributeCases: [AttributeCase] = [
        // Nothing to see.
        .init(
            says: ["n": number("1.0")], applied: ["n": number("1")], live: ["n": number("1e0")],
            after: ["n": number("1e0")]),
        .init(says: [:], applied: [:], live: ["theirs": "x"], after: ["theirs": "x"]),
        // Set and changed, by each side.
        .init(
            says: ["tier": "gold"], applied: ["tier": "silver"], live: ["tier": "silver"], after: ["tier": "gold"],
            fields: [.init(.attributeChanged(path: ["tier"], from: "silver", to: "gold"), .youChangedIt)]),
        .init(
            says: ["tier": "gold"], applied: ["tier": "gold"], live: ["tier": "lead"], after: ["tier": "gold"],
            fields: [.init(.attributeChanged(path: ["tier"], from: "lead", to: "gold"), .changedOutside)]),
        .init(
            says: ["tier": "gold"], applied: ["tier": "silver"], live: ["tier": "lead"], after: ["tier": "gold"],
            fields: [.init(.attributeChanged(path: ["tier"], from: "lead", to: "gold"), .both)]),
        .init(
            says: ["tier": "gold"], applied: [:], live: ["tier": "lead"], after: ["tier": "gold"],
            fields: [.init(.attributeChanged(path: ["tier"], from: "lead", to: "gold"), .neverApplied)]),
        .init(
            says: ["tier": "gold"], applied: nil, live: [:], after: ["tier": "gold"],
            fields: [.init(.attributeAdded(path: ["tier"], "gold"), .neverApplied)]),
        .init(
            says: ["tier": "gold"], applied: ["tier": "gold"], live: [:], after: ["tier": "gold"],
            fields: [.init(.attributeAdded(path: ["tier"], "gold"), .changedOutside)]),
        // Removed.
        .init(
            says: [:], applied: ["a": "1"], live: ["a": "1", "b": "2"], after: ["b": "2"],
            fields: [.init(.attributeRemoved(path: ["a"], "1"), .youChangedIt)]),
        .init(
            says: [:], applied: ["a": "1"], live: ["a": "9", "b": "2"], after: ["b": "2"],
            fields: [.init(.attributeRemoved(path: ["a"], "9"), .both)]),
        .init(
            says: [:], applied: [:], live: ["b": "2"], mode: .exclusive, after: [:],
            fields: [.init(.attributeRemoved(path: ["b"], "2"), .changedOutside)]),
        // Inside objects.
        .init(
            says: ["o": ["x": "1", "y": "2"]], applied: ["o": ["x": "1"]], live: ["o": ["x": "0", "z": "3"]],
            after: ["o": ["x": "1", "y": "2", "z": "3"]],
            fields: [
                .init(.attributeChanged(path: ["o", "x"], from: "0", to: "1"), .changedOutside),
                .init(.attributeAdded(path: ["o", "y"], "2"), .youChangedIt),
            ]),
        .init(
            says: [:], applied: ["o": ["x": "1"]], live: ["o": ["x": "1", "z": "3"]], after: ["o": ["z": "3"]],
            fields: [.init(.attributeRemoved(path: ["o", "x"], "1"), .youChangedIt)]),
        .init(
            says: [:], applied: ["o": ["x": "1"]], live: ["o": ["x": "1"]], after: [:],
            fields: [.init(.attributeRemoved(path: ["o"], ["x": "1"]), .youChangedIt)]),
        .init(
            says: ["o": [:]], applied: ["o": ["x": "1"]], live: ["o": ["x": "1"]], after: ["o": [:]],
            fields: [.init(.attributeRemoved(path: ["o", "x"], "1"), .youChangedIt)]),
        .init(
            says: ["o": "flat"], applied: ["o": ["x": "1"]], live: ["o": ["x": "1"]], after: ["o": "flat"],
            fields: [.init(.attributeChanged(path: ["o"], from: ["x": "1"], to: "flat"), .youChangedIt)]),
        // Arrays are one value.
        .init(
            says: ["l": .array(["a", "b"])], applied: ["l": .array(["a"])], live: ["l": .array(["a"])],
            after: ["l": .array(["a", "b"])],
            fields: [
                .init(.attributeChanged(path: ["l"], from: .array(["a"]), to: .array(["a", "b"])), .youChangedIt)
            ]),
        // Left alone.
        .init(
            says: ["a": "1"], applied: ["a": "1"], live: ["a": "9"], ignore: [["attributes", "a"]], after: ["a": "9"]),
        .init(says: ["a": "1"], applied: ["b": "1"], live: ["b": "9"], ignore: [["attributes"]], after: ["b": "9"]),
        .init(
            says: ["o": ["x": "1", "y": "2"]], applied: ["o": ["x": "1", "y": "0"]], live: ["o": ["x": "9", "y": "0"]],
            ignore: [["attributes", "o", "x"]], after: ["o": ["x": "9", "y": "2"]],
            fields: [.init(.attributeChanged(path: ["o", "y"], from: "0", to: "2"), .youChangedIt)]),
        .init(
            says: ["o": ["x": "1", "y": "2"]], applied: [:], live: [:], ignore: [["attributes", "o", "x"]],
            after: ["o": ["y": "2"]], fields: [.init(.attributeAdded(path: ["o"], ["y": "2"]), .youChangedIt)]),
        .init(
            says: [:], applied: ["o": ["x": "1", "y": "2"]], live: ["o": ["x": "1", "y": "2"]],
            ignore: [["attributes", "o", "x"]], after: ["o": ["x": "1"]],
            fields: [.init(.attributeRemoved(path: ["o", "y"], "2"), .youChangedIt)]),
    ]

    @Test func ignoredNamesAndIdentifiersAreSentAsLiveInAPut() throws {
        let plan = plan(
            desired(named: "Ours", ["email:ours@x.org"], [:], ignore: [["name"], ["identifiers"]]),
            applied(named: "Ours", ["email:ours@x.org"], ["a": "1"]),
            live(named: "Theirs", ["email:theirs@x.org"], ["a": "1"]))
        let step = try #require(plan.steps.first)
        #expect(
            step.request
                == .put(id: "P1", ProfileValues(name: "Theirs", identifiers: identifiers(["email:theirs@x.org"]))))
    }
}

private func renamed(_ from: String?, _ to: String?, _ cause: FieldChange.Cause) -> FieldChange {
    FieldChange(.nameChanged(from: from, to: to), cause)
}

import Planning
import ProfileModel
import Testing

/// All 27 cases of one field: what the manifest says, what was last applied, what is live; each absent (-), a or b.
/// What becomes of it, and who made the difference, as people would say it.
struct ThreeWayTests {
    /// After the three sides: the result with its cause, in declared mode and, where it differs, in exclusive mode.
    static let attributes = """
        - - -   -
        - - a   a         - outside
        - - b   b         - outside
        - a -   -
        - a a   - you
        - a b   - both
        - b -   -
        - b a   - both
        - b b   - you
        a - -   a you
        a - a   a
        a - b   a never
        a a -   a outside
        a a a   a
        a a b   a outside
        a b -   a both
        a b a   a
        a b b   a you
        b - -   b you
        b - a   b never
        b - b   b
        b a -   b both
        b a a   b you
        b a b   b
        b b -   b outside
        b b a   b outside
        b b b   b
        """

    /// Identifiers are a set: each comes or goes by itself, and one of somebody else's stays beside ours.
    static let identifiers = """
        - - -   -
        - - a   a               - -a:outside
        - - b   b               - -b:outside
        - a -   -
        - a a   - -a:you
        - a b   b               - -b:outside
        - b -   -
        - b a   a               - -a:outside
        - b b   - -b:you
        a - -   a +a:you
        a - a   a
        a - b   ab +a:you       a -b:outside +a:you
        a a -   a +a:outside
        a a a   a
        a a b   ab +a:outside   a -b:outside +a:outside
        a b -   a +a:you
        a b a   a
        a b b   a -b:you +a:you
        b - -   b +b:you
        b - a   ab +b:you       b -a:outside +b:you
        b - b   b
        b a -   b +b:you
        b a a   b -a:you +b:you
        b a b   b
        b b -   b +b:outside
        b b a   ab +b:outside   b -a:outside +b:outside
        b b b   b
        """

    @Test func theTablesAreWhole() {
        for table in [rows(Self.attributes), rows(Self.identifiers)] {
            #expect(table.count == 27)
            #expect(Set(table.map { "\($0.says ?? "-")\($0.applied ?? "-")\($0.live ?? "-")" }).count == 27)
        }
    }

    @Test(arguments: rows(attributes))
    func anAttribute(_ row: Row) {
        for mode in DesiredProfile.Mode.allCases {
            let others: AttributeObject = mode == .declared ? ["theirs": "x"] : [:]
            row.check(mode) { isManaged in
                let plan = plan(
                    desired(["member:1"], row.says.object(["mine": "1"]), attributesMode: mode),
                    isManaged ? applied(["member:1"], row.applied.object(["mine": "1"])) : nil,
                    live(["member:1"], row.live.object(["mine": "1"]).with(others)))
                let rest = (["mine": "1"] as AttributeObject).with(others)
                let after = plan.steps.first?.after?.attributes ?? row.live.object(rest)
                #expect(after.without("k") == rest, "\(row): nothing else changes")
                return (after["k"].text, plan.causes)
            }
        }
    }

    /// In an object that all sides have, and in one that is there only for the value's sake.
    @Test(arguments: rows(attributes), [true, false])
    func aNestedAttribute(_ row: Row, _ hasSibling: Bool) {
        for mode in DesiredProfile.Mode.allCases {
            let others: AttributeObject = mode == .declared ? ["theirs": "x"] : [:]
            let sibling: AttributeObject = hasSibling ? ["mine": "1"] : [:]
            func outer(_ value: String?) -> AttributeObject {
                let inner = value.object(sibling)
                return inner.isEmpty ? [:] : ["o": .object(inner)]
            }
            row.check(mode) { isManaged in
                var seen = outer(row.live)
                if !others.isEmpty { seen["o"] = .object((seen["o"].object ?? [:]).with(others)) }
                let plan = plan(
                    desired(["member:1"], outer(row.says), attributesMode: mode),
                    isManaged ? applied(["member:1"], outer(row.applied)) : nil, live(["member:1"], seen))
                let inner = (plan.steps.first?.after?.attributes ?? seen)["o"].object ?? [:]
                #expect(inner.without("k") == sibling.with(others), "\(row): nothing else changes")
                return (inner["k"].text, plan.causes)
            }
        }
    }

    /// A name that is absent on the live side is the derived one, and a manifest without one wants that one only
    /// where it takes back a name that it gave. It is one value, so there is nothing for a mode to say.
    @Test(arguments: rows(attributes))
    func aName(_ row: Row) {
        let derived = "jane@example.com"
        for mode in DesiredProfile.Mode.allCases {
            row.check(.declared) { isManaged in
                let plan = plan(
                    desired(named: row.says, attributesMode: mode, identifiersMode: mode),
                    isManaged ? applied(named: row.applied) : nil, live(named: row.live ?? derived))
                let name = plan.steps.first.map { $0.after?.name } ?? row.live ?? derived
                return (name == derived ? "-" : name ?? "?", plan.causes)
            }
        }
    }

    @Test(arguments: rows(identifiers))
    func anIdentifier(_ row: Row) {
        for mode in DesiredProfile.Mode.allCases {
            let others = mode == .declared ? ["badge:9"] : []
            func badge(_ value: String?) -> [String] { value.map { ["badge:\($0)"] } ?? [] }
            row.check(mode) { isManaged in
                let seen = live(["member:1"] + badge(row.live) + others)
                let plan = plan(
                    desired(["member:1"] + badge(row.says), identifiersMode: mode),
                    isManaged ? applied(["member:1"] + badge(row.applied)) : nil, seen)
                let after = plan.steps.first?.after?.identifiers ?? seen.identifiers
                #expect(after.contains(Identifier(type: "member", value: "1")))
                #expect(mode == .exclusive || after.contains(Identifier(type: "badge", value: "9")), "\(row)")
                let left = after.filter { $0.type == "badge" && $0.value != "9" }.map(\.value).sorted().joined()
                return (left.isEmpty ? "-" : left, plan.moves)
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var says: String?
        var applied: String?
        var live: String?
        var declared: String
        var exclusive: String

        var testDescription: String { "manifest \(says ?? "-"), applied \(applied ?? "-"), live \(live ?? "-")" }

        /// - Parameter outcome: the value afterwards and what was said about it, for a managed profile or another one.
        func check(_ mode: DesiredProfile.Mode, _ outcome: (_ isManaged: Bool) -> (String, String)) {
            let expected = mode == .declared ? declared : exclusive
            let (value, said) = outcome(true)
            #expect("\(value) \(said)".trimmed == expected, "\(testDescription), \(mode)")
            // What the ledger does not know was never applied, so of these rows those without last applied hold.
            guard applied == nil else { return }
            let (foundValue, foundSaid) = outcome(false)
            let never = expected.replacing("outside", with: "never").replacing("you", with: "never")
            #expect("\(foundValue) \(foundSaid)".trimmed == never, "\(testDescription), \(mode), unmanaged")
        }
    }
}

private func rows(_ table: String) -> [ThreeWayTests.Row] {
    table.split(separator: "\n").map { line in
        let columns = line.split(separator: "   ", omittingEmptySubsequences: true).map { String($0).trimmed }
        let sides = columns[0].split(separator: " ").map { $0 == "-" ? nil : String($0) }
        return ThreeWayTests.Row(
            says: sides[0], applied: sides[1], live: sides[2], declared: columns[1],
            exclusive: columns.count > 2 ? columns[2] : columns[1])
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}

extension String? {
    fileprivate func object(_ rest: AttributeObject) -> AttributeObject {
        map { rest.with(["k": .string($0)]) } ?? rest
    }
}

extension AttributeObject {
    fileprivate func with(_ others: AttributeObject) -> AttributeObject {
        AttributeObject((members + others.members).map { ($0.key, $0.value) })
    }

    fileprivate func without(_ key: String) -> AttributeObject {
        AttributeObject(members.filter { $0.key != key }.map { ($0.key, $0.value) })
    }
}

extension AttributeValue? {
    fileprivate var object: AttributeObject? {
        if case .object(let object)? = self { object } else { nil }
    }

    fileprivate var text: String {
        switch self {
        case nil: "-"
        case .string(let text)?: text
        case .null?, .bool?, .number?, .array?, .object?, .damaged?: "?"
        }
    }
}

extension Plan {
    /// The causes of all differences; a plan of one profile and one field has one at most.
    fileprivate var causes: String { fields.map(\.cause.word).joined(separator: " ") }

    fileprivate var moves: String {
        fields.map { field in
            switch field.change {
            case .identifierAdded(let identifier): "+\(identifier.value):\(field.cause.word)"
            case .identifierRemoved(let identifier): "-\(identifier.value):\(field.cause.word)"
            case .nameChanged, .attributeAdded, .attributeRemoved, .attributeChanged: "\(field)"
            }
        }.joined(separator: " ")
    }

    private var fields: [FieldChange] { steps.flatMap(\.fields) }
}

extension FieldChange.Cause {
    fileprivate var word: String {
        switch self {
        case .youChangedIt: "you"
        case .changedOutside: "outside"
        case .both: "both"
        case .neverApplied: "never"
        case .restored, .restoredOverLater: "rollback"
        }
    }
}

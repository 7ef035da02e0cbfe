import Diagnostics
import ProfileModel
import Testing

@testable import Manifests

@Suite struct DriftBaselineTests {
    private func read(_ text: String) -> ([AcceptedDrift], [Diagnostic]) {
        readDriftBaseline(SourceText(name: "drift-baseline.yaml", text: text))
    }

    /// One entry with these members in place of the usual ones.
    private func entry(_ changes: [String: String?] = [:]) -> String {
        var members: [String: String?] = [
            "address": "coolbikes/rider/jane", "field": "attributes.tier", "value": "gold", "owner": "crm",
            "reason": "campaign", "expires": "2027-01-31",
        ]
        members.merge(changes) { _, new in new }
        let lines = members.sorted { $0.key < $1.key }.compactMap { key, value in value.map { "\(key): \($0)" } }
        return "version: 1\naccepted:\n  - {\(lines.joined(separator: ", "))}\n"
    }

    @Test func anEntryIsRead() throws {
        let (accepted, diagnostics) = read(entry())
        #expect(diagnostics == [])
        let first = try #require(accepted.first)
        #expect(first.address.description == "coolbikes/rider/jane")
        #expect(first.field == .attribute(["tier"]))
        #expect(first.value == "gold")
        #expect(first.expires == "2027-01-31")
        #expect(first.origin == Origin(file: "drift-baseline.yaml", line: 3, column: 5))
        #expect(read("version: 1\n").0 == [] && read("version: 1\naccepted: []\n").1 == [])
    }

    @Test(arguments: [
        ("name", DriftField.name), ("profile", .profile), ("identifiers.email", .identifiers(type: "email")),
        ("attributes.a.b", .attribute(["a", "b"])), (#"'attributes.a\.b'"#, .attribute(["a.b"])),
    ])
    func fields(text: String, field: DriftField) {
        let value: String? = field == .profile ? "null" : "x"
        let (accepted, diagnostics) = read(entry(["field": text, "value": value]))
        #expect(diagnostics == [])
        #expect(accepted.map(\.field) == [field])
    }

    @Test(arguments: [
        ("identifiers.phone", "061", AttributeValue.string("061")), ("name", "7", .string("7")),
        ("attributes.n", "61", .number(JSONNumber(text: "61"))), ("attributes.n", "yes", .string("yes")),
        ("attributes.n", "null", .null), ("attributes.n", "true", .bool(true)), ("name", "null", .null),
        ("identifiers.phone", "[1, 2]", .array([.string("1"), .string("2")])),
        ("attributes.n", "[1, {a: b}]", .array([.number(JSONNumber(text: "1")), .object(["a": "b"])])),
        ("attributes.n", "'${env:HOME}'", .string("${env:HOME}")),
    ])
    func valuesAreAsLiveHoldsThem(field: String, text: String, value: AttributeValue) {
        let (accepted, diagnostics) = read(entry(["field": field, "value": text]))
        #expect(diagnostics == [])
        #expect(accepted.map(\.value) == [value])
    }

    @Test(arguments: ["address", "field", "value", "owner", "reason", "expires"])
    func everythingMustBeSaid(key: String) {
        let (accepted, diagnostics) = read(entry([key: String?.none]))
        #expect(accepted == [])
        #expect(diagnostics.map(\.code) == [.missingValue])
        #expect(diagnostics[0].message.contains(key))
    }

    @Test(arguments: [
        ("address", "jane", DiagnosticCode.wrongShape), ("address", "[a]", .wrongShape),
        ("field", "tier", .badDriftField),
        ("field", "attributes", .badDriftField), ("field", "attributes..x", .badDriftField),
        ("field", "identifiers", .badDriftField), ("field", "name.x", .badDriftField), ("owner", "''", .emptyValue),
        ("owner", "null", .emptyValue), ("reason", "{a: b}", .wrongShape), ("expires", "31.01.2027", .badDate),
        ("expires", "2027-02-29", .badDate), ("expires", "2027-13-01", .badDate), ("expires", "2027-1-31", .badDate),
        ("expires", "20270131", .badDate), ("expires", "2027-00-10", .badDate), ("expires", "2027-01-00", .badDate),
    ])
    func whatCannotBeRightIsToldAtItsPlace(key: String, value: String, code: DiagnosticCode) {
        let (accepted, diagnostics) = read(entry([key: value]))
        #expect(accepted == [])
        #expect(diagnostics.map(\.code) == [code], "\(diagnostics)")
        #expect(diagnostics.first?.location?.range.start.line == 3)
    }

    @Test(arguments: [
        ("version: 1\naccept: []\n", DiagnosticCode.unknownKey), ("version: 2\n", .unsupportedVersion),
        ("", .missingValue),
        ("accepted: []\n", .missingValue), ("version: 1\naccepted: {}\n", .wrongShape), ("[]\n", .wrongShape),
        ("version: 1\n---\nversion: 1\n", .wrongShape), ("version: 1\naccepted: [x]\n", .wrongShape),
        ("version: 1\naccepted: [\n", .invalidYAML),
    ])
    func theFileItself(text: String, code: DiagnosticCode) {
        #expect(read(text).1.map(\.code) == [code], "\(read(text).1)")
    }

    @Test func anUnknownKeyHasASuggestion() {
        let diagnostics = read(entry(["expiry": "2027-01-31"])).1
        #expect(diagnostics.map(\.code) == [.unknownKey])
        #expect(diagnostics[0].help?.contains("expires") == true)
    }

    @Test func aFieldAcceptedTwiceIsAnError() {
        let twice = entry() + entry(["value": "silver"]).split(separator: "\n").dropFirst(2).joined() + "\n"
        #expect(read(twice).1.map(\.code) == [.acceptedTwice])
    }

    @Test func aGoneProfileHoldsNothing() {
        #expect(read(entry(["field": "profile", "value": "gone"])).1.map(\.code) == [.wrongShape])
    }

    @Test func leapDaysExist() {
        #expect(read(entry(["expires": "2028-02-29"])).1 == [])
    }
}

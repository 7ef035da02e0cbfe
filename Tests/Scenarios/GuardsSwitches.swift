import HTTPTypes
import ProfileModel
import Sandbox
import Testing

/// A switch that changes nothing would let a mistake hide behind it. So each value of each switch has a
/// witness here: calls that come out differently when it is turned.
struct GuardsSwitches {
    private static let turns: [String] = SandboxSwitches.catalogue.flatMap { entry in
        entry.values.dropFirst().map { "\(entry.name)=\($0)" }
    }

    @Test(arguments: turns)
    func theSwitchMatters(_ turn: String) async throws {
        let witness = try #require(SwitchWitness.all[turn], "no witness for \(turn)")
        let standard = try await witness.transcript(SandboxSwitches())
        let turned = try await witness.transcript(try SandboxSwitches([turn]))
        #expect(!standard.elementsEqual(turned) { $0.utf8.elementsEqual($1.utf8) })
        #expect(standard == (try await witness.transcript(SandboxSwitches())), "the witness tells two stories")
    }

    @Test func noWitnessIsLeftOver() {
        #expect(Set(SwitchWitness.all.keys) == Set(Self.turns))
    }
}

/// Calls to a small account, and what becomes of it.
struct SwitchWitness: Sendable {
    var calls: [String]
    var limits = SandboxLimits()
    var rateLimit: SandboxRateLimit?

    init(_ calls: String..., limits: SandboxLimits = SandboxLimits(), perMinute: Int? = nil) {
        self.calls = calls
        self.limits = limits
        rateLimit = perMinute.map { SandboxRateLimit(perMinute: $0) }
    }

    /// What was answered, and what the account holds in the end.
    func transcript(_ switches: SandboxSwitches) async throws -> [String] {
        let sandbox = try Sandbox(
            configuration: SandboxConfiguration(rateLimit: rateLimit, limits: limits, switches: switches),
            now: { Timestamp(seconds: 1_700_000_000, nanoseconds: 591_000_000) })
        try sandbox.load(Self.world)
        var lines: [String] = []
        for call in calls {
            let words = call.split(separator: " ", maxSplits: 2).map(String.init)
            let request = HTTPRequest(
                method: HTTPRequest.Method(words[0])!, scheme: "http", authority: "localhost",
                path: "/api/v2/\(words[1])", headerFields: [.contentType: "application/json"])
            let answer = await sandbox.respond(to: request, body: Array((words.count == 3 ? words[2] : "").utf8))
            lines.append("\(answer.head.status.code) \(answer.head.headerFields[.retryAfter] ?? "-")")
            lines.append(String(decoding: answer.body, as: UTF8.self))
        }
        return lines + ["\(sandbox.world())"]
    }

    private static let world = SandboxWorld(
        users: [
            SandboxUser(
                id: "1", name: "Jane", externalID: "crm-1",
                identities: [Identifier(type: "email", value: "jane@example.com")])
        ],
        profiles: [
            Profile(
                id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", userID: "1", source: "s", type: "t", name: "Jane",
                identifiers: [
                    Identifier(type: "email", value: "jane@example.com"), Identifier(type: "member", value: "7"),
                ],
                attributes: ["a": "x", "o": .object(["x": "1", "y": "2"])],
                createdAt: Timestamp(seconds: 1_600_000_000),
                updatedAt: Timestamp(seconds: 1_600_000_000)),
            Profile(
                id: "01BX5ZZKBKACTAV9WEVGEMMVRY", userID: "1", source: "s", type: "t", name: "Jane",
                identifiers: [Identifier(type: "member", value: "8")], attributes: [:],
                createdAt: Timestamp(seconds: 1_600_000_000), updatedAt: Timestamp(seconds: 1_600_000_000)),
        ])
}

private let jane = "user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV"
private let other = "user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY"
private let email = #"{"type":"email","value":"jane@example.com"}"#

extension SwitchWitness {
    static let all: [String: SwitchWitness] = [
        "patch_null=ignores": SwitchWitness("PATCH \(jane) \(#"{"profile":{"attributes":{"a":null}}}"#)"),
        "patch_null=stores": SwitchWitness("PATCH \(jane) \(#"{"profile":{"attributes":{"a":null}}}"#)"),
        "patch_nested=replaces": SwitchWitness("PATCH \(jane) \(#"{"profile":{"attributes":{"o":{"x":"9"}}}}"#)"),
        "put_null=drops": SwitchWitness(
            "PUT \(jane) {\"profile\":{\"identifiers\":[\(email)],\"attributes\":{\"a\":null}}}"),
        "attribute_numbers=doubles": numbers,
        "attribute_numbers=strings": numbers,
        "empty_texts=drops": emptyText,
        "empty_texts=ignores": emptyText,
        "write_answer=sent": SwitchWitness("PATCH \(jane) \(#"{"profile":{"attributes":{"zz":null}}}"#)"),
        "text_form=nfc": SwitchWitness("PATCH \(jane) {\"profile\":{\"name\":\"Rene\u{301}\"}}"),
        "text_form=nfd": SwitchWitness("PATCH \(jane) {\"profile\":{\"name\":\"Ren\u{E9}\"}}"),
        "outer_space=trimmed": SwitchWitness("PATCH \(jane) \(#"{"profile":{"name":" Jane "}}"#)"),
        "lower_case=ascii": capitals,
        "lower_case=simple": capitals,
        "lower_case=final_sigma": capitals,
        "lower_case=turkish": capitals,
        "body_mismatch=ignores": SwitchWitness(
            "PUT \(jane) {\"profile\":{\"source\":\"q\",\"identifiers\":[\(email)]}}"),
        "body_user=ignored": SwitchWitness("PUT \(jane) {\"profile\":{\"user_id\":\"9\",\"identifiers\":[\(email)]}}"),
        "query_identifier=required": creatingWithoutTheQuery,
        "query_identifier=added": creatingWithoutTheQuery,
        "absent_attributes=keeps": SwitchWitness(
            "PUT \(jane) {\"profile\":{\"name\":\"J\",\"identifiers\":[\(email)]}}"),
        "absent_name=keeps": SwitchWitness("PUT \(jane) {\"profile\":{\"identifiers\":[\(email)]}}"),
        "empty_name=derives": emptyName,
        "empty_name=rejects": emptyName,
        "attributes=strict_strings": SwitchWitness("PATCH \(jane) \(#"{"profile":{"attributes":{"n":1}}}"#)"),
        "identifier_values=strict": SwitchWitness(
            "PATCH \(jane) \(#"{"profile":{"identifiers":[{"type":"member","value":9}]}}"#)"),
        "unknown_keys=rejects": SwitchWitness("PATCH \(jane) \(#"{"profile":{"name":"J","colour":"red"}}"#)"),
        "changed_identity_on_put=adds": SwitchWitness(
            "PUT \(jane) \(#"{"profile":{"identifiers":[{"type":"email","value":"new@example.com"}]}}"#)"),
        "external_id=replaces": SwitchWitness(
            "PATCH \(jane) \(#"{"profile":{"identifiers":[{"type":"external_id","value":"crm-2"}]}}"#)"),
        "profile_overlap=allows": SwitchWitness(
            "PATCH \(jane) \(#"{"profile":{"identifiers":[{"type":"member","value":"8"}]}}"#)"),
        "slots=kept": SwitchWitness(
            "DELETE \(jane)", "DELETE \(other)",
            "PUT user_profiles?identifier=q:t:member:1 \(#"{"profile":{"identifiers":[{"type":"member","value":"1"}]}}"#)",
            limits: {
                var limits = SandboxLimits()
                limits.sources = 1
                return limits
            }()),
        "email_query=exact": SwitchWitness("GET user_profiles?identifier=s:t:email:JANE@example.com"),
        "number_echo=numbers": SwitchWitness("GET \(jane)"),
        "user_id_echo=number": SwitchWitness("GET \(jane)"),
        "timestamps=milliseconds": SwitchWitness("GET \(jane)"),
        "timestamps=offset": SwitchWitness("GET \(jane)"),
        "noop_write=keeps": SwitchWitness("PATCH \(jane) \(#"{"profile":{"attributes":{"a":"x"}}}"#)"),
        "second_delete=400": SwitchWitness("DELETE \(jane)", "DELETE \(jane)"),
        "second_delete=204": SwitchWitness("DELETE \(jane)", "DELETE \(jane)"),
        "delete_body=null": SwitchWitness("DELETE \(jane)"),
        "unknown_user=empty": SwitchWitness("GET users/999/profiles"),
        "list_order=newest": SwitchWitness("GET users/1/profiles"),
        "json_suffix=accepted": SwitchWitness("GET \(jane).json"),
        "limit_status=403": oneProfileTooMany,
        "limit_status=422": oneProfileTooMany,
        "conflict_status=409": takingFromAnother,
        "conflict_status=422": takingFromAnother,
        "error_shape=error": SwitchWitness("GET user_profiles/nobody"),
        "error_shape=description": SwitchWitness("GET user_profiles/nobody"),
        "error_shape=text": SwitchWitness("GET user_profiles/nobody"),
        "rate_counts=writes": SwitchWitness("GET \(jane)", "GET \(jane)", perMinute: 1),
        "retry_after=date": SwitchWitness("GET \(jane)", "GET \(jane)", perMinute: 1),
        "retry_after=absent": SwitchWitness("GET \(jane)", "GET \(jane)", perMinute: 1),
        "throttle_body=html": SwitchWitness("GET \(jane)", "GET \(jane)", perMinute: 1),
        "feature=off": SwitchWitness("GET \(jane)"),
    ]

    private static let emptyText = SwitchWitness("PATCH \(jane) \(#"{"profile":{"attributes":{"a":""}}}"#)")
    private static let numbers = SwitchWitness(
        "PATCH \(jane) \(#"{"profile":{"attributes":{"n":12345678901234567890}}}"#)")
    private static let capitals = SwitchWitness(
        "PATCH \(jane) \(#"{"profile":{"identifiers":[{"type":"twitter","value":"İIÉΑΣ"}]}}"#)")
    private static let creatingWithoutTheQuery = SwitchWitness(
        "PUT user_profiles?identifier=s:t:member:1 \(#"{"profile":{"identifiers":[{"type":"badge","value":"1"}]}}"#)")
    private static let emptyName = SwitchWitness("PUT \(jane) {\"profile\":{\"name\":\"\",\"identifiers\":[\(email)]}}")
    private static let takingFromAnother = SwitchWitness(
        "PATCH \(jane) \(#"{"profile":{"identifiers":[{"type":"member","value":"8"}]}}"#)")
    private static let oneProfileTooMany = SwitchWitness(
        "PUT users/1/profiles?identifier=s:t:member:9 \(#"{"profile":{"identifiers":[{"type":"member","value":"9"}]}}"#)",
        limits: {
            var limits = SandboxLimits()
            limits.profilesPerUser = 2
            return limits
        }())
}

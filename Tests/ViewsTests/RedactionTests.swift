import Diagnostics
import Planning
import ProfileModel
import Testing
import Views

@Suite struct RedactionTests {
    private let redaction = Redaction(key: Array("key".utf8), publicAttributes: ["tier", "address.city"])

    private static let canaries = [
        "jane@canary.example", "Canary Smith", "+61 2 3456 78", "canary-red", "40961234", "canary-external",
        "canary-old@x.example", "canary-user", "canary-nested",
    ]

    /// A canary in every field that may hold a personal value.
    private var plan: Plan {
        let email = Fixtures.email("jane@canary.example")
        let phone = Identifier(type: "phone_number", value: "+61 2 3456 78")
        let old = Fixtures.email("canary-old@x.example")
        let attributes: AttributeObject = [
            "tier": "gold", "color": "canary-red", "born": .number(JSONNumber(text: "40961234")),
            "address": .object(["city": "Berlin", "street": .array(["canary-nested", .null])]),
        ]
        let values = ProfileValues(name: "Canary Smith", identifiers: [email, phone], attributes: attributes)
        let query = IdentifierQuery(source: "cool", type: "rider", identifier: email)
        let live = Profile(
            id: "01ARZ", userID: "12345678901", source: "cool", type: "rider", name: "Canary Smith",
            identifiers: [old], attributes: attributes)
        let fields = [
            FieldChange(.nameChanged(from: "Canary Smith", to: nil), .youChangedIt),
            FieldChange(.identifierAdded(email), .youChangedIt), FieldChange(.identifierRemoved(old), .both),
            FieldChange(.attributeAdded(path: ["color"], "canary-red"), .neverApplied),
            FieldChange(.attributeRemoved(path: ["address", "street"], "canary-nested"), .neverApplied),
            FieldChange(.attributeChanged(path: ["tier"], from: "gold", to: "silver"), .youChangedIt),
        ]
        func step(_ number: Int, _ request: ProfileWrite, _ precondition: Precondition) -> Step {
            Step(
                number: number, address: Fixtures.jane, action: .update, reason: .removesIdentifiers([old]),
                request: request, before: live, after: values, fields: fields,
                sideEffects: [
                    .identityAdded(.known("12345678901"), email, .certain),
                    .externalIDSet(.unknown, "canary-external", .possible), .attached(.unknown, by: email),
                    .anonymousUserCreated(name: "canary-user", .certain), .identityKept(userID: "12345678901", old),
                ],
                precondition: precondition, declared: values, origin: Fixtures.origin(3))
        }
        let patch = ProfilePatch(name: values.name, identifiers: values.identifiers, attributes: attributes)
        let unchanged = Precondition.unchanged(id: "01ARZ", updatedAt: nil, digest: "canary-digest")
        let location = Fixtures.origin(3)
        let position = SourcePosition(line: location.line, column: location.column)
        return Plan(
            environment: EnvironmentStamp(name: "staging", service: "https://acme.zendesk.com"),
            createdAt: Fixtures.noon,
            steps: [
                step(1, .putUnderUser(userID: "12345678901", query, values), .absent(query)),
                step(2, .putByQuery(query, values), .absent(query)), step(3, .put(id: "01ARZ", values), unchanged),
                step(4, .patch(id: "01ARZ", patch), unchanged), step(5, .patchByQuery(query, patch), unchanged),
            ],
            blocked: [BlockedStep(step: step(0, .put(id: "01ARZ", values), unchanged), reason: .conflict)],
            drift: [Drift(address: Fixtures.walter, profileID: "01BX5", fields: fields)],
            diagnostics: [
                Diagnostic(
                    .identifierOwnedElsewhere,
                    "email jane@canary.example, phone +61 2 3456 78 of \"Canary Smith\" belong to user 12345678901.",
                    at: .init(file: "p.yaml", range: SourceRange(position, position)),
                    notes: [.init("unknown@other.example is not canary-red, call 0301234567")],
                    help: "give up (canary-old@x.example)")
            ],
            cost: Fixtures.cost())
    }

    @Test func `no renderer shows a personal value of a redacted plan`() {
        let shown = redaction.redacted(plan)
        let outputs =
            PlanDetail.allCases.map { PlanText.render(shown, style: .plain, detail: $0) } + [
                PlanJSON.render(plan, version: "1", redaction: redaction),
                DiagnosticsText.render(shown.diagnostics, style: .plain) { _ in nil },
                ApplyEventsJSON.planned(shown, at: Fixtures.noon),
            ]
        for output in outputs {
            for canary in Self.canaries + ["canary", "Canary", "other.example", "0301234567", "jane%40"] {
                #expect(!output.contains(canary), "\(canary) in \(output)")
            }
        }
    }

    @Test func `addresses, ids, keys, places and public attributes stay`() {
        let text = PlanText.render(redaction.redacted(plan), style: .plain, detail: .full)
        for kept in [
            "coolbikes/rider/jane-smith", "PATCH user_profiles/01ARZ", "users/12345678901/profiles", "riders.yaml:3",
            "attributes.color", "\"gold\" → \"silver\"", "\"Berlin\"", "belong to user 12345678901.", "p.yaml:3:3",
        ] {
            #expect(text.contains(kept), "\(kept)")
        }
    }

    @Test(arguments: [
        "the ledger has no run '20261126T15'", "did you mean \"20261126T153736Z-30d9\"?",
        "several begin so: 20261126T153736Z-30d9, 20261126T153735Z-3dcc", "run 20261126T153736Z-30dx was cut off",
        "another run holds the lock of the ledger: ops on build-7 (process 4194303), for 2 min",
    ])
    func `names of runs and numbers of processes stay`(message: String) {
        #expect(redaction.redacted([Diagnostic(.unknownRun, message)]).map(\.message) == [message])
    }

    @Test(arguments: [
        "20261126", "20269926T153736Z-30d9", "20261126T153736Z-30d95512345", "20261126X153736",
        "(process 491701234567)",
        "(process 5551234 first)", "cannot process 5551234", "(phone 5551234)",
    ])
    func `what only resembles them is taken for personal`(message: String) {
        #expect(redaction.redacted([Diagnostic(.unknownRun, message)]).map(\.message) != [message])
    }

    @Test func `equal values stay recognisable, and the key decides the stand-ins`() {
        let pseudonym = Pseudonym(key: [1, 2, 3])
        let standIn = pseudonym.of("jane@example.com", kind: "email")
        #expect(standIn.wholeMatch(of: #/email:⟨[0-9a-f]{8}⟩/#) != nil)
        #expect(pseudonym.of("jane@example.com", kind: "email") == standIn)
        #expect(pseudonym.of("john@example.com", kind: "email") != standIn)
        #expect(Pseudonym(key: [1, 2, 4]).of("jane@example.com", kind: "email") != standIn)
    }

    @Test func `a stand-in is shown once with its kind`() {
        let shown = redaction.redacted(Fixtures.sample)
        let old = Pseudonym(key: Array("key".utf8)).of("walter@old.example", kind: "email")
        let text = PlanText.render(shown, style: .plain)
        #expect(text.contains("       - identifiers         \(old) "))
        #expect(text.contains("! user 123456 keeps identity \(old) (not"))
    }

    @Test func `profiles, ledger entries, reports and messages are covered too`() {
        let values = ProfileValues(
            name: "Canary", identifiers: [Fixtures.email("c@canary.example")], attributes: ["a": "canary"])
        let profile = Profile(
            id: "01A", userID: "1", source: "s", type: "t", name: "Canary", identifiers: values.identifiers,
            attributes: values.attributes)
        let entry = LedgerEntry(address: Fixtures.jane, profileID: "01A", userID: nil, lastApplied: values)
        var step = Fixtures.update
        step.after = values
        let outcome = StepOutcome.failed(StepFailure(title: "c@canary.example is taken"))
        let report = ApplyReport(run: "r", lines: [.init(step: step, outcome: outcome)])
        let outputs = [
            ProfilesText.render([redaction.redacted(profile)], style: .plain),
            ProfilesJSON.render([redaction.redacted(profile)]),
            LedgerText.entry(redaction.redacted(entry), style: .plain),
            LedgerJSON.list([redaction.redacted(entry)]), ApplyText.report(redaction.redacted(report), style: .plain),
            ApplyEventsJSON.line(for: redaction.redacted(.finished(step, outcome)), at: Fixtures.noon),
            DiagnosticsText.render(
                redaction.redacted([Diagnostic(.identifierOwnedElsewhere, "'c@canary.example': taken")]), style: .plain
            ) { _ in nil },
        ]
        for output in outputs { #expect(!output.lowercased().contains("canary"), "\(output)") }
    }
}

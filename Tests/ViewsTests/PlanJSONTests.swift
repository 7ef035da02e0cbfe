import Planning
import ProfileModel
import Testing
import Views
import WireFormat

@Suite struct PlanJSONTests {
    @Test(arguments: UInt64(1)...100)
    func `a saved plan reads back as it was`(seed: UInt64) throws {
        var random = RandomPlan(seed: seed)
        let plan = random.plan()
        for pretty in [false, true] {
            let read = try Plan(json: PlanJSON.render(plan, version: "1.2.3", pretty: pretty))
            #expect(read == plan, "seed \(seed)")
        }
    }

    @Test func `the document has the members that the schema names`() throws {
        guard case .object(let document) = try readJSON(PlanJSON.render(Fixtures.sample, version: "1.2.3")) else {
            Issue.record("not an object")
            return
        }
        #expect(
            document.keys == [
                "applyable", "basis", "blocked", "complete", "cost", "created_at", "diagnostics", "digest", "drift",
                "environment", "errored", "format_version", "ledger", "ledger_missing", "profilectl_version",
                "redacted", "scope",
                "snapshot",
                "steps",
                "unchanged",
            ])
        #expect(document["format_version"] == "1.1")
        #expect(document["profilectl_version"] == "1.2.3")
        #expect(document["created_at"] == "2026-11-23T12:00:00Z")
        #expect(document["applyable"] == .bool(true))
        #expect(document["complete"] == .bool(false))
        #expect(document["errored"] == .bool(false))
        guard case .array(let steps)? = document["steps"], case .object(let step) = steps[1],
            case .object(let request)? = step["request"]
        else {
            Issue.record("no second step")
            return
        }
        #expect(
            step.keys == [
                "action", "address", "after", "before", "declared", "depends_on", "fields", "ground", "imported",
                "keeps_name", "let_go", "moved_from", "n", "origin", "precondition", "prevent_destroy", "reason",
                "request",
                "side_effects", "warnings",
            ])
        #expect(request["method"] == "PUT")
        #expect(request["path"] == "/api/v2/user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY")
        #expect(request["endpoint"] == "PUT user_profiles/{profile_id}")
        #expect(request["query"] == .null)
        #expect(
            step["reason"]
                == .object([
                    "code": "removes_identifiers",
                    "identifiers": .array([.object(["type": "email", "value": "walter@old.example"])]),
                    "words": "PUT, because PATCH would add the new email and keep the old one",
                ]))
    }

    @Test func `a plan edited by hand is refused`() throws {
        let text = PlanJSON.render(Fixtures.sample, version: "1")
        for (old, new) in [
            ("\"gold\"", "\"iron\""), ("\"complete\":false", "\"complete\":true"), ("\"n\":1", "\"n\":3"),
        ] {
            #expect(throws: PlanDocumentFailure.digestMismatch) {
                try Plan(json: text.replacing(old, with: new, maxReplacements: 1))
            }
        }
    }

    @Test func `white space and the order of members do not matter`() throws {
        let text = PlanJSON.render(Fixtures.sample, version: "1", pretty: true)
        #expect(try Plan(json: text.replacing("\n", with: "\r\n\t")) == Fixtures.sample)
    }

    @Test func `a redacted plan is for reading, not for applying`() {
        let text = PlanJSON.render(Fixtures.sample, version: "1", redaction: Redaction(key: [1]))
        #expect(throws: PlanDocumentFailure.redacted) { try Plan(json: text) }
    }

    @Test(arguments: ["1.0", "1.2"])
    func `another format is refused by its version`(version: String) {
        let text = PlanJSON.render(Fixtures.sample, version: "1")
        let other = text.replacing("\"format_version\":\"1.1\"", with: "\"format_version\":\"\(version)\"")
        #expect(throws: PlanDocumentFailure.unsupportedVersion(version)) { try Plan(json: other) }
        #expect(throws: PlanDocumentFailure.unsupportedVersion(nil)) { try Plan(json: "{}") }
    }

    @Test func `what is no plan is refused with the reason`() {
        #expect(throws: PlanDocumentFailure.invalid(path: "", .expected(.object))) { try Plan(json: "[]") }
        #expect { try Plan(json: "{\"steps\": [") } throws: { error in
            if case .notJSON? = error as? PlanDocumentFailure { true } else { false }
        }
    }

    /// With the digest made anew, as an attacker would.
    @Test func `a plan that shows one call and names another is refused`() throws {
        let text = PlanJSON.render(Fixtures.sample, version: "1")
        let forged = text.replacing("/api/v2/user_profiles/01ARZ", with: "/api/v2/user_profiles/01XXX")
        #expect(throws: PlanDocumentFailure.invalid(path: "steps[0].request", .requestDiffers)) {
            try Plan(json: PlanDigest.renewed(forged))
        }
        let broken = text.replacing("\"cause\":\"you_changed_it\"", with: "\"cause\":\"nobody\"")
        #expect(throws: PlanDocumentFailure.invalid(path: "steps[0].fields[0].cause", .unknownName("nobody"))) {
            try Plan(json: PlanDigest.renewed(broken))
        }
        let huge = text.replacing("\"check_reads\":2", with: "\"check_reads\":9223372036854775807")
        #expect(throws: PlanDocumentFailure.invalid(path: "cost.check_reads", .expected(.number))) {
            try Plan(json: PlanDigest.renewed(huge))
        }
    }
}

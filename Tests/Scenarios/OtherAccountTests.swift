import Testing

/// Nobody outside knows how the service answers some questions (the sandbox's switches). Where profilectl
/// claims to work with either answer, every scenario must run alike in an account that answers otherwise.
struct OtherAccountTests {
    static let otherAnswers = [
        "body_mismatch=ignores", "body_user=ignored", "query_identifier=required", "absent_attributes=keeps",
        "identifier_values=strict", "unknown_keys=rejects", "changed_identity_on_put=adds", "external_id=replaces",
        "email_query=exact", "number_echo=numbers", "user_id_echo=number", "timestamps=milliseconds",
        "noop_write=keeps", "second_delete=400", "delete_body=null", "unknown_user=empty", "list_order=newest",
        "patch_null=stores",
    ]

    @Test(arguments: ScenarioFile.all)
    func scenario(_ file: ScenarioFile) async throws {
        let scenario = try file.read()
        // The scenario's own switches win, and where null in a PATCH is said to delete, it has to.
        let answers = Self.otherAnswers.filter { !scenario.patchNullDeletes || !$0.hasPrefix("patch_null") }
        var run = try ScenarioRun(scenario, extraSwitches: answers)
        try await run.play()
        for problem in run.problems { Issue.record("\(problem)") }
        #expect(run.outcome.plan == scenario.expected.plan)
        #expect(run.outcome.requests == scenario.expected.requests)
        #expect(run.outcome.down == scenario.expected.down)
    }
}

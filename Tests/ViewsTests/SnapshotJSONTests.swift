import Planning
import Testing
import Views

@Suite struct SnapshotJSONTests {
    @Test(arguments: UInt64(1)...60)
    func `what is written is read back`(seed: UInt64) throws {
        var random = RandomPlan(seed: seed)
        let snapshot = random.snapshot()
        let text = SnapshotJSON.render(snapshot, version: "1")
        #expect(try Snapshot(json: Array(text.utf8)) == snapshot, "seed \(seed)")
        #expect(try SchemaCheck("snapshot.schema.json").problems(in: text) == [], "seed \(seed)")
        #expect(SnapshotJSON.render(try Snapshot(json: Array(text.utf8)), version: "1") == text)
    }

    @Test func `two answers to one question are refused`() throws {
        let text = """
            {"format_version":"1.0","environment":{"name":"a","service":"b"},"created_at":"2026-11-26T11:00:00Z",
            "answers":[{"kind":"profile","id":"1","profiles":[]},{"kind":"profile","id":"1","profiles":[]}]}
            """
        #expect(throws: PlanDocumentFailure.invalid(path: "answers[1]", .repeated)) {
            try Snapshot(json: Array(text.utf8))
        }
    }
}

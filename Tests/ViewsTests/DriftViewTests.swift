import Planning
import Testing
import Views

@Suite struct DriftViewTests {
    @Test(arguments: UInt64(1)...60)
    func `every report keeps to its schema`(seed: UInt64) throws {
        var random = RandomPlan(seed: seed)
        let report = random.driftReport()
        let check = try SchemaCheck("drift.schema.json")
        #expect(try check.problems(in: DriftJSON.render(report, version: "1")) == [], "seed \(seed)")
        let redacted = DriftJSON.render(report, version: "1", redaction: Redaction(key: [1]))
        #expect(try check.problems(in: redacted) == [], "seed \(seed)")
    }

    @Test(arguments: UInt64(1)...60)
    func `no value escapes its line`(seed: UInt64) {
        var random = RandomPlan(seed: seed)
        let text = DriftText.render(random.driftReport(), style: .plain)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E }, "seed \(seed)")
    }
}

import Planning
import ProfileModel
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

    @Test func `values that look alike are spelled out`() {
        let finding = DriftFinding(
            field: .name, change: .nameChanged(from: "Zo\u{EB}", to: "Zoe\u{308}"), live: "Zoe\u{308}",
            judgement: .open,
            isWanted: false)
        let profile = DriftedProfile(
            address: Fixtures.update.address, profileID: "01ABC", findings: [finding])
        let report = DriftReport(
            environment: EnvironmentStamp(name: "staging", service: "sandbox:x"), createdAt: Fixtures.noon,
            scope: PlanScope(), checked: 1, profiles: [profile], unused: [], diagnostics: [], readsMade: 1,
            knowsManifests: true)
        let text = DriftText.render(report, style: .plain)
        #expect(text.contains(#""Zo\u{EB}" → "Zoe\u{308}""#), "\(text)")
    }
}

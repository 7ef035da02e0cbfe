import Planning
import Testing
import Views

@Suite struct SchemaTests {
    @Test(arguments: UInt64(1)...40)
    func `every plan keeps to its schema`(seed: UInt64) throws {
        var random = RandomPlan(seed: seed)
        let plan = random.plan()
        let check = try SchemaCheck("plan.schema.json")
        #expect(try check.problems(in: PlanJSON.render(plan, version: "1")) == [], "seed \(seed)")
        let redacted = PlanJSON.render(plan, version: "1", redaction: Redaction(key: [1]))
        #expect(try check.problems(in: redacted) == [], "seed \(seed)")
    }

    @Test(arguments: UInt64(1)...40)
    func `every line of an apply keeps to its schema`(seed: UInt64) throws {
        var random = RandomPlan(seed: seed)
        let (plan, report) = (random.plan(), random.report())
        let check = try SchemaCheck("events.schema.json")
        let now = Fixtures.noon
        var lines = ApplyEventsJSON.version("1", at: now) + ApplyEventsJSON.planned(plan, at: now)
        for step in plan.steps {
            lines += ApplyEventsJSON.line(for: .started(step), at: now)
            lines += ApplyEventsJSON.line(for: .progress([LongStep(step, seconds: 10)]), at: now)
            lines += ApplyEventsJSON.line(for: .finished(step, random.outcome()), at: now)
        }
        for diagnostic in plan.diagnostics { lines += ApplyEventsJSON.diagnostic(diagnostic, at: now) }
        lines += ApplyEventsJSON.line(for: .waiting(seconds: 0.5), at: now)
        for finding in Fixtures.findings {
            let settled = SettledStep(
                run: "run-1", number: 2, address: Fixtures.update.address, action: "update", finding: finding)
            lines += ApplyEventsJSON.line(for: .settled(settled), at: now)
        }
        let steps = plan.steps
        lines += ApplyEventsJSON.planned(plan, canary: Canary(choosing: 1, from: steps), at: now)
        let findings = steps.flatMap { step -> [CanaryVerdict.Finding] in
            [
                .notDone(step), .differs(step, ["name"]), .gone(step), .stillThere(step),
                .unreadable(step, StepFailure(title: "cut")),
            ]
        }
        lines += ApplyEventsJSON.line(for: .canary(CanaryVerdict(readBack: 3, findings: findings)), at: now)
        lines += ApplyEventsJSON.line(for: .summary(report), at: now)
        for line in lines.split(separator: "\n") {
            #expect(try check.problems(in: String(line)) == [], "seed \(seed): \(line)")
        }
    }

    @Test func `the check finds what is missing and what is too much`() throws {
        let check = try SchemaCheck("events.schema.json")
        let line = ApplyEventsJSON.version("1", at: Fixtures.noon)
        #expect(try check.problems(in: line.replacing("timestamp", with: "time")) != [])
        #expect(try check.problems(in: line.replacing("\"version\"", with: "\"revision\"")) != [])
    }
}

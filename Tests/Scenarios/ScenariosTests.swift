import FoundationEssentials
import Testing

/// Every file of this folder is a test: add one, run with `PROFILECTL_RECORD=1`, read what was recorded.
struct ScenariosTests {
    private static let isRecording = ProcessInfo.processInfo.environment["PROFILECTL_RECORD"] == "1"

    @Test(arguments: ScenarioFile.all)
    func scenario(_ file: ScenarioFile) async throws {
        let scenario = try file.read()
        var run = try ScenarioRun(scenario)
        try await run.play()
        if Self.isRecording, run.outcome != scenario.expected {
            try file.record(run.outcome)
            for problem in run.problems { Issue.record("\(problem)") }
            Issue.record("recorded")
        } else {
            report(run, scenario)
        }
    }

    private func report(_ run: ScenarioRun, _ scenario: Scenario) {
        for problem in run.problems { Issue.record("\(problem)") }
        for part in Outcome.parts {
            let (expected, found) = (scenario.expected[keyPath: part.path], run.outcome[keyPath: part.path])
            if expected == found { continue }
            Issue.record("\(part.key)\n--- expected\n\(expected ?? "nothing")\n--- found\n\(found ?? "nothing")")
        }
    }

    @Test func scenariosAreFound() {
        #expect(ScenarioFile.all.count >= 75)
    }
}

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
        for problem in run.problems { Issue.record("\(problem)") }
        guard run.outcome != scenario.expected else { return }
        if Self.isRecording {
            try file.record(run.outcome)
            Issue.record("recorded")
            return
        }
        for part in Outcome.parts {
            let (expected, found) = (scenario.expected[keyPath: part.path], run.outcome[keyPath: part.path])
            guard expected != found else { continue }
            Issue.record("\(part.key)\n--- expected\n\(expected ?? "nothing")\n--- found\n\(found ?? "nothing")")
        }
    }

    @Test func scenariosAreFound() {
        #expect(ScenarioFile.all.count >= 75)
    }
}

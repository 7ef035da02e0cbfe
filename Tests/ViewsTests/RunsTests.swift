import Planning
import ProfileModel
import Testing
import Views

@Suite struct RunsTests {
    private static let ended = RecordedRun(
        id: "20261126T150912Z-3f9a", environment: "staging", startedAt: Fixtures.noon,
        ending: .ended(Timestamp(seconds: Fixtures.noon.seconds + 75)), startedBy: "ops on build-7",
        ciURL: "https://ci.example/run/5", counts: [.done: 11, .failed: 1])
    private static let cutOff = RecordedRun(
        id: "20261126T15-\u{1B}[m", environment: "staging", startedAt: Fixtures.noon, ending: .cutOff, undoes: "r-1",
        counts: [.done: 1, .inFlight: 1, .notReached: 2])
    private static let steps = [
        RecordedStep(
            number: 1, address: Fixtures.update.address, action: "update", ending: .failed,
            detail: "422 Bad\u{1B}[m jane@example.com"),
        RecordedStep(number: 12, address: Fixtures.replace.address, action: "create", ending: .done, detail: "01ABC"),
        RecordedStep(number: 13, address: Fixtures.replace.address, action: nil, ending: .notReached),
    ]

    @Test func `each run is a line with what there is to count`() {
        #expect(
            RunsText.list([Self.ended, Self.cutOff], style: .plain) == #"""
                20261126T150912Z-3f9a  staging  took 75 s  11 done, 1 failed (12 planned)  by ops on build-7 https://ci.example/run/5
                "20261126T15-\e[m"     staging  cut off    1 done, 1 in flight, 2 not reached (4 planned)  by somebody  rolled back r-1

                """#)
        #expect(RunsText.list([], style: .plain) == "No run yet: nothing was applied with this ledger.\n")
    }

    @Test func `a run has its steps and how each ended`() {
        #expect(
            RunsText.run(Self.ended, Self.steps, style: .plain) == #"""
                run 20261126T150912Z-3f9a · environment staging
                started 2026-11-23T12:00:00Z by ops on build-7 https://ci.example/run/5, took 75 s

                  1  ~ coolbikes/rider/jane-smith  failed: 422 Bad\e[m jane@example.com
                 12  + coolbikes/rider/walter  done: 01ABC
                 13  ? coolbikes/rider/walter  not reached

                11 done, 1 failed (12 planned).

                """#)
    }

    @Test func `redaction takes values out of the service's words and leaves ids`() {
        let redaction = Redaction(key: [1])
        let shown = Self.steps.map { redaction.redacted($0, quoting: []) }
        #expect(shown[0].detail?.contains("jane@example.com") == false)
        #expect(shown[1].detail == "01ABC")
    }

    @Test func `both documents keep to the schema`() throws {
        let check = try SchemaCheck("run.schema.json")
        #expect(try check.problems(in: RunsJSON.list([Self.ended, Self.cutOff])) == [])
        #expect(try check.problems(in: RunsJSON.run(Self.cutOff, Self.steps)) == [])
        #expect(RunsJSON.run(Self.ended, Self.steps).contains(#""not_reached":0,"planned":12"#))
    }
}

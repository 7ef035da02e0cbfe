import Commands
import ProfileModel
import Testing

@Suite struct ShowRunsTests {
    @Test func everyApplyIsARunThatIsListedAndShown() async throws {
        let service = try Service(faults: ["422,method=PUT,nth=2"])
        let bench = try Bench.staging(service, riders("ann", "bob", "cleo"))
        #expect(await bench.run("apply", "--auto-approve", "--parallelism", "1").code == .partlyApplied)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let list = try await bench.run("show", "runs", "--format", "json").document().list("runs")
        #expect(
            list.map { $0.object("counts")["done"] } == [
                .number(JSONNumber(text: "1")), .number(JSONNumber(text: "2")),
            ])
        #expect(list.map { $0.text("state") } == ["ended", "ended"])
        #expect(list.map { $0.text("started_by") } == ["ops on build-7", "ops on build-7"])
        let id = try #require(list.last?.text("id"))
        let run = await bench.run("show", id)
        #expect(run.code == .done)
        #expect(run.output.contains("1  + coolbikes/rider/ann  done: "))
        #expect(run.output.contains("2  + coolbikes/rider/bob  failed: 422 "))
        let steps = try await bench.run("show", String(id.dropLast(2)), "--format", "json").document().object("run")
        #expect(steps.list("steps").map { $0.text("ending") } == ["done", "failed", "done"])
    }

    @Test func anUnknownRunIsToldWithTheNearest() async throws {
        let bench = try Bench.local()
        let none = await bench.run("show", "20231114T221320Z-0000")
        #expect(none.code == .error)
        #expect(none.errors.contains("PM408"))
        #expect(none.errors.contains("nothing was applied"))
        #expect(!bench.exists(".profilectl"), "showing leaves no trace")
        #expect(await bench.run("show", "runs").output.contains("No run yet"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await bench.run("show", "20231114T221320Z-000x")
        #expect(run.code == .error)
        #expect(run.errors.contains("did you mean \"20231114T221320Z-"))
    }

    @Test func aFileComesFirstAndHasItsEnvironment() async throws {
        let bench = try Bench.local()
        try bench.write("no plan", to: "runs")
        #expect(await bench.run("show", "runs").code == .invalidInput)
        #expect(await bench.run("show", "runs", "--env", "local").code == .usage)
        #expect(await bench.run("show", "missing.json").errors.contains("PM001"))
    }
}

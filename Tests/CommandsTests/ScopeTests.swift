import Commands
import ProfileModel
import Testing

/// `--target` and `--exclude`.
@Suite struct ScopeTests {
    /// Two managed riders, of which one is to go, and a new one.
    private func bench() async throws -> Bench {
        let bench = try Bench.local(riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("ann", "cleo", "dora"), to: "profiles/riders.yaml")
        return bench
    }

    @Test func onlyWhatIsChosenIsDone() async throws {
        let bench = try await bench()
        let plan = await bench.run("plan", "--target", "*/*/cleo")
        #expect(plan.code == .done)
        #expect(plan.output.contains("only */*/cleo, nothing else is touched"))
        #expect(!plan.output.contains("bob") && !plan.output.contains("dora"))
        let run = await bench.run("apply", "--target", "*/*/cleo", "--auto-approve")
        #expect(run.code == .done)
        #expect(run.output.contains("(1 planned); only */*/cleo."))
        #expect(await bench.run("get", "coolbikes:rider:bike_id:bike-of-dora").code == .error)
        #expect(await bench.run("get", "coolbikes:rider:bike_id:bike-of-bob").code == .done)
    }

    @Test func whatIsExcludedIsNotDeleted() async throws {
        let bench = try await bench()
        let plan = await bench.run("plan", "--exclude", "**/bob", "--exclude", "**/dora", "--detailed-exitcode")
        #expect(plan.code == .changesPending)
        #expect(plan.output.contains("without **/bob and **/dora"))
        #expect(plan.output.contains("0 to update, 1 to create, 0 to delete."))
    }

    @Test func theMachineFormsTellTheScope() async throws {
        let bench = try await bench()
        let plan = await bench.run("plan", "--target", "**/cleo", "--exclude", "**/dora", "--format", "json")
        let scope = try plan.document().object("scope")
        #expect(scope["targets"] == .array(["**/cleo"]))
        #expect(scope["excludes"] == .array(["**/dora"]))
        #expect(scope["whole"] == .bool(false))
        #expect(try plan.document()["complete"] == .bool(false))
        let run = await bench.run("apply", "--target", "**/cleo", "--auto-approve", "--format", "json")
        let summary = try #require(try run.events().last)
        #expect(summary.object("scope")["targets"] == .array(["**/cleo"]))
    }

    @Test func aSavedPlanKeepsItsScope() async throws {
        let bench = try await bench()
        #expect(await bench.run("plan", "--target", "**/cleo", "--out", "saved.json").code == .done)
        let other = await bench.run("apply", "saved.json", "--target", "**/dora", "--auto-approve")
        #expect(other.code == .usage)
        let run = await bench.run("apply", "saved.json", "--auto-approve")
        #expect(run.code == .done)
        #expect(run.output.contains("only **/cleo"))
    }

    @Test(arguments: ["coolbike/rider/*", "**/nobody", "coolbikes"])
    func aGlobThatMatchesNothingIsAnErrorAndLeavesNoTrace(glob: String) async throws {
        let bench = try Bench.local(riders("ann"))
        for command in [["plan"], ["apply", "--auto-approve"]] {
            for option in ["--target", "--exclude"] {
                let run = await bench.run(command + [option, glob])
                #expect(run.code == .usage, "\(command) \(option)")
                #expect(run.errors.contains("PM320"))
                #expect(run.output.isEmpty)
            }
        }
        let json = await bench.run("plan", "--target", glob, "--format", "json")
        #expect(json.code == .usage)
        #expect(try json.document()["errored"] == .bool(true))
        #expect(try bench.names() == ["profilectl.yaml", "profiles"])
    }

    @Test func whatIsNoGlobIsAnError() async throws {
        let bench = try Bench.local(riders("ann"))
        let run = await bench.run("plan", "--target", "coolbikes/[rider/*")
        #expect(run.code == .usage)
        #expect(run.errors.contains("PM206"))
    }
}

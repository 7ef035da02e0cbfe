import Commands
import ProfileModel
import Sandbox
import Testing

@Suite struct RollbackCommandTests {
    /// Applied twice: the second run changes ann, takes bob away and makes cleo.
    private func applied() async throws -> (Service, Bench, run: String) {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("ann", "cleo") + "    attributes: {tier: gold}\n", to: "profiles/riders.yaml")
        bench.set { $0.now.seconds += 60 }
        #expect(await bench.run("apply", "--auto-approve", "--allow-delete").code == .done)
        let runs = try await bench.run("show", "runs", "--format", "json").document().list("runs")
        return (service, bench, try #require(runs.first?.text("id")))
    }

    @Test func withoutATerminalNothingIsEvenRead() async throws {
        let (service, bench, run) = try await applied()
        let before = service.requests.count
        let refused = await bench.run("rollback", run)
        #expect(refused.code == .usage)
        #expect(refused.errors.contains("--auto-approve"))
        #expect(refused.errors.contains("--plan-only"))
        #expect(service.requests.count == before)
    }

    @Test func thePlanIsShownAloneWhenAskedFor() async throws {
        let (service, bench, run) = try await applied()
        let plan = await bench.run("rollback", run, "--plan-only", "--allow-delete")
        #expect(plan.code == .done)
        #expect(plan.output.contains("only the rollback of run \(run)"))
        #expect(plan.output.contains("1 to create, 1 to delete"))
        #expect(plan.output.contains("comes back with a new id and without its events"))
        #expect(service.sandbox.world().profiles.count == 2)
        #expect(await bench.run("rollback", run, "--plan-only", "--auto-approve").code == .usage)
    }

    @Test(arguments: [["--fail-fast"], ["--continue"], ["--lock-timeout", "5s"], ["--auto-approve"]])
    func aPlanAloneTakesNothingOfWhatIsAboutCalls(more: [String]) async throws {
        let run = try await Bench.local().run(["rollback", "20231114T221320Z-0001", "--plan-only"] + more)
        #expect(run.code == .usage)
        #expect(run.errors.contains("--plan-only"), "\(run.errors)")
    }

    @Test func thePlanAloneIsADocument() async throws {
        let (_, bench, run) = try await applied()
        let plan = await bench.run("rollback", run, "--plan-only", "--allow-delete", "--format", "json")
        #expect(plan.code == .done)
        #expect(plan.errors.isEmpty, "\(plan.errors)")
        let document = try plan.document()
        #expect(document.object("scope").text("rolls_back") == run)
        #expect(document.list("steps").count == 2)
        #expect(document.list("steps").contains { $0["after"] != nil })
        let unknown = await bench.run("rollback", "nope", "--plan-only", "--format", "json")
        #expect(unknown.code == .error)
        #expect(try unknown.document().list("diagnostics").map { $0.text("code") } == ["PM408"])
    }

    @Test func itIsARunOfItsOwnThatCanBeTakenBackToo() async throws {
        let (service, bench, run) = try await applied()
        let old = service.sandbox.world().profiles.flatMap(\.identifiers)
        let blocked = await bench.run("rollback", run, "--auto-approve")
        #expect(blocked.code == .blocked, "deletes need --allow-delete here too")
        #expect(await bench.run("rollback", run, "--auto-approve", "--allow-delete").code == .done)
        #expect(
            service.sandbox.world().profiles.flatMap(\.identifiers).map(\.value).sorted() == [
                "bike-of-ann", "bike-of-bob",
            ])
        let runs = try await bench.run("show", "runs", "--format", "json").document().list("runs")
        #expect(runs.first?.text("rolled_back") == run)
        for undone in runs.prefix(2) {
            let id = try #require(undone.text("id"))
            #expect(await bench.run("rollback", id, "--auto-approve", "--allow-delete").code == .done)
        }
        #expect(Set(service.sandbox.world().profiles.flatMap(\.identifiers)) == Set(old))
    }

    @Test func itAsksAsApplyDoes() async throws {
        let (service, bench, run) = try await applied()
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = ["no"]
        }
        let refused = await bench.run("rollback", run, "--allow-delete")
        #expect(refused.code == .error)
        #expect(refused.errors.contains("Nothing was changed."))
        #expect(service.sandbox.world().profiles.count == 2)
    }

    @Test func itIsAStreamOfEvents() async throws {
        let (_, bench, run) = try await applied()
        let events = try await bench.run("rollback", run, "--auto-approve", "--allow-delete", "--format", "json")
            .events()
        #expect(events.first?.text("type") == "version")
        #expect(events.contains { $0.object("diagnostic").text("code") == "PM340" })
        #expect(events.last?.object("scope").text("rolls_back") == run)
        let unknown = await bench.run("rollback", "nope", "--auto-approve", "--format", "json")
        #expect(unknown.code == .error)
        #expect(try unknown.events().map { $0.text("type") } == ["version", "diagnostic"])
    }
}

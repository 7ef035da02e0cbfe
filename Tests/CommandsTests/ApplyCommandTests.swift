import HTTPTypes
import ProfileModel
import Sandbox
import Testing

@testable import Commands

@Suite struct ApplyCommandTests {
    @Test func anImmediatePlanIsEmpty() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let plan = await bench.run("plan", "--detailed-exitcode")
        #expect(plan.code == .done)
        #expect(plan.output.contains("Nothing to do"))
    }

    @Test func twoApplysDoNotMeet() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        let second = Holder<Bench.Run>()
        service.onRequest { [unowned bench] request in
            guard request.method == .put, second.value == nil else { return }
            second.value = await bench.run("apply", "--auto-approve")
        }
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let late = try #require(second.value)
        #expect(late.code == .lockNotAcquired)
        #expect(late.errors.contains("PM401"))
        #expect(late.errors.contains("ops on build-7 (process 4711), for 0 s"))
        #expect(late.errors.contains("2023-11-14T22:14:20Z"), "when a dead run's lock ends")
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 1)
    }

    /// The other one was quicker and is done: what this plan saw is no longer so.
    @Test func aPlanFromBeforeAnotherRunIsNotApplied() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        let first = Holder<Bench.Run>()
        service.onRequest { [unowned bench] request in
            guard first.value == nil else { return }
            first.value = Bench.Run(code: .error, output: "", errors: "")
            first.value = await bench.run("apply", "--auto-approve")
        }
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = ["yes"]
        }
        let run = await bench.run("apply")
        #expect(first.value?.code == .done)
        #expect([.done, .planStale].contains(run.code))
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 1)
        #expect(await bench.run("plan", "--detailed-exitcode").code == .done)
    }

    @Test func whatWasRefusedIsToldByTheCode() async throws {
        #expect(await applied(faults: ["422,method=PUT"]) == .error)
        #expect(await applied(faults: ["422,method=PUT,nth=1"]) == .partlyApplied)
        #expect(await applied(faults: ["403,method=PUT,nth=1"]) == .notPermitted)
        #expect(await applied(faults: ["cut-before,method=PUT"]) == .error)
        #expect(await applied(faults: ["cut-after,method=PUT"]) == .done)
        #expect(await applied(faults: []) == .done)
    }

    private func applied(faults: [String]) async -> ExitCode? {
        guard let service = try? Service(faults: faults),
            let bench = try? Bench.staging(service, riders("ann", "bob", "cleo"))
        else { return nil }
        let codes = [
            await bench.run("apply", "--auto-approve", "--parallelism", "1").code
        ]
        return codes[0]
    }

    /// The code is that of the report, whatever ended the run.
    @Test(arguments: [(false, ExitCode.lockNotAcquired), (true, .interrupted)])
    func aLedgerThatFailsMeanwhileDoesNotHideHowTheStepsEnded(interrupts: Bool, code: ExitCode) async throws {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob", "cleo"))
        service.onRequest { [unowned bench, sandbox = service.sandbox] request in
            guard request.method == .put, !sandbox.world().profiles.isEmpty else { return }
            if interrupts { bench.set { $0.isInterrupted = true } }
            _ = await bench.run("ledger", "unlock")
        }
        let run = await bench.run("apply", "--auto-approve", "--parallelism", "1")
        #expect(run.output.contains("1 done, "), "\(run.output)")
        #expect(run.errors.contains("PM401"))
        #expect(run.code == code)
    }

    @Test func failFastStartsNothingMoreAndContinueIsTheDefault() async throws {
        for option in [[], ["--continue"], ["--fail-fast"]] {
            let service = try Service(faults: ["422,method=PUT,nth=1"])
            let bench = try Bench.staging(service, riders("ann", "bob", "cleo"))
            let run = await bench.run(["apply", "--auto-approve", "--parallelism", "1"] + option)
            let isFast = option == ["--fail-fast"]
            #expect(run.code == (isFast ? .error : .partlyApplied))
            #expect(run.output.contains(isFast ? "2 not attempted (3 planned)" : "2 done, 1 failed"))
            #expect(
                run.output.contains("not attempted: stopped after a failure") == false, "lines are of what was tried")
            #expect(service.sandbox.requests.count { $0.method == "PUT" } == (isFast ? 1 : 3))
        }
        #expect(try await Bench.local().run("apply", "--continue", "--fail-fast").code == .usage)
    }

    @Test func interruptedItDrainsAndSaysSo() async throws {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob", "cleo"))
        service.onRequest { [unowned bench] request in
            if request.method == .put { bench.set { $0.isInterrupted = true } }
        }
        let run = await bench.run("apply", "--auto-approve", "--parallelism", "1")
        #expect(run.code == .interrupted)
        #expect(run.output.contains("1 done"))
        #expect(run.output.contains("2 not attempted"))
        bench.set { $0.isInterrupted = false }
        service.onRequest { _ in }
        #expect(await bench.run("apply", "--auto-approve").code == .done)
    }

    @Test func whatChangedMeanwhileIsStale() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(jane(tier: "gold"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        var world = service.sandbox.world()
        world.profiles[0].attributes = ["tier": "bronze"]
        try service.sandbox.load(world)
        let run = await bench.run("apply", "saved.json", "--auto-approve")
        #expect(run.code == .planStale)
        #expect(run.output.contains("1 stale"))
        #expect(service.sandbox.world().profiles[0].attributes == ["tier": "bronze"])
    }

    @Test func blockedStepsGiveTheirCodeAndTheRestIsDone() async throws {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("ann", "cleo"), to: "profiles/riders.yaml")
        let run = await bench.run("apply", "--auto-approve")
        #expect(run.code == .blocked)
        #expect(service.sandbox.world().profiles.count == 3)
        #expect(await bench.run("apply", "--auto-approve", "--allow-delete").code == .done)
        #expect(service.sandbox.world().profiles.count == 2)
    }

    /// The reader of the output is gone, as with `| head`. The next run must not find the lock taken.
    @Test(arguments: ["text", "json"], [1, 2, 3])
    func aClosedOutputStopsAndLeavesNoLock(format: String, writes: Int) async throws {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob", "cleo"))
        let left = Holder<Int>()
        left.value = writes
        let closing = Output { _ in
            guard let count = left.value, count > 0 else { throw Output.Closed(reason: "Broken pipe") }
            left.value = count - 1
        }
        let run = await bench.run(
            ["apply", "--auto-approve", "--parallelism", "1", "--format", format], output: closing)
        #expect(run.errors.contains("Broken pipe"))
        // The plan comes first, and every write is told before the next one is made.
        let made = service.sandbox.requests.count { $0.method == "PUT" }
        #expect(made < writes)
        #expect(run.code == (made > 0 ? .partlyApplied : .error))
        #expect(bench.connections.open == 0)
        let next = await bench.run("apply", "--auto-approve")
        #expect(next.code == .done, "\(next.errors)")
    }
}

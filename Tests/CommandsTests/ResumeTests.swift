import HTTPTypes
import ProfileModel
import Sandbox
import Testing

@testable import Commands

/// After a run that was cut off in a call.
@Suite struct ResumeTests {
    private let service: Service
    private let bench: Bench

    init() throws {
        service = try Service()
        bench = try Bench.staging(service, riders("ann", "bob"))
    }

    /// Leaves a PUT that had its effect, and whose outcome nobody wrote down.
    private func cutOff() async {
        service.onRequest { [unowned bench] request in
            guard request.method == .put else { return }
            _ = await bench.run("ledger", "unlock")
        }
        #expect(await bench.run("apply", "--auto-approve", "--parallelism", "1").code == .lockNotAcquired)
        service.onRequest { _ in }
    }

    @Test func aPlanSaysSoInOneLineAndChangesNothing() async throws {
        await cutOff()
        for _ in 0..<2 {
            let plan = await bench.run("plan")
            #expect(plan.code == .done)
            #expect(plan.output.contains("was cut off while a call was under way"), "\(plan.output)")
        }
    }

    @Test func whatIsUnderWayInALivingRunIsNotCutOff() async throws {
        let plan = Holder<Bench.Run>()
        service.onRequest { [unowned bench] request in
            if request.method == .put, plan.value == nil { plan.value = await bench.run("plan") }
        }
        #expect(await bench.run("apply", "--auto-approve", "--parallelism", "1").code == .done)
        #expect(plan.value?.output.contains("cut off") == false)
    }

    @Test func resumingOnlyLooks() async throws {
        await cutOff()
        try bench.write("nothing that can be read", to: "profiles/riders.yaml")
        let run = await bench.run("apply", "--resume")
        #expect(run.code == .done, "\(run.errors)")
        #expect(run.output.contains("(create coolbikes/rider/ann): its call had its effect"), "\(run.output)")
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 1)
        let entries = try await bench.run("ledger", "list", "--format", "json").document().list("entries")
        #expect(entries.map { $0.text("address") } == ["coolbikes/rider/ann"])
        #expect(await bench.run("apply", "--resume").output.hasPrefix("Nothing to settle"))
    }

    @Test func anApplySettlesFirstAndGoesOn() async throws {
        await cutOff()
        let run = await bench.run("apply", "--auto-approve", "--format", "json")
        #expect(run.code == .done)
        let events = try run.events()
        #expect(events.map { $0.text("type") }.prefix(3) == ["version", "step_settled", "planned_step"])
        #expect(events[1].text("finding") == "took_effect")
        #expect(events[1].text("profile_id") == service.sandbox.world().profiles.first?.id)
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 2)
        #expect(await bench.run("plan", "--detailed-exitcode").code == .done)
    }

    @Test func whatCannotBeToldIsToldSoWithTheProfileToLookAt() async throws {
        await cutOff()
        var world = service.sandbox.world()
        world.profiles[0].attributes = ["tier": "tin"]
        try service.sandbox.load(world)
        let run = await bench.run("apply", "--resume")
        #expect(run.code == .error)
        #expect(run.output.contains("profilectl get \(world.profiles[0].id)"), "\(run.output)")
        #expect(await bench.run("apply", "--resume").code == .done, "told once")
    }

    @Test(arguments: [
        ["riders.yaml"], ["--target", "*/*/ann"], ["--allow-delete"], ["--canary", "2"], ["--fail-fast"],
        ["--continue"], ["--parallelism", "4"], ["--detail", "full"],
    ])
    func itTakesNothingOfWhatIsAboutAPlan(more: [String]) async {
        let run = await bench.run(["apply", "--resume"] + more)
        #expect(run.code == .usage)
        #expect(run.errors.contains("--resume"), "\(run.errors)")
        #expect(bench.connections.opened == 0)
    }

    @Test func itIsApprovedAndWaitsForTheLockAsAnApply() async {
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await bench.run("apply", "--resume", "--auto-approve", "--lock-timeout", "5m").code == .done)
    }

    /// Another run is cut off while the user reads the plan.
    @Test func whatWasCutOffMeanwhileIsNotLeftOpen() async throws {
        let isFirst = Holder<Bool>()
        service.onRequest { [unowned bench] request in
            if request.method == .put { _ = await bench.run("ledger", "unlock") }
            guard isFirst.value == nil else { return }
            isFirst.value = false
            #expect(await bench.run("apply", "--auto-approve", "--parallelism", "1").code == .lockNotAcquired)
        }
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = ["yes"]
        }
        let run = await bench.run("apply")
        #expect(run.code == .planStale, "\(run.output)")
        #expect(run.errors.contains("ended without an answer to a call after this plan"))
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 1)
        service.onRequest { _ in }
        #expect(await bench.run("apply", "--resume").output.contains("its call had its effect"))
    }
}

import Commands
import ProfileModel
import Sandbox
import Testing

@Suite struct SavedPlanTests {
    @Test func whatWasSavedIsAppliedWithoutTheManifests() async throws {
        let bench = try Bench.local()
        let plan = await bench.run("plan", "--out", "saved.json")
        #expect(plan.code == .done)
        #expect(plan.errors.contains("saved.json"))
        try bench.write(riders("somebody-else"), to: "profiles/riders.yaml")
        let run = await bench.run("apply", "saved.json", "--auto-approve")
        #expect(run.code == .done)
        #expect(run.output.contains("coolbikes/rider/jane"))
        #expect(await bench.run("get", "coolbikes:rider:email:\(email)").code == .done)
        #expect(await bench.run("ledger", "list").output.contains("coolbikes/rider/jane"))
    }

    @Test func aPlanThatChangesNothingIsSavedToo() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let plan = await bench.run("plan", "--out", "saved.json")
        #expect(plan.errors == "Saved to saved.json; `profilectl show saved.json` shows it again.\n")
        #expect(await bench.run("show", "saved.json").output == plan.output)
    }

    @Test func onlyTheOwnerMayReadIt() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        #expect(try bench.mode("saved.json") == 0o600)
        #expect(try bench.names() == ["profilectl.yaml", "profiles", "saved.json"])
    }

    @Test func aPlanThatCannotBeSavedLeavesNothing() async throws {
        let bench = try Bench.local()
        for place in ["missing/saved.json", "profiles"] {
            let run = await bench.run("plan", "--out", place)
            #expect(run.code == .error, "\(place)")
            #expect(run.errors.contains(place))
            #expect(try bench.names() == ["profilectl.yaml", "profiles"])
            #expect(try bench.names(in: "profiles") == ["riders.yaml"])
        }
    }

    @Test func anotherServiceIsAnotherPlan() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        let moved = stagingWorkspace.split(separator: Service.host).joined(separator: "other.zendesk.com")
        try bench.write(moved, to: "profilectl.yaml")
        let before = service.requests.count
        let run = await bench.run("apply", "saved.json", "--auto-approve")
        #expect(run.code == .planStale)
        #expect(run.errors.contains("PM405"))
        #expect(run.errors.contains("other.zendesk.com"))
        #expect(service.requests.count == before)
        #expect(bench.connections.open == 0)
    }

    @Test func anotherEnvironmentIsAnotherPlan() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        let run = await bench.run("apply", "saved.json", "--env", "production", "--auto-approve")
        #expect(run.code == .planStale)
        #expect(run.errors.contains("production"))
    }

    @Test func anotherLedgerIsAnotherPlan() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("jane", "somebody-else"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        try bench.remove(".profilectl/local.sqlite")
        let without = await bench.run("apply", "saved.json", "--auto-approve")
        #expect(without.code == .planStale)
        #expect(without.errors.contains("PM405"))
        #expect(!bench.exists(".profilectl/local.sqlite"), "what is refused leaves no trace")
        try bench.write(riders("jane"), to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let other = await bench.run("apply", "saved.json", "--auto-approve")
        #expect(other.code == .planStale)
        #expect(other.errors.contains("another ledger"))
        #expect(await bench.run("get", "coolbikes:rider:bike_id:bike-of-somebody-else").code == .error)
    }

    @Test func aPlanThatWasEditedOrRedactedIsRefused() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        let edited = try bench.text("saved.json").split(separator: "silver").joined(separator: "gold")
        try bench.write(edited, to: "edited.json")
        try bench.write(await bench.run("plan", "--format", "json", "--redact", "always").output, to: "redacted.json")
        try bench.write("{\"format_version\":\"9.0\"}", to: "newer.json")
        for name in ["edited.json", "redacted.json", "newer.json"] {
            for command in [["apply", name, "--auto-approve"], ["show", name]] {
                let run = await bench.run(command)
                #expect(run.code == .invalidInput, "\(command)")
                #expect(run.output.isEmpty)
                #expect(run.errors.contains("PM404"))
            }
        }
        #expect(!bench.exists(".profilectl"))
    }

    @Test func itIsSavedWholeAlsoWhereOutputIsRedacted() async throws {
        let bench = try Bench.local()
        bench.set { $0.environment["CI"] = "true" }
        let plan = await bench.run("plan", "--out", "saved.json")
        #expect(!plan.all.contains(email))
        #expect(try bench.text("saved.json").contains(email))
        #expect(await bench.run("apply", "saved.json", "--auto-approve").code == .done)
    }

    @Test func whatItDeletesWasDecidedWhenItWasMade() async throws {
        let bench = try Bench.local(riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("ann"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--out", "saved.json").code == .blocked)
        let late = await bench.run("apply", "saved.json", "--allow-delete", "--auto-approve")
        #expect(late.code == .usage)
        #expect(late.errors.contains("--allow-delete"))
        #expect(await bench.run("plan", "--allow-delete", "--out", "saved.json").code == .done)
        #expect(await bench.run("apply", "saved.json", "--auto-approve").code == .done)
        #expect(await bench.run("get", "coolbikes:rider:bike_id:bike-of-bob").code == .error)
    }

    @Test func applyingItTwiceChangesNothingMore() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        #expect(await bench.run("apply", "saved.json", "--auto-approve").code == .done)
        let again = await bench.run("apply", "saved.json", "--auto-approve")
        #expect(again.code == .done)
        #expect(again.output.contains("done already"))
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 1)
    }

    @Test func itIsShownAsItWasPlanned() async throws {
        let bench = try Bench.local()
        let plan = await bench.run("plan", "--out", "saved.json")
        let shown = await bench.run("show", "saved.json")
        #expect(shown.code == .done)
        #expect(shown.output == plan.output)
        #expect(await bench.run("show", "saved.json", "--format", "json").output == (try bench.text("saved.json")))
    }
}

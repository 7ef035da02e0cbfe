import Commands
import HTTPTypes
import ProfileModel
import Sandbox
import Testing

@Suite struct SnapshotTests {
    /// ann and bob are live in an account, and a snapshot of it lies in `live.json`.
    private func bench() async throws -> (Bench, Service) {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await bench.run("snapshot", "--out", "live.json").code == .done)
        return (bench, service)
    }

    /// No network and no token from here on.
    private func goOffline(_ bench: Bench) {
        bench.set { state in
            state.service = nil
            state.environment["TOKEN"] = nil
            state.mayWait = false
        }
    }

    @Test func aPlanFromItNeedsNoNetworkAndNoCredentials() async throws {
        let (bench, service) = try await bench()
        try bench.write(riders("ann"), to: "profiles/riders.yaml")
        let online = await bench.run("plan", "--allow-delete", "--format", "json")
        goOffline(bench)
        let connections = bench.connections.opened
        let run = await bench.run("plan", "--allow-delete", "--snapshot", "live.json", "--format", "json")
        #expect(run.code == online.code)
        #expect(bench.connections.opened == connections)
        #expect(try run.document()["steps"] == online.document()["steps"])
        #expect(try run.document()["applyable"] == .bool(false))
        #expect(try run.document().object("snapshot").text("file") == "live.json")
        #expect(!service.sandbox.requests.isEmpty)
    }

    @Test func originAndAgeAreTold() async throws {
        let (bench, _) = try await bench()
        bench.set { $0.now.seconds += 3 * 3600 + 60 }
        goOffline(bench)
        let run = await bench.run("plan", "--snapshot", "live.json")
        #expect(run.output.contains(" from live.json, 3 h old"))
        #expect(run.output.contains("nothing was read, and this plan cannot be applied"))
        let document = try await bench.run("plan", "--snapshot", "live.json", "--format", "json").document()
        #expect(document.object("snapshot")["age_seconds"] == .number(JSONNumber(text: "10860")))
        #expect(document.object("cost")["reads_made"] == .number(JSONNumber(text: "0")))
    }

    @Test func onlyItsOwnerMayReadItAndItOnlyReads() async throws {
        let (bench, service) = try await bench()
        #expect(try bench.mode("live.json") == 0o600)
        let before = service.requests.count
        #expect(await bench.run("snapshot", "--out", "again.json").code == .done)
        #expect(service.requests[before...].allSatisfy { $0.method == .get })
        #expect(service.requests.count > before)
        #expect(try bench.text("again.json") == bench.text("live.json"))
    }

    @Test func itHoldsValuesAlsoWhereOutputIsRedacted() async throws {
        let bench = try Bench.local()
        bench.set { $0.environment["CI"] = "true" }
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await bench.run("snapshot", "--out", "live.json")
        #expect(run.code == .done)
        #expect(try bench.text("live.json").contains(email))
        for format in ["text", "json"] {
            let shown = await bench.run("show", "live.json", "--format", format)
            #expect(shown.code == .done)
            #expect(!shown.all.contains(email))
        }
    }

    @Test func itIsShown() async throws {
        let (bench, _) = try await bench()
        let run = await bench.run("show", "live.json")
        #expect(run.code == .done)
        #expect(run.output.contains("profilectl snapshot · environment staging"))
        #expect(run.output.contains("bike-of-ann"))
        #expect(await bench.run("show", "live.json", "--format", "json").output == (try bench.text("live.json")))
    }

    @Test func aPlanFromItIsNotApplied() async throws {
        let (bench, service) = try await bench()
        try bench.write(riders("ann", "bob", "cleo"), to: "profiles/riders.yaml")
        // For the new one the question was not asked; with a fresh snapshot it is.
        #expect(await bench.run("snapshot", "--out", "live.json").code == .done)
        let plan = await bench.run("plan", "--snapshot", "live.json", "--out", "plan.json")
        #expect(plan.code == .done)
        #expect(plan.errors.contains("profilectl show plan.json"))
        let before = service.requests.count
        let run = await bench.run("apply", "plan.json", "--auto-approve")
        #expect(run.code == .planStale)
        #expect(run.errors.contains("PM413"))
        #expect(service.requests.count == before)
        #expect(await bench.run("show", "plan.json").output == plan.output)
    }

    @Test func whatItDoesNotAnswerIsAnError() async throws {
        let (bench, _) = try await bench()
        try bench.write(riders("ann", "bob", "cleo", "dora"), to: "profiles/riders.yaml")
        goOffline(bench)
        let run = await bench.run("plan", "--snapshot", "live.json")
        #expect(run.code == .planStale)
        #expect(run.errors.contains("PM412"))
        #expect(run.errors.contains("lacks answers for 2 profiles"))
        for name in ["cleo", "dora"] {
            let query = "coolbikes:rider:bike_id:bike-of-\(name)"
            #expect(run.errors.contains("coolbikes/rider/\(name): which coolbikes/rider has its bike_id (\(query))"))
        }
        #expect(run.errors.contains("profilectl snapshot --out live.json") && run.errors.contains("--skip-unanswered"))
        let redacted = await bench.run("plan", "--snapshot", "live.json", "--redact", "always")
        #expect(redacted.errors.contains("coolbikes/rider/cleo") && !redacted.errors.contains("bike-of-cleo"))
        // What is asked for alone is answered.
        #expect(await bench.run("plan", "--snapshot", "live.json", "--target", "**/ann").code == .done)
    }

    @Test func `--skip-unanswered plans the others and says so`() async throws {
        let (bench, _) = try await bench()
        let changed = riders("ann", "bob", "cleo", "dora").replacing(
            "bike-of-bob}", with: "bike-of-bob}\n    name: Bob")
        try bench.write(changed, to: "profiles/riders.yaml")
        goOffline(bench)
        let run = await bench.run("plan", "--snapshot", "live.json", "--skip-unanswered")
        #expect(run.code == .done)
        #expect(run.output.contains("PM412") && run.output.contains("left out"))
        #expect(run.output.contains("coolbikes/rider/cleo, coolbikes/rider/dora"))
        #expect(run.output.contains("2 profiles, 1 unchanged") && run.output.contains("without coolbikes/rider/cleo"))
        let document = try await bench.run(
            "plan", "--snapshot", "live.json", "--skip-unanswered", "--format", "json"
        ).document()
        #expect(document.list("steps").map { $0.text("address") } == ["coolbikes/rider/bob"])
        #expect(document["complete"] == .bool(false))
        #expect(await bench.run("plan", "--skip-unanswered").code == .usage)
    }

    @Test func `a profile that others need is left out too`() async throws {
        let (bench, _) = try await bench()
        // cleo takes what bob has; nobody asked who has the second identifier of cleo.
        try bench.write(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              ann: {identifiers: {bike_id: bike-of-ann}}
              bob: {identifiers: {bike_id: another}, identifiers_mode: exclusive}
              cleo: {identifiers: {bike_id: bike-of-bob, lock: "7"}}

            """, to: "profiles/riders.yaml")
        goOffline(bench)
        for scope in [[], ["--target", "**/cleo"]] {
            let run = await bench.run(["plan", "--snapshot", "live.json", "--skip-unanswered"] + scope)
            #expect(run.code == .done, "\(run.all)")
            #expect(run.output.contains("left out") && run.output.contains("coolbikes/rider/cleo"))
        }
    }

    @Test func `a snapshot says that a profile is absent`() async throws {
        let (bench, _) = try await bench()
        try bench.write(riders("ann", "bob", "cleo"), to: "profiles/riders.yaml")
        #expect(await bench.run("snapshot", "--out", "live.json").code == .done)
        goOffline(bench)
        let document = try await bench.run("plan", "--snapshot", "live.json", "--format", "json").document()
        #expect(document.list("steps").map { $0.text("action") } == ["create"])
    }

    @Test func `secret variables that are not used need not be set`() async throws {
        let (bench, _) = try await bench()
        let secret = stagingWorkspace.replacing("    auth:", with: "    vars: {secret: \"${env:SECRET}\"}\n    auth:")
        try bench.write(secret, to: "profilectl.yaml")
        goOffline(bench)
        #expect(await bench.run("plan", "--snapshot", "live.json").code == .done)
    }

    @Test func anotherEnvironmentIsAnError() async throws {
        let (bench, _) = try await bench()
        goOffline(bench)
        try bench.write(
            stagingWorkspace.split(separator: "staging:").joined(separator: "production:"), to: "profilectl.yaml")
        let renamed = await bench.run("plan", "--snapshot", "live.json")
        #expect(renamed.code == .planStale)
        #expect(renamed.errors.contains("PM411") && renamed.errors.contains("'production'"))
        try bench.write(
            stagingWorkspace.split(separator: Service.host).joined(separator: "other.zendesk.com"),
            to: "profilectl.yaml")
        let moved = await bench.run("plan", "--snapshot", "live.json", "--format", "json")
        #expect(moved.code == .planStale)
        #expect(moved.errors.contains("PM411"))
        #expect(try moved.document()["errored"] == .bool(true))
    }

    @Test func whatIsNoSnapshotIsAnError() async throws {
        let (bench, _) = try await bench()
        #expect(await bench.run("plan", "--out", "plan.json").code == .done)
        let newer = try bench.text("live.json").split(separator: "\"format_version\": \"1.0\"")
            .joined(separator: "\"format_version\": \"2.0\"")
        try bench.write(newer, to: "newer.json")
        try bench.write("{\"format_version\": \"1.0\", \"answers\": [{\"kind\": \"guess\"}]}", to: "odd.json")
        try bench.write("{", to: "cut.json")
        for name in ["plan.json", "newer.json", "odd.json", "cut.json"] {
            let run = await bench.run("plan", "--snapshot", name)
            #expect(run.code == .invalidInput, "\(name)")
            #expect(run.errors.contains("PM410"), "\(name): \(run.errors)")
        }
        let missing = await bench.run("plan", "--snapshot", "missing.json")
        #expect(missing.code == .invalidInput)
        #expect(missing.errors.contains("PM001"))
        #expect(await bench.run("show", "newer.json").errors.contains("PM410"))
    }

    @Test func itCannotBeSavedWhereThereIsNoPlace() async throws {
        let bench = try Bench.local()
        let run = await bench.run("snapshot", "--out", "missing/live.json")
        #expect(run.code == .error)
        #expect(run.errors.contains("PM013"))
        #expect(await bench.run("snapshot").code == .usage)
    }
}

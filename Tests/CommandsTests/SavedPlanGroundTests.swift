import Commands
import ProfileModel
import Sandbox
import Testing

/// A saved plan is not above what came after it.
@Suite struct SavedPlanGroundTests {
    private let service: Service
    private let bench: Bench

    init() throws {
        service = try Service()
        bench = try Bench.staging(service, tiers("silver"))
    }

    /// Ann, bob and cleo are managed.
    private func begin(_ policy: String = "{allow_delete: true}") async throws {
        try bench.write(stagingWorkspace + "    policy: \(policy)\n", to: "profilectl.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
    }

    private func policy(_ policy: String) throws {
        try bench.write(stagingWorkspace + "    policy: \(policy)\n", to: "profilectl.yaml")
    }

    /// A plan that deletes ann.
    private func saveDelete(_ flags: String...) async throws {
        try bench.write(tiers("silver", of: ["bob", "cleo"]), to: "profiles/riders.yaml")
        #expect(await bench.run(["plan", "--out", "p.json"] + flags).code == .done)
    }

    /// A plan that updates all three.
    private func saveUpdates() async throws {
        try bench.write(tiers("gold"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--out", "p.json").code == .done)
    }

    private func apply() async -> Bench.Run { await bench.run("apply", "p.json", "--auto-approve") }

    private func writes(_ method: String) -> Int { service.sandbox.requests.count { $0.method == method } }

    private func addresses() async throws -> [String] {
        let list = try await bench.run("ledger", "list", "--format", "json").document().list("entries")
        return list.compactMap { $0.text("address")?.split(separator: "/").last.map(String.init) }
    }

    @Test func `protection that was applied later saves a profile`() async throws {
        try await begin()
        try await saveDelete()
        try bench.write(tiers("silver", "\n    lifecycle: {prevent_destroy: true}"), to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await apply()
        #expect(run.code == .planStale)
        #expect(run.output.contains("PM414"), "\(run.output)")
        #expect(run.output.contains("1 stale"))
        #expect(writes("DELETE") == 0)
    }

    @Test func `protection that is taken back is as it was`() async throws {
        try await begin()
        try await saveDelete()
        for text in [tiers("silver", "\n    lifecycle: {prevent_destroy: true}"), tiers("silver")] {
            try bench.write(text, to: "profiles/riders.yaml")
            #expect(await bench.run("apply", "--auto-approve").code == .done)
        }
        #expect(await apply().code == .done)
        #expect(writes("DELETE") == 1)
    }

    @Test func `a profile that was let go of is not deleted`() async throws {
        try await begin()
        try await saveDelete()
        #expect(await bench.run("ledger", "forget", "coolbikes/rider/ann").code == .done)
        let run = await apply()
        #expect(run.code == .planStale)
        #expect(writes("DELETE") == 0)
        #expect(try await addresses() == ["bob", "cleo"])
    }

    @Test func `a profile that was let go of is not taken back`() async throws {
        try await begin()
        try await saveUpdates()
        #expect(await bench.run("ledger", "forget", "coolbikes/rider/ann").code == .done)
        let run = await apply()
        #expect(run.code == .planStale)
        #expect(run.output.contains("2 done, 0 failed, 1 stale"), "\(run.output)")
        #expect(try await addresses() == ["bob", "cleo"])
    }

    @Test func `a profile that was moved has one address`() async throws {
        try await begin()
        try await saveUpdates()
        #expect(await bench.run("ledger", "move", "coolbikes/rider/ann", "coolbikes/rider/anna").code == .done)
        let run = await apply()
        #expect(run.code == .planStale)
        #expect(run.output.contains("the ledger has the profile as coolbikes/rider/anna now"), "\(run.output)")
        #expect(try await addresses() == ["anna", "bob", "cleo"])
        try bench.write(
            try bench.text("profiles/riders.yaml").replacing("  ann:", with: "  anna:"), to: "profiles/riders.yaml")
        let plan = try await bench.run("plan", "--format", "json").document()
        let causes = plan.list("steps").flatMap { $0.list("fields") }.map { $0.text("cause") }
        #expect(causes == ["you_changed_it"])
    }

    @Test func `a move in the manifests makes older plans stale`() async throws {
        try await begin()
        try await saveUpdates()
        let moved =
            tiers("silver").replacing("  ann:", with: "  anna:")
            + "moved: [{from: coolbikes/rider/ann, to: coolbikes/rider/anna}]\n"
        try bench.write(moved, to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await apply().code == .planStale)
        #expect(try await addresses() == ["anna", "bob", "cleo"])
        try bench.write(moved.replacing("silver", with: "gold"), to: "profiles/riders.yaml")
        let plan = try await bench.run("plan", "--format", "json").document()
        #expect(plan.list("steps").flatMap { $0.list("fields") }.map { $0.text("cause") } == ["you_changed_it"])
    }

    /// Adopted by import as another address since: the saved plan would adopt it a second time.
    @Test func `a profile that another address adopted is left alone`() async throws {
        try await begin()
        #expect(await bench.run("ledger", "forget", "coolbikes/rider/ann").code == .done)
        #expect(await bench.run("plan", "--out", "p.json").code == .done)
        let id = try #require(
            service.sandbox.world().profiles.first { $0.identifiers.first?.value == "bike-of-ann" }?.id)
        try bench.write(
            tiers("silver").replacing("  ann:", with: "  anna:")
                + "import: [{to: coolbikes/rider/anna, id: \(id)}]\n", to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await apply().code == .planStale)
        #expect(try await addresses() == ["anna", "bob", "cleo"])
    }

    @Test(arguments: [
        ("{allow_delete: false}", "deletes are off"),
        ("{allow_delete: true, sources: {coolbikes: {delete: never}}}", "never deleted"),
        ("{allow_delete: true, max_delete: 0}", "the policy allows 0"),
    ])
    func `a delete needs the permission of now`(_ now: String, _ words: String) async throws {
        try await begin()
        try await saveDelete()
        try policy(now)
        let run = await apply()
        #expect(run.code == .blocked)
        #expect(run.output.contains(words), "\(run.output)")
        #expect(run.output.contains("PM416"))
        #expect(writes("DELETE") == 0)
        let events = try await bench.run("apply", "p.json", "--auto-approve", "--format", "json").events()
        #expect(events.map { $0.text("type") } == ["version", "diagnostic", "planned_step"])
        #expect(events.last?["blocked"] == .bool(true))
    }

    @Test func `what flags allowed is kept in the plan`() async throws {
        try await begin("{allow_delete: false}")
        try await saveDelete("--allow-delete")
        #expect(await apply().code == .done)
        #expect(writes("DELETE") == 1)
    }

    @Test func `no flag outweighs never`() async throws {
        try await begin()
        try await saveDelete("--allow-delete", "--allow-delete-all")
        try policy("{sources: {coolbikes: {delete: never}}}")
        #expect(await apply().code == .blocked)
        #expect(writes("DELETE") == 0)
    }

    @Test func `too many updates for the policy of now are blocked`() async throws {
        try await begin()
        try await saveUpdates()
        try policy("{max_update: 50%}")
        let run = await apply()
        #expect(run.code == .blocked)
        #expect(run.output.contains("3 updates of 3 profiles, the policy allows 1"), "\(run.output)")
        #expect(writes("PATCH") == 0)
    }

    @Test func `what was held back stays so after an older plan`() async throws {
        try await begin()
        try bench.write(tiers("gold"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--out", "p.json").code == .done)
        try policy("{allow_delete: true, max_delete: 34%, max_delete_floor: 0}")
        try bench.write(tiers("silver", of: ["cleo", "d", "e", "f", "g", "h"]), to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .blocked)
        #expect(await apply().code == .done)
        let plan = await bench.run("plan")
        #expect(plan.output.contains("2 deletes of 3 profiles"), "\(plan.output)")
    }

    @Test func `two plans of one state follow one another`() async throws {
        try await begin()
        try await saveUpdates()
        #expect(await bench.run("plan", "--out", "same.json", "--target", "*/*/ann").code == .done)
        #expect(await apply().code == .done)
        let same = await bench.run("apply", "same.json", "--auto-approve")
        #expect(same.code == .done)
        #expect(same.output.contains("done already"))
        try bench.write(tiers("tin"), to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await apply().code == .planStale)
    }

    @Test func `a plan of no ledger knows one that came later`() async throws {
        #expect(await bench.run("plan", "--out", "p.json").code == .done)
        try bench.write(tiers("gold"), to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await apply()
        #expect(run.code == .planStale)
        #expect(run.output.contains("3 stale"), "\(run.output)")
        #expect(writes("PUT") == 3)
    }

    @Test func `a plan whose ledger is gone says so`() async throws {
        try await begin()
        try await saveUpdates()
        try bench.remove(".profilectl/staging.sqlite")
        let run = await apply()
        #expect(run.code == .planStale)
        #expect(run.errors.contains("the ledger that the plan was made with is not at"), "\(run.errors)")
        #expect(run.errors.contains("help: restore that ledger"))
        #expect(!bench.exists(".profilectl/staging.sqlite"))
    }

    @Test func `a saved rollback lets go and grows stale`() async throws {
        try await begin()
        #expect(await bench.run("ledger", "forget", "coolbikes/rider/ann").code == .done)
        try bench.write(tiers("gold"), to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let runs = try await bench.run("show", "runs", "--format", "json").document().list("runs")
        let run = try #require(runs.first?.text("id"))
        let plan = await bench.run("rollback", run, "--plan-only", "--format", "json")
        try bench.write(plan.output, to: "p.json")
        #expect(await bench.run("ledger", "forget", "coolbikes/rider/cleo").code == .done)
        let applied = await apply()
        #expect(applied.code == .planStale)
        #expect(applied.output.contains("2 done, 0 failed, 1 stale"), "\(applied.output)")
        #expect(try await addresses() == ["bob"], "ann was not managed before the run")
    }

    @Test func `with a question the same holds`() async throws {
        try await begin()
        try await saveUpdates()
        #expect(await bench.run("ledger", "forget", "coolbikes/rider/ann").code == .done)
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = ["yes"]
        }
        let run = await bench.run("apply", "p.json")
        #expect(run.code == .planStale)
        #expect(run.output.contains("2 done, 0 failed, 1 stale"), "\(run.output)")
    }

    @Test func `where all is blocked by now nobody is asked`() async throws {
        try await begin()
        try await saveUpdates()
        try policy("{max_update: 0}")
        bench.set { $0.terminal.inputIsTerminal = true }
        #expect(await bench.run("apply", "p.json").code == .blocked)
    }

    @Test func `a plan of the former format names the way out`() async throws {
        try await begin()
        try await saveUpdates()
        let former = try bench.text("p.json").replacing(
            "\"format_version\":\"1.1\"", with: "\"format_version\":\"1.0\"")
        try bench.write(former, to: "p.json")
        let run = await apply()
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("an older profilectl saved it"), "\(run.errors)")
        #expect(run.errors.contains("make the plan again with `profilectl plan --out`"))
    }

    @Test func `what a saved plan rests on is redacted as well`() async throws {
        try await begin()
        try await saveUpdates()
        let saved = try bench.text("p.json")
        let shown = await bench.run("show", "p.json", "--format", "json", "--redact", "always").output
        let digests = saved.matches(of: /"entry":"([0-9a-f]{64})"/).map { String($0.output.1) }
        #expect(digests.count == 3)
        for digest in digests { #expect(!shown.contains(digest)) }
    }
}

private func tiers(_ tier: String, _ ofAnn: String = "", of names: [String] = ["ann", "bob", "cleo"]) -> String {
    names.reduce("version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n") { text, name in
        text + "  \(name):\n    identifiers: {bike_id: bike-of-\(name)}\n    attributes: {tier: \(tier)}"
            + (name == "ann" ? ofAnn : "") + "\n"
    }
}

import Commands
import ProfileModel
import Sandbox
import Testing

/// What each command says where the ledger of earlier applies is gone.
@Suite struct MissingLedgerTests {
    private let service: Service
    private let bench: Bench
    private static let ledger = ".profilectl/staging.sqlite"
    private static let firstTime = "profiles are seen for the first time, and removed manifests cannot be noticed"

    /// jane and bob are applied; then the ledger is gone.
    init() async throws {
        service = try Service()
        bench = try Bench.staging(service, jane + Self.bob)
        let run = await bench.run("apply", "--auto-approve")
        try #require(run.code == .done, "\(run.all)")
        try bench.remove(Self.ledger)
    }

    private static let bob = """
          bob:
            source: coolbikes
            type: rider
            identifiers: {bike_id: "88"}

        """

    private func removeBob(_ block: String = "") throws {
        try bench.write(jane + block, to: "profiles/riders.yaml")
    }

    private func setCI(_ value: String = "true") { bench.set { $0.environment["CI"] = value } }

    private func emails() -> [String] {
        service.sandbox.world().profiles.flatMap(\.identifiers).filter { $0.type == "email" }.map(\.value)
    }

    // plan

    @Test func `the first line of a plan says it`() async throws {
        try removeBob()
        let run = await bench.run("plan")
        #expect(run.code == .done)
        let first = try #require(run.output.split(separator: "\n").first)
        #expect(first.contains(Self.firstTime))
        #expect(run.output.contains("warning[PM420]: there is no ledger of an earlier apply at \(Self.ledger)"))
        #expect(!bench.exists(Self.ledger))
    }

    @Test func `the plan document says it and so does show`() async throws {
        let document = try await bench.run("plan", "--format", "json", "--out", "saved.json").document()
        #expect(document["ledger_missing"] == .bool(true))
        #expect(document["ledger"] == .null)
        #expect(document.list("diagnostics").map { $0.text("code") } == ["PM420"])
        #expect(await bench.run("show", "saved.json").output.contains(Self.firstTime))
    }

    @Test func `after an apply the plan is as always`() async throws {
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await bench.run("plan")
        #expect(!run.output.contains("first time"))
        #expect(!run.output.contains("PM420"))
        let document = try await bench.run("plan", "--format", "json").document()
        #expect(document["ledger_missing"] == .bool(false))
    }

    @Test func `a changed email is named with the one that stays`() async throws {
        let changed = jane.replacing(email, with: "jane@new.example")
        try bench.write(keyed(changed), to: "profiles/riders.yaml")
        let run = await bench.run("plan", "--detail", "summary")
        #expect(run.output.contains("adds email jane@new.example and keeps live email \(email)"))
        #expect(run.output.contains("identifiers_mode: exclusive"))
        setCI()
        let hidden = await bench.run("plan")
        #expect(hidden.output.contains("warning[PM421]: adds email:⟨"))
        #expect(!hidden.all.contains("jane@new.example") && !hidden.all.contains(email))
    }

    private func keyed(_ manifest: String) -> String {
        manifest.replacing("type: rider\n", with: "type: rider\n    key: bike_id\n")
    }

    @Test func `removed addresses are warnings at their place`() async throws {
        try removeBob("removed: [{address: coolbikes/rider/bob, destroy: true}]\n")
        let run = await bench.run("plan", "--allow-delete")
        #expect(run.code == .done)
        #expect(run.output.contains("warning[PM422]: coolbikes/rider/bob is not deleted"))
        #expect(run.output.contains("profiles/riders.yaml:8:21"))
        let chosen = await bench.run("plan", "--target", "coolbikes/rider/bob")
        #expect(chosen.code == .done, "\(chosen.all)")
        #expect(chosen.output.contains("PM422"))
        #expect(!(await bench.run("plan", "--target", "**/jane")).output.contains("PM422"))
    }

    @Test func `a moved profile with another key is a warning`() async throws {
        let moved = riders("robert") + "moved: [{from: coolbikes/rider/bob, to: coolbikes/rider/robert}]\n"
        try bench.write(moved, to: "profiles/riders.yaml")
        let run = await bench.run("plan")
        #expect(run.output.contains("warning[PM423]: coolbikes/rider/robert becomes a new profile"))
    }

    @Test func `a glob that only the ledger could match says so`() async throws {
        try removeBob()
        for arguments in [["plan"], ["apply", "--auto-approve"], ["snapshot", "--out", "s.json"]] {
            let run = await bench.run(arguments + ["--target", "**/bob"])
            #expect(run.code == .usage, "\(arguments): \(run.all)")
            #expect(run.errors.contains("so only addresses of manifests are known"))
        }
    }

    @Test func `a snapshot says it and so does its plan`() async throws {
        let run = await bench.run("snapshot", "--out", "s.json")
        #expect(run.code == .done)
        #expect(run.errors.contains("warning[PM420]"))
        let plan = await bench.run("plan", "--snapshot", "s.json")
        #expect(plan.output.split(separator: "\n").first?.contains(Self.firstTime) == true)
    }

    // what has nothing to work with

    @Test(arguments: [
        ["drift"], ["rollback", "2026", "--plan-only"], ["rollback", "2026", "--auto-approve"], ["show", "runs"],
        ["show", "20231114T221320Z-0001"], ["ledger", "list"], ["ledger", "show", "coolbikes/rider/bob"],
        ["ledger", "forget", "coolbikes/rider/bob"], ["ledger", "move", "coolbikes/rider/bob", "coolbikes/rider/rob"],
        ["apply", "--resume"],
    ])
    func `without a ledger these commands are errors`(arguments: [String]) async throws {
        let run = await bench.run(arguments)
        #expect(run.code == .error, "\(run.all)")
        #expect(run.errors.contains("error[PM420]: there is no ledger of an earlier apply at \(Self.ledger), so "))
        #expect(run.errors.contains("restore the ledger. If nothing was ever applied to 'staging'"))
        #expect(!bench.exists(Self.ledger))
    }

    @Test(arguments: [["drift"], ["rollback", "2026", "--plan-only"], ["show", "runs"], ["ledger", "list"]])
    func `machines read the error too`(arguments: [String]) async throws {
        let run = await bench.run(arguments + ["--format", "json"])
        #expect(run.code == .error)
        #expect(try run.document().list("diagnostics").map { $0.text("code") } == ["PM420"])
    }

    @Test func `a rollback plan says in its document that it misses`() async throws {
        let run = await bench.run("rollback", "2026", "--plan-only", "--format", "json")
        #expect(try run.document()["ledger_missing"] == .bool(true))
    }

    @Test func `a missing file may be what was meant by show`() async throws {
        let run = await bench.run("show", "saved")
        #expect(run.errors.contains("so no run 'saved' is known, and there is no file of that name"))
    }

    @Test func `a ledger without history counts as none`() async throws {
        service.onRequest { _ in }
        bench.set { $0.environment["TOKEN"] = "wrong" }
        #expect(await bench.run("apply", "--auto-approve").code == .notPermitted)
        bench.set { $0.environment["TOKEN"] = Service.token }
        #expect(await bench.run("drift").code == .error)
        #expect(await bench.run("plan").output.contains(Self.firstTime))
        setCI()
        #expect(await bench.run("apply", "--auto-approve").code == .blocked)
        #expect(await bench.run("apply", "--auto-approve", "--first-run").code == .done)
        #expect(await bench.run("drift").code == .done)
    }

    @Test func `an emptied ledger is there`() async throws {
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        for name in ["jane", "bob"] {
            #expect(await bench.run("ledger", "forget", "coolbikes/rider/\(name)").code == .done)
        }
        let drift = await bench.run("drift")
        #expect(drift.code == .done)
        #expect(drift.output.contains("Nothing is managed here"))
        #expect(!(await bench.run("plan")).output.contains("first time"))
    }

    // apply

    @Test(arguments: ["true", "1", "yes"])
    func `a pipeline does not apply without a ledger`(value: String) async throws {
        setCI(value)
        let requests = service.requests.count
        let run = await bench.run("apply", "--auto-approve")
        #expect(run.code == .blocked)
        #expect(run.errors.contains("error[PM424]: apply does not start where CI is set"))
        #expect(run.errors.contains("profilectl apply --first-run"))
        #expect(service.requests.count == requests)
        #expect(!bench.exists(Self.ledger), "what is refused leaves no trace")
    }

    @Test(arguments: ["", "0", "false"])
    func `where CI is not set apply shows the line`(value: String) async throws {
        setCI(value)
        let run = await bench.run("apply", "--auto-approve")
        #expect(run.code == .done)
        #expect(run.output.split(separator: "\n").first?.contains(Self.firstTime) == true)
    }

    @Test func `events tell the refusal and the first sight`() async throws {
        setCI()
        let refused = await bench.run("apply", "--auto-approve", "--format", "json")
        #expect(refused.code == .blocked)
        #expect(try refused.events().map { $0.object("diagnostic").text("code") } == [nil, "PM424"])
        let first = await bench.run("apply", "--auto-approve", "--first-run", "--format", "json")
        #expect(first.code == .done)
        #expect(try first.events().compactMap { $0.object("diagnostic").text("code") } == ["PM420"])
    }

    @Test func `a first run is announced once`() async throws {
        setCI()
        #expect(await bench.run("apply", "--auto-approve", "--first-run").code == .done)
        let requests = service.requests.count
        let again = await bench.run("apply", "--auto-approve", "--first-run")
        #expect(again.code == .usage)
        #expect(again.errors.contains("error[PM424]: --first-run is for an environment without a ledger"))
        #expect(again.errors.contains("leave --first-run away"))
        #expect(service.requests.count == requests)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
    }

    @Test func `a saved plan needs the announcement too`() async throws {
        setCI()
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        #expect(await bench.run("apply", "saved.json", "--auto-approve").code == .blocked)
        let run = await bench.run("apply", "saved.json", "--auto-approve", "--first-run")
        #expect(run.code == .done)
        #expect(run.output.contains(Self.firstTime))
    }

    @Test func `a resumed run takes no announcement`() async throws {
        #expect(await bench.run("apply", "--resume", "--first-run").code == .usage)
    }

    @Test func `invalid manifests come before the refusal`() async throws {
        setCI()
        try bench.write("version: 1\nprofils: {}\n", to: "profiles/riders.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .invalidInput)
    }

    @Test func `the line stands above the question`() async throws {
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = ["no"]
        }
        let run = await bench.run("apply")
        #expect(run.code == .error)
        #expect(run.output.split(separator: "\n").first?.contains(Self.firstTime) == true)
        #expect(!bench.exists(Self.ledger))
    }

    @Test func `of two first runs the second is refused`() async throws {
        setCI()
        let second = Holder<Bench.Run>()
        bench.set { $0.onSleep = { _ in } }
        service.onRequest { [unowned bench] _ in
            guard second.value == nil else { return }
            second.value = await bench.run("apply", "--auto-approve", "--first-run")
        }
        try bench.write(jane(tier: "gold") + Self.bob, to: "profiles/riders.yaml")
        let first = await bench.run("apply", "--auto-approve", "--first-run")
        #expect(first.code == .done, "\(first.all)")
        #expect(second.value?.code == .lockNotAcquired)
        service.onRequest { _ in }
        #expect(await bench.run("apply", "--auto-approve", "--first-run").code == .usage)
    }

    @Test func `who waited for the first run is refused`() async throws {
        setCI()
        let holder = try OpenLock(bench.path(Self.ledger))
        let waited = Holder<Bool>()
        bench.set { state in
            state.onSleep = { _ in
                guard waited.value == nil else { return }
                waited.value = true
                try? holder.recordRunAndRelease()
            }
        }
        let run = await bench.run("apply", "--auto-approve", "--first-run", "--lock-timeout", "5m")
        #expect(waited.value == true)
        #expect(run.code == .usage, "\(run.all)")
        #expect(run.errors.contains("PM424"))
    }

    // embedded sandbox

    @Test(arguments: [nil, "true"])
    func `an embedded sandbox begins without a word`(value: String?) async throws {
        let local = try Bench.local()
        local.set { $0.environment["CI"] = value }
        let plan = await local.run("plan")
        #expect(!plan.output.contains("first time") && !plan.output.contains("PM42"))
        #expect(await local.run("drift").code == .done)
        #expect(await local.run("ledger", "list").code == .done)
        #expect(await local.run("apply", "--auto-approve").code == .done)
        #expect(await local.run("apply", "--auto-approve", "--first-run").code == .usage)
    }

    @Test func `a sandbox with profiles misses its ledger`() async throws {
        let local = try Bench.local()
        #expect(await local.run("apply", "--auto-approve").code == .done)
        try local.remove(".profilectl/local.sqlite")
        let plan = await local.run("plan")
        #expect(plan.output.contains(Self.firstTime))
        #expect(plan.output.contains("or remove .profilectl/local-sandbox.sqlite to start with an empty sandbox"))
        let drift = await local.run("drift")
        #expect(drift.code == .error)
        #expect(drift.errors.contains("PM420"))
        local.set { $0.environment["CI"] = "true" }
        #expect(await local.run("apply", "--auto-approve").code == .done, "no account, no announcement")
        #expect(await local.run("drift").code == .done)
    }

    @Test func `a first run of a sandbox may be announced`() async throws {
        let local = try Bench.local()
        #expect(await local.run("apply", "--auto-approve", "--first-run").code == .done)
    }
}

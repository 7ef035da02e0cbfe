import Commands
import HTTPTypes
import ProfileModel
import Sandbox
import Testing

@testable import Ledger

@Suite struct LedgerCommandTests {
    @Test func anEmptyLedgerIsNoError() async throws {
        let bench = try Bench.local()
        let run = await bench.run("ledger", "list")
        #expect(run.code == .done)
        #expect(!bench.exists(".profilectl"))
        #expect(await bench.run("ledger", "unlock").code == .done)
        #expect(!bench.exists(".profilectl"))
    }

    @Test func whatIsManagedIsListedAndShown() async throws {
        let bench = try Bench.local(riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let list = await bench.run("ledger", "list")
        #expect(list.output.contains("coolbikes/rider/ann"))
        #expect(list.output.contains("2 profiles"))
        let entries = try await bench.run("ledger", "list", "--format", "json").document().list("entries")
        #expect(entries.map { $0.text("address") } == ["coolbikes/rider/ann", "coolbikes/rider/bob"])
        let shown = await bench.run("ledger", "show", "coolbikes/rider/bob")
        #expect(shown.output.contains("bike-of-bob"))
        #expect(await bench.run("ledger", "show", "coolbikes/rider/carl").code == .error)
    }

    @Test func itsFileIsItsOwnersAndKeepsItselfOutOfGit() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        for name in try bench.names(in: ".profilectl") where name.hasSuffix(".sqlite") {
            #expect(try bench.mode(".profilectl/\(name)") == 0o600, "\(name)")
        }
        #expect(try bench.text(".profilectl/.gitignore") == "*\n")
    }

    @Test func `a move to an address that is taken names the way out`() async throws {
        let bench = try Bench.local(riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await bench.run("ledger", "move", "coolbikes/rider/ann", "coolbikes/rider/bob")
        #expect(run.code == .error)
        #expect(run.errors.contains("coolbikes/rider/ann cannot become coolbikes/rider/bob"), "\(run.errors)")
        #expect(run.errors.contains("`profilectl ledger forget coolbikes/rider/bob`"))
        let nowhere = await bench.run("ledger", "move", "coolbikes/rider/ann", "coolbikes/rider/ann")
        #expect(nowhere.code == .usage)
        #expect(nowhere.errors.contains("the two addresses are the same"), "\(nowhere.errors)")
    }

    /// As an older version could write it.
    @Test func `a ledger with a profile at two addresses is put right`() async throws {
        let bench = try Bench.local(riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let path = bench.path(".profilectl/local.sqlite")
        let ann = try #require(try LedgerFile.openReadOnly(path).entries().first)
        try bench.remove(".profilectl/local.sqlite")
        var older = LedgerFile.Options()
        older.format.migrations[2] += ["ann", "anna"].map { name in
            """
            INSERT INTO entries (source, type, name, profile_id, last_applied, prevent_destroy, written_at)
            VALUES ('coolbikes', 'rider', '\(name)', '\(ann.profileID)', '{"identifiers":[],"attributes":{}}', 0,
                '2026-01-02T03:04:05Z');
            """
        }.joined()
        _ = try LedgerFile.open(path, older)
        let plan = await bench.run("plan")
        #expect(plan.code == .blocked)
        #expect(plan.output.contains("PM303"), "\(plan.output)")
        #expect(plan.output.contains("`profilectl ledger forget coolbikes/rider/anna`"))
        #expect(plan.output.contains("> coolbikes/rider/bob"), "others are planned")
        let move = await bench.run("ledger", "move", "coolbikes/rider/ann", "coolbikes/rider/annie")
        #expect(move.code == .error)
        #expect(move.errors.contains("PM415"))
        #expect(move.errors.contains("`profilectl ledger forget coolbikes/rider/anna`"), "\(move.errors)")
        #expect(await bench.run("ledger", "forget", "coolbikes/rider/anna").code == .done)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await bench.run("plan", "--detailed-exitcode").code == .done)
    }

    @Test func aLockCanBeTakenFromADeadRun() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        let unlocked = Holder<Bench.Run>()
        service.onRequest { [unowned bench] request in
            guard request.method == .put else { return }
            unlocked.value = await bench.run("ledger", "unlock")
        }
        let run = await bench.run("apply", "--auto-approve")
        #expect(unlocked.value?.code == .done)
        #expect(
            unlocked.value?.output.contains("ops on build-7 (process 4711), for 0 s. Its lease had 60 s to go.") == true
        )
        #expect(unlocked.value?.errors.contains("Process 4711 still runs on this machine") == true)
        // It was not dead after all, and notices.
        #expect(run.code == .lockNotAcquired)
        #expect(run.errors.contains("PM401"))
        service.onRequest { _ in }
        #expect(await bench.run("ledger", "unlock").output.contains("no lock"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 1, "what was made is found again")
    }
}

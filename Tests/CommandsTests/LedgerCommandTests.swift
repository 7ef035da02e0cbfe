import Commands
import HTTPTypes
import ProfileModel
import Sandbox
import Testing

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

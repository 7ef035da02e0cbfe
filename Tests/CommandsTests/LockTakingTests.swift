import HTTPTypes
import Ledger
import ProfileModel
import Sandbox
import Testing

@testable import Commands

@Suite struct LockTakingTests {
    private let service: Service
    private let bench: Bench

    init() throws {
        service = try Service()
        bench = try Bench.staging(service)
        bench.set { $0.onSleep = { _ in } }
    }

    private let start = Timestamp(seconds: 1_700_000_000)

    private func holdLock(pid: Int32 = 12, host: String = "build-7", lease: Int64 = 60) throws -> LedgerFile {
        let ledger = try LedgerFile.open(bench.path(".profilectl/staging.sqlite"))
        let holder = LockHolder(name: "ci", host: host, pid: pid, ciURL: "https://ci.example/runs/9")
        _ = try ledger.acquireLock(holder, now: start, lease: lease)
        return ledger
    }

    @Test func theRefusalNamesWhoHoldsItForHowLongAndUntilWhen() async throws {
        _ = try holdLock()
        bench.set {
            $0.now.seconds += 20; $0.running = [12]
        }
        let run = await bench.run("apply", "--auto-approve")
        #expect(run.code == .lockNotAcquired)
        #expect(run.errors.contains("ci on build-7 (process 12), for 20 s, https://ci.example/runs/9"))
        #expect(run.errors.contains("in 40 s (2023-11-14T22:14:20Z)"))
        #expect(run.errors.contains("--lock-timeout"))
        #expect(!run.errors.contains("no longer runs"))
        #expect(service.requests.isEmpty)
    }

    @Test func aHolderThatIsGoneIsToldButNotTakenOverBeforeItsTime() async throws {
        _ = try holdLock()
        let run = await bench.run("apply", "--auto-approve")
        #expect(run.code == .lockNotAcquired)
        #expect(run.errors.contains("this process no longer runs on this machine"))
        #expect(run.errors.contains("profilectl ledger unlock"))
    }

    @Test func ofAnotherMachineNothingIsKnown() async throws {
        _ = try holdLock(host: "build-8")
        let run = await bench.run("apply", "--auto-approve")
        #expect(!run.errors.contains("no longer runs"))
    }

    @Test func aLeaseThatEndedIsTakenOverAndThatIsTold() async throws {
        _ = try holdLock()
        bench.set { $0.now.seconds += 300 }
        let run = await bench.run("apply", "--auto-approve")
        #expect(run.code == .done)
        #expect(run.errors == "took over the lock of ci on build-7 (process 12), whose lease ended 4 min ago\n")
    }

    @Test func whoWaitsGetsItWhenTheOtherIsDone() async throws {
        let ledger = try holdLock()
        let waits = Holder<Int>()
        bench.set { state in
            state.onSleep = { _ in
                waits.value = (waits.value ?? 0) + 1
                if waits.value == 5 { _ = try? ledger.breakLock() }
            }
        }
        let run = await bench.run("apply", "--auto-approve", "--lock-timeout", "30s")
        #expect(run.code == .done)
        #expect(waits.value == 5)
        #expect(
            run.errors
                == "waiting up to 30 s for the lock of ci on build-7 (process 12), for 0 s, https://ci.example/runs/9\n",
            "told once")
    }

    @Test func whoWaitedInVainIsToldSo() async throws {
        _ = try holdLock(lease: 600)
        let run = await bench.run("ledger", "forget", "coolbikes/rider/jane", "--lock-timeout", "2m")
        #expect(run.code == .error, "nothing to forget: nobody waits for that")
        #expect(await bench.run("apply", "--auto-approve", "--lock-timeout", "2m").code == .lockNotAcquired)
        #expect(service.requests.isEmpty)
    }

    @Test(arguments: ["-1s", "soon", "1d", "", "s"])
    func aWaitingTimeIsANumberOfSecondsMinutesOrHours(text: String) async {
        #expect(await bench.run("apply", "--auto-approve", "--lock-timeout=\(text)").code == .usage)
    }

    @Test func waitingTimesAreRead() {
        #expect(WaitingTime(argument: "90")?.seconds == 90)
        #expect(WaitingTime(argument: "30s")?.seconds == 30)
        #expect(WaitingTime(argument: "5m")?.seconds == 300)
        #expect(WaitingTime(argument: "1h")?.seconds == 3_600)
    }

    /// Whoever only reads neither takes the lock nor minds it.
    @Test(arguments: [
        ["plan"], ["plan", "--out", "p.json"], ["drift"], ["snapshot", "--out", "s.json"], ["validate"],
        ["ledger", "list"], ["get", "coolbikes:rider:bike_id:77"],
    ])
    func readersTakeNoLock(command: [String]) async throws {
        let ledger = try holdLock(lease: 3_600)
        let before = try ledger.lock()
        let run = await bench.run(command)
        #expect(run.code != .lockNotAcquired, "\(run.all)")
        #expect(!run.all.contains("PM401"))
        #expect(try ledger.lock() == before)
    }
}

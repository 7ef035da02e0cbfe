import FoundationEssentials
import Glibc
import HTTPTypes
import Ledger
import ProfileModel
import Testing

@testable import Commands

/// What other programs do to the ledger's file while an apply runs.
@Suite struct LedgerDuringRunTests {
    private let service: Service
    private let bench: Bench
    private let path: String
    private let other = Holder<HeldTransaction>()

    init() throws {
        service = try Service()
        bench = try Bench.staging(service, riders("a", "b", "c"))
        path = bench.path(".profilectl/staging.sqlite")
    }

    private func apply(_ options: String...) async -> Bench.Run {
        await bench.run(["apply", "--auto-approve", "--detail", "summary", "--parallelism", "1"] + options)
    }

    private var writes: Int { service.requests.count { $0.method == .put } }

    private func onFirstPut(_ act: @escaping @Sendable (String) -> Void) { onPut(1, act) }

    private func onPut(_ number: Int, _ act: @escaping @Sendable (String) -> Void) {
        let (path, count) = (path, Holder<Int>())
        service.onRequest { request in
            guard request.method == .put else { return }
            count.value = (count.value ?? 0) + 1
            if count.value == number { act(path) }
        }
    }

    /// From the first write on, until that pause.
    private func holdDuringRun(until last: Int) {
        let other = other
        onFirstPut { path in other.value = try? HeldTransaction(.reading, of: path) }
        bench.set { state in
            state.onThreadPause = { count in
                if count == last { other.value?.release() }
            }
        }
    }

    @Test func `a run waits for a reader as long as it must`() async throws {
        holdDuringRun(until: 500)
        let run = await apply()
        #expect(run.code == .done, "\(run.all)")
        #expect(run.output.contains("3 done"))
        #expect(run.errors.contains("waiting for another program, which has a transaction open in the ledger"))
        #expect(bench.uptime >= 500)
        #expect(try LedgerFile.openReadOnly(path).entries().count == 3)
    }

    @Test func `a reader that never ends stops the run`() async throws {
        holdDuringRun(until: 1_000_000)
        let run = await apply()
        other.value?.release()
        #expect(run.code == .partlyApplied)
        #expect(run.errors.contains("PM426"), "\(run.all)")
        #expect(
            run.errors.contains(
                "the ledger has no outcome of 1 profile that this run may have written: coolbikes/rider/a"))
        #expect(writes == 1)
        bench.set { $0.now.seconds += 300 }
        let next = await apply()
        #expect(next.code == .done, "\(next.all)")
        #expect(writes == 3, "nothing is sent twice")
    }

    @Test func `an interrupted run records its call and stops`() async throws {
        holdDuringRun(until: 20)
        let hold = bench.onThreadPause
        bench.set { state in
            state.onThreadPause = { [bench] count in
                if count == 10 { bench.set { $0.isInterrupted = true } }
                hold?(count)
            }
        }
        let run = await apply()
        bench.set { $0.onThreadPause = nil }
        #expect(run.code == .interrupted)
        #expect(run.output.contains("1 done, 0 failed, 0 stale, 0 unknown, 2 not attempted"), "\(run.all)")
        #expect(run.errors.contains("still waiting for another program, to record calls that were made"))
        #expect(try LedgerFile.openReadOnly(path).unsettled().isEmpty)
    }

    @Test func `at the start the lock timeout counts`() async throws {
        let held = try HeldTransaction(.writing, of: path)
        let run = await apply()
        #expect(run.code == .lockNotAcquired)
        #expect(run.errors.contains("PM426"), "\(run.all)")
        #expect(run.errors.contains("another program has a transaction open in the ledger"))
        #expect(bench.uptime < 7)
        bench.set { state in
            state.onThreadPause = { count in
                if count == 40 { held.release() }
            }
        }
        #expect(await apply("--lock-timeout", "2m").code == .done)
    }

    @Test func `a ledger that cannot be written stops the run`() async throws {
        // SQLite cannot make its journal where a directory has its name.
        onFirstPut { path in mkdir(path + "-journal", 0o700) }
        let run = await apply()
        #expect(run.code == .partlyApplied)
        #expect(run.errors.contains("PM406"), "\(run.all)")
        #expect(run.errors.contains("has no outcome of 1 profile that this run may have written: coolbikes/rider/a"))
        #expect(writes == 1)
        try bench.remove(".profilectl/staging.sqlite-journal")
        bench.set { $0.now.seconds += 300 }
        #expect(await apply().code == .done)
        #expect(writes == 3, "nothing is sent twice")
    }

    @Test func `a ledger that is removed at the question is missed`() async throws {
        #expect(await apply().code == .done)
        try bench.write(riders("a", "b", "c", "d"), to: "profiles/riders.yaml")
        let path = path
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = ["yes"]
        }
        service.onRequest { _ in unlink(path) }
        let run = await bench.run("apply")
        #expect(run.code == .error)
        #expect(run.errors.contains("PM425"), "\(run.all)")
        #expect(!bench.exists(".profilectl/staging.sqlite"), "no new ledger takes its place")
        #expect(writes == 3)
    }

    @Test(arguments: Accident.allCases)
    func `a ledger that is gone stops the run`(accident: Accident) async throws {
        onFirstPut { path in accident.happen(to: path) }
        let run = await apply()
        #expect(run.code == .partlyApplied, "\(run.all)")
        #expect(run.errors.contains("PM425"))
        #expect(run.errors.contains("\(accident.words) while it was in use"))
        #expect(run.errors.contains("1 profile that the ledger does not know of: coolbikes/rider/a\n"))
        #expect(writes == 1)
        #expect(run.output.contains("1 unknown, 2 not attempted"))
        #expect(run.output.contains("The ledger is lost"))
        for advice in ["profilectl rollback", "try again", "apply` again"] { #expect(!run.all.contains(advice)) }
    }

    @Test(arguments: ["", String(repeating: "lost", count: 8000)])
    func `a ledger that is overwritten loses the run too`(contents: String) async throws {
        onPut(2) { path in
            let file = open(path, O_WRONLY | O_TRUNC)
            _ = write(file, contents, contents.utf8.count)
            close(file)
        }
        let run = await apply()
        #expect(run.code == .partlyApplied, "\(run.all)")
        #expect(run.errors.contains("PM403"), "\(run.all)")
        #expect(
            run.errors.contains("2 profiles that the ledger does not know of: coolbikes/rider/a, coolbikes/rider/b"))
        #expect(writes == 2)
        for advice in ["profilectl rollback", "looks first", "apply` again"] { #expect(!run.all.contains(advice)) }
    }

    enum Accident: Sendable, CaseIterable {
        case removed, replaced, directoryRemoved

        var words: String { self == .replaced ? "was replaced by another file" : "was removed or moved" }

        func happen(to path: String) {
            switch self {
            case .removed: unlink(path)
            case .replaced:
                try? FileManager.default.copyItem(atPath: path, toPath: path + ".backup")
                rename(path + ".backup", path)
            case .directoryRemoved:
                try? FileManager.default.removeItem(atPath: String(path[..<path.lastIndex(of: "/")!]))
            }
        }
    }
}

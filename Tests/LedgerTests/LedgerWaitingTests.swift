import ProfileModel
import Synchronization
import Testing

@testable import Ledger

@Suite struct LedgerWaitingTests {
    private let directory = try! TemporaryDirectory()

    @Test func `before a run the lock timeout counts`() {
        for purpose in [LedgerPatience.Purpose.beforeCall, .afterCall] {
            #expect(LedgerPatience().limit(purpose, isInterrupted: false) == 5)
            #expect(LedgerPatience(lockTimeout: 60).limit(purpose, isInterrupted: false) == 60)
        }
    }

    @Test func `during a run ten minutes pass before a call is given up`() {
        let run = LedgerPatience(lockTimeout: 60, isRunning: true)
        #expect(run.limit(.beforeCall, isInterrupted: false) == 600)
        #expect(run.limit(.afterCall, isInterrupted: false) == 600)
        #expect(LedgerPatience(lockTimeout: 900, isRunning: true).limit(.afterCall, isInterrupted: false) == 900)
    }

    @Test func `an interrupted run still waits to record its calls`() {
        let run = LedgerPatience(isRunning: true)
        #expect(run.limit(.beforeCall, isInterrupted: true) == 0)
        #expect(run.limit(.afterCall, isInterrupted: true) == 600)
        #expect(run.limit(.aside, isInterrupted: true) == 5)
    }

    @Test func `a write waits for a reader and then succeeds`() throws {
        let (ledger, world) = try ledgerOfARun()
        let reader = try HeldTransaction(.reading, of: directory.file())
        world.onPause { count in
            if count == 400 { reader.release() }
        }
        try ledger.update([.put(entry("a"))], at: moment(0))
        #expect(try ledger.entries() == [entry("a")])
        #expect(world.notices.map(\.path) == [directory.file()], "told once")
    }

    @Test func `a reader that never ends makes the ledger busy`() throws {
        let (ledger, world) = try ledgerOfARun()
        let reader = try HeldTransaction(.reading, of: directory.file())
        defer { reader.release() }
        #expect(throws: LedgerFailure.busy(path: directory.file(), nil)) {
            try ledger.update([.put(entry("a"))], at: moment(0))
        }
        #expect(world.seconds == 600)
    }

    @Test func `an interrupt ends the wait before a call`() throws {
        let (ledger, world) = try ledgerOfARun()
        let reader = try HeldTransaction(.reading, of: directory.file())
        defer { reader.release() }
        world.onPause { count in
            if count == 3 { world.interrupt() }
        }
        #expect(throws: LedgerFailure.interrupted) {
            try ledger.begin(RunRecord(id: "r", environment: "e", startedAt: moment(0)))
        }
        #expect(world.seconds == 3)
    }

    @Test func `an interrupt does not end the wait after a call`() throws {
        let (ledger, world) = try ledgerOfARun()
        try ledger.begin(RunRecord(id: "r", environment: "e", startedAt: moment(0)))
        let reader = try HeldTransaction(.reading, of: directory.file())
        world.onPause { count in
            if count == 10 { world.interrupt() }
            if count == 20 { reader.release() }
        }
        try ledger.recordOutcome(
            run: "r", step: 1, address: address("a"), outcome: JournalOutcome(.done), change: .put(entry("a")),
            at: moment(1))
        #expect(try ledger.entries() == [entry("a")])
        #expect(world.notices.map(\.isInterrupted) == [false, true])
        #expect(world.notices.map(\.isAfterCall) == [true, true])
    }

    @Test func `a stopped ledger waits no more`() throws {
        let (ledger, world) = try ledgerOfARun()
        let reader = try HeldTransaction(.reading, of: directory.file())
        defer { reader.release() }
        world.onPause { count in
            if count == 2 { ledger.stopWaiting() }
        }
        #expect(throws: LedgerFailure.self) { try ledger.update([.put(entry("a"))], at: moment(0)) }
        #expect(throws: LedgerFailure.self) { try ledger.update([.put(entry("a"))], at: moment(0)) }
        #expect(world.seconds == 2)
    }

    @Test func `a renewed lease begins when the wait is over`() throws {
        let (ledger, world) = try ledgerOfARun()
        let lock = try ledger.acquireLock(jane, now: moment(0), lease: 60).record.token
        let reader = try HeldTransaction(.reading, of: directory.file())
        world.onPause { count in
            if count == 300 { reader.release() }
        }
        let record = try ledger.renewLock(lock, now: moment(Int64(world.seconds)), lease: 60)
        #expect(record.expiresAt == moment(360))
    }

    @Test func `a heartbeat ends its wait with the work`() throws {
        let (ledger, world) = try ledgerOfARun()
        let lock = try ledger.acquireLock(jane, now: moment(0), lease: 60).record.token
        let reader = try HeldTransaction(.reading, of: directory.file())
        defer { reader.release() }
        #expect(throws: LedgerFailure.self) {
            try ledger.renewLock(lock, now: moment(1), lease: 60) { world.seconds >= 7 }
        }
        #expect(world.seconds == 7)
    }

    @Test func `a lease that ends during the wait is not taken over`() throws {
        let (ledger, world) = try ledgerOfARun()
        _ = try ledger.acquireLock(jane, now: moment(0), lease: 60)
        let (other, _) = try ledgerOfARun(world)
        let reader = try HeldTransaction(.reading, of: directory.file())
        world.onPause { count in
            if count == 300 { reader.release() }
        }
        #expect(throws: LedgerFailure.self) {
            try other.acquireLock(pipeline, now: moment(Int64(world.seconds)), lease: 60)
        }
        #expect(try ledger.lock()?.holder == jane)
    }

    @Test func `a lock that was waited for has a whole lease`() throws {
        let (ledger, world) = try ledgerOfARun()
        let writer = try HeldTransaction(.writing, of: directory.file())
        world.onPause { count in
            if count == 100 { writer.release() }
        }
        let record = try ledger.acquireLock(jane, now: moment(Int64(world.seconds)), lease: 60).record
        #expect(record.expiresAt == moment(160))
    }

    @Test func `the system's table names who holds the file`() {
        let locks = """
            1: POSIX  ADVISORY  READ 812 fd:01:133 1073741826 1073742335
            2: POSIX  ADVISORY  WRITE 4711 fd:01:133 1073741824 1073741824
            2: -> POSIX  ADVISORY  WRITE 9 fd:01:133 1073741824 1073741824
            3: FLOCK  ADVISORY  WRITE 5 fd:01:134 0 EOF
            4: POSIX  ADVISORY  READ 6 fd:01:135 128 EOF
            5: POSIX  ADVISORY  READ 7 fd:01:136 1073741826 1073742335

            """
        #expect(FileHolder.holder(of: 133, in: locks, except: 1) == 4711)
        #expect(FileHolder.holder(of: 133, in: locks, except: 4711) == 812)
        #expect(FileHolder.holder(of: 134, in: locks, except: 1) == nil)
        #expect(FileHolder.holder(of: 135, in: locks, except: 1) == nil)
        #expect(FileHolder.holder(of: 136, in: locks, except: 7) == nil)
    }

    private func ledgerOfARun(_ world: World = World()) throws -> (LedgerFile, World) {
        let waiting = world.waiting(LedgerPatience(isRunning: true))
        return (try LedgerFile.open(directory.file(), waiting: waiting), world)
    }
}

/// Each pause takes one second, and no time.
final class World: Sendable {
    private struct State {
        var pauses = 0
        var isInterrupted = false
        var notices: [LedgerWaiting.Notice] = []
        var onPause: (@Sendable (Int) -> Void)?
    }

    private let state = Mutex(State())

    var seconds: Double { state.withLock { Double($0.pauses) } }
    var isInterrupted: Bool { state.withLock { $0.isInterrupted } }
    var notices: [LedgerWaiting.Notice] { state.withLock { $0.notices } }

    func waiting(_ patience: LedgerPatience) -> LedgerWaiting {
        LedgerWaiting(
            patience, uptime: { self.seconds }, pause: { _ in self.pause() },
            isInterrupted: { self.isInterrupted }, onNotice: { self.hear($0) })
    }

    private func pause() {
        let (count, hear) = state.withLock { state in
            state.pauses += 1
            return (state.pauses, state.onPause)
        }
        hear?(count)
    }

    func interrupt() { state.withLock { $0.isInterrupted = true } }
    private func hear(_ notice: LedgerWaiting.Notice) { state.withLock { $0.notices.append(notice) } }
    func onPause(_ hear: @escaping @Sendable (Int) -> Void) { state.withLock { $0.onPause = hear } }
}

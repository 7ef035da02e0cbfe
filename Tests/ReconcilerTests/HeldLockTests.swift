import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import Synchronization
import Testing

@Suite struct HeldLockTests {
    private func secondsLeft(_ stage: Stage) throws -> Int64? {
        try stage.ledger.lock().map { $0.expiresAt.seconds - stage.now.seconds }
    }

    @Test func aHeartbeatKeepsTheLockWhileTheWorkOnlyWaits() async throws {
        let stage = try Stage()
        let lock = try stage.takeLock()
        let (isOver, over) = AsyncStream<Void>.makeStream()
        let beats = Shared(0)
        try await lock.beating(
            { seconds in
                stage.advance(Int64(seconds))
                let count = beats.change { count in
                    count += 1
                    return count
                }
                if count == 20 { over.finish() }
                return count < 20
            },
            while: { for await _ in isOver {} })
        // Five minutes have passed; the twentieth beat was the last and renewed nothing.
        #expect(try secondsLeft(stage) == HeldLock.lease - Int64(HeldLock.heartbeat))
        #expect(throws: LedgerFailure.self) { try stage.takeLock(as: "other") }
    }

    @Test func theHeartbeatEndsWithTheWork() async throws {
        let stage = try Stage()
        let lock = try stage.takeLock()
        let wasCancelled = Shared(false)
        let (never, _) = AsyncStream<Void>.makeStream()
        try await lock.beating(
            { _ in
                for await _ in never {}
                wasCancelled.change { $0 = Task.isCancelled }
                return false
            },
            while: {})
        #expect(wasCancelled.value)
    }

    @Test func aLeaseThatIsHalfOverIsRenewedBeforeAWrite() throws {
        let stage = try Stage()
        let lock = try stage.takeLock()
        stage.advance(HeldLock.lease / 2 - 1)
        try lock.writePermission()
        #expect(try secondsLeft(stage) == HeldLock.lease / 2 + 1, "a look is enough")
        stage.advance(1)
        try lock.writePermission()
        #expect(try secondsLeft(stage) == HeldLock.lease)
    }

    @Test func whoSleptAndWasNotMissedGoesOn() throws {
        let stage = try Stage()
        let lock = try stage.takeLock()
        stage.advance(10 * HeldLock.lease)
        try lock.writePermission()
        #expect(try secondsLeft(stage) == HeldLock.lease)
    }

    @Test func whoSleptWhileAnotherTookOverMayNotWrite() throws {
        let stage = try Stage()
        let lock = try stage.takeLock()
        stage.advance(HeldLock.lease)
        _ = try stage.takeLock(as: "other")
        #expect(throws: WriteForbidden(reason: "the lock of the ledger was taken by other on here")) {
            try lock.writePermission()
        }
        lock.release()
        #expect(try stage.ledger.lock()?.holder.name == "other", "what is not ours is not let go of")
    }

    /// The intent is written and the write waits for the end of a stop when the lock is lost: it never leaves.
    @Test func aWriteThatWaitedWhileTheLockWasLostIsNotSent() async throws {
        let stage = try Stage()
        let limiter = RateLimiter.unlimited(
            pacer: pacer {
                guard try !stage.ledger.unsettled().isEmpty else { return }
                stage.advance(HeldLock.lease)
                _ = try stage.takeLock(as: "other")
            })
        let isFirst = Shared(true)
        try await expectFenced(stage, limiter: limiter) { _ in
            guard
                isFirst.change({ isFirst in
                    defer { isFirst = false }; return isFirst
                })
            else { return }
            await limiter.hold(for: 10)
        }
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test func aWriteThatIsRefusedForNowIsNotSentAgainOnceTheLockIsLost() async throws {
        let stage = try Stage(faults: ["429,method=PUT,retry-after=100"])
        let limiter = RateLimiter.unlimited(pacer: pacer {})
        try await expectFenced(stage, limiter: limiter) { request in
            guard request.isWrite else { return }
            stage.advance(HeldLock.lease)
            _ = try? stage.takeLock(as: "other")
        }
        #expect(stage.sandbox.writes.count == 1)
    }

    /// Waits by moving its own clock.
    private func pacer(onSleep: @escaping @Sendable () throws -> Void) -> Pacer {
        let clock = Shared(0.0)
        return Pacer(
            now: { clock.value },
            sleep: { seconds in
                clock.change { $0 += seconds }
                try onSleep()
            })
    }

    private func expectFenced(
        _ stage: Stage, limiter: RateLimiter, onRequest listener: @escaping Stage.Listener = { _ in }
    ) async throws {
        let report = Shared<ApplyReport?>(nil)
        await #expect {
            try await stage.apply(
                stage.plan(of: (1...3).map { creation($0) }), parallelism: 1, retry: .standard, limiter: limiter,
                onRequest: listener,
                onEvent: { event in
                    if case .summary(let summary) = event { report.change { $0 = summary } }
                })
        } throws: { error in
            guard case .ledger(.lockLost(let thief))? = (error as? ApplyFailure)?.cause else { return false }
            return thief?.holder.name == "other"
        }
        #expect(report.value?.classes == ["not attempted": 3])
        #expect(stage.sandbox.world().profiles.isEmpty)
        #expect(try stage.ledger.entries().isEmpty)
        #expect(try stage.ledger.unsettled().map(\.step) == [1], "for the next run to settle")
    }
}

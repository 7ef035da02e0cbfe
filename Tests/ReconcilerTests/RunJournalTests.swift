import Ledger
import Planning
import ProfileModel
import Reconciler
import Testing

@Suite struct RunJournalTests {
    /// Who is killed between intent and outcome leaves a trace of the call that may have been made.
    @Test func theIntentIsInTheLedgerWhenTheWriteLeaves() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("jane", jane)])
        let plan = try await stage.plan([desired("jane", ["bike_id:b1"], ["tier": "gold"])])
        let seen = Shared<[JournalRow]>([])
        let report = try await stage.apply(
            plan,
            onRequest: { request in
                guard request.isWrite else { return }
                let rows = (try? stage.ledger.unsettled()) ?? []
                seen.change { $0 += rows }
            })
        let intent = try #require(seen.value.first)
        #expect(seen.value.count == 1)
        #expect(intent.run == report.run)
        #expect(intent.step == 1)
        #expect(intent.address == address("jane"))
        #expect(intent.intent?.action == "update")
        #expect(intent.intent?.call?.contains("PATCH") == true)
        #expect(intent.intent?.call?.contains("gold") == true)
        #expect(intent.intent?.prior?.attributes == ["tier": "silver"])
        #expect(intent.intent?.after?.attributes == ["tier": "gold"])
        #expect(intent.priorEntry == entry("jane", jane))
        let row = try #require(try stage.ledger.journal(run: report.run).first)
        #expect(row.outcome == JournalOutcome(.done, detail: id(1)))
        #expect(try stage.ledger.unsettled().isEmpty)
    }

    @Test func whatIsDoneIsInTheLedgerBeforeTheNextWrite() async throws {
        let stage = try Stage()
        let known = Shared<[Int]>([])
        try await stage.apply(
            stage.plan(of: (1...3).map { creation($0) }), parallelism: 1,
            onRequest: { request in
                guard request.isWrite else { return }
                let count = (try? stage.ledger.entries().count) ?? -1
                known.change { $0.append(count) }
            })
        #expect(known.value == [0, 1, 2])
    }

    @Test func everyStepThatBeganHasARowWithItsOutcome() async throws {
        let stage = try Stage(faults: ["400,nth=1,method=PUT", "cut-before,nth=2,method=PUT"])
        let report = try await stage.apply(
            stage.plan(of: [creation(1), creation(2), creation(3), creation(4, dependsOn: [1])]), parallelism: 1)
        let rows = try stage.ledger.journal(run: report.run)
        #expect(rows.map(\.step) == [1, 2, 3, 4])
        #expect(rows.map(\.outcome?.class) == [.failed, .unknown, .done, .notAttempted])
        #expect(rows[3].outcome?.detail == "needs step 1, which was not done")
        #expect(rows[3].intentAt == nil)
        #expect(rows[..<3].allSatisfy { $0.intentAt != nil && $0.intent?.call != nil })
        // What became of the second is for a later run to find out.
        #expect(rows[..<3].map { $0.outcomeAt != nil } == [true, false, true])
        #expect(rows[0].outcome?.detail?.hasPrefix("400") == true)
    }

    @Test func aRunEndsWithItsCountsAndWithoutTheLock() async throws {
        let stage = try Stage()
        let report = try await stage.apply(stage.plan(of: [creation(1)]))
        let run = try #require(try stage.ledger.runs().first)
        #expect(run.id == report.run)
        #expect(run.environment == "test")
        #expect(run.endedAt != nil)
        #expect(run.startedBy == "tests on here")
        #expect(run.summary == #"{"done":1,"failed":0,"not_attempted":0,"stale":0,"unknown":0}"#)
        #expect(try stage.ledger.lock() == nil)
    }

    @Test func aLongRunKeepsItsLock() async throws {
        let stage = try Stage()
        let ends = Shared<[Int64]>([])
        try await stage.apply(
            stage.plan(of: (1...4).map { creation($0) }), parallelism: 1,
            onRequest: { request in
                guard request.isWrite else { return }
                let left = (try? stage.ledger.lock()).flatMap { $0 }.map { $0.expiresAt.seconds - stage.now.seconds }
                ends.change { $0.append(left ?? -1) }
                stage.advance(HeldLock.lease - 10)
            })
        #expect(ends.value == [Int64](repeating: HeldLock.lease, count: 4))
    }

    @Test func whoLosesTheLockMakesNoFurtherCall() async throws {
        let stage = try Stage()
        let plan = stage.plan(of: (1...3).map { creation($0) })
        await #expect {
            try await stage.apply(
                plan, parallelism: 1,
                onEvent: { event in
                    if case .finished = event { try takeLockAway(stage) }
                })
        } throws: { error in
            guard case .ledger(.lockLost(let thief))? = (error as? ApplyFailure)?.cause else { return false }
            return thief?.holder.name == "thief"
        }
        #expect(stage.sandbox.writes.count == 1)
        #expect(try stage.ledger.lock()?.holder.name == "thief")
    }

    /// The loss is noticed after the look and before the write: nothing was called, so nothing is unknown.
    @Test func whoLosesTheLockWhileLookingDoesNotWrite() async throws {
        let stage = try Stage()
        let plan = stage.plan(of: (1...2).map { creation($0) })
        let report = Shared<ApplyReport?>(nil)
        await #expect(throws: ApplyFailure.self) {
            try await stage.apply(
                plan, parallelism: 1,
                onRequest: { request in
                    if !request.isWrite { try? takeLockAway(stage) }
                },
                onEvent: { event in
                    if case .summary(let summary) = event { report.change { $0 = summary } }
                })
        }
        #expect(stage.sandbox.writes.isEmpty)
        #expect(report.value?.classes == ["not attempted": 2])
    }

    /// The call was made and its outcome could not be written down: the journal still has the intent.
    @Test func whoLosesTheLockDuringAWriteLeavesTheIntent() async throws {
        let stage = try Stage()
        let plan = stage.plan(of: (1...2).map { creation($0) })
        let report = Shared<ApplyReport?>(nil)
        await #expect(throws: ApplyFailure.self) {
            try await stage.apply(
                plan, parallelism: 1,
                onRequest: { request in
                    if request.isWrite { try? takeLockAway(stage) }
                },
                onEvent: { event in
                    if case .summary(let summary) = event { report.change { $0 = summary } }
                })
        }
        #expect(stage.sandbox.writes.count == 1)
        #expect(report.value?.classes == ["unknown": 1, "not attempted": 1])
        #expect(try stage.ledger.unsettled().map(\.step) == [1])
    }
}

private func takeLockAway(_ stage: Stage) throws {
    _ = try stage.ledger.breakLock()
    _ = try stage.ledger.acquireLock(LockHolder(name: "thief", host: "there", pid: 2), now: stage.now, lease: 300)
}

import HTTPTypes
import Ledger
import Planning
import ProfileModel
import Reconciler
import Testing

@Suite struct ApplierTests {
    /// Each profile takes the e-mail address that the one before gives up: out of order, each call is refused.
    @Test func whatIsGivenUpIsGivenUpBeforeItIsTaken() async throws {
        let profiles = (1...12).map { live($0, ["bike_id:b\($0)", "email:e\($0)@example.com"], user: "77") }
        let stage = try Stage(profiles, entries: profiles.indices.map { entry(name($0 + 1), profiles[$0]) })
        let plan = try await stage.plan(
            (1...12).map { desired(name($0), ["bike_id:b\($0)", "email:e\($0 - 1)@example.com"]) })
        #expect(plan.steps.count == 12)
        let report = try await stage.apply(plan, parallelism: 8)
        #expect(report.counts.done == 12)
        #expect(stage.sandbox.writes == (1...12).map { "PUT /api/v2/user_profiles/\(id($0))" })
        #expect(
            try await stage.plan(
                (1...12).map { desired(name($0), ["bike_id:b\($0)", "email:e\($0 - 1)@example.com"]) }
            ).steps.isEmpty)
    }

    /// The former one goes first: in the other order the ledger would lose one of the two.
    @Test func aNewProfileAtAFormerAddressStaysInTheLedger() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("x", jane)])
        let place = Origin(file: "moves.yaml", line: 1, column: 1)
        let move = AddressMove(from: address("x"), to: address("y"), origin: place, destination: place)
        let wanted = [desired("x", ["bike_id:b2"]), desired("y", ["bike_id:b1"], ["tier": "silver"])]
        let plan = try await stage.plan(wanted, moves: [move])
        #expect(plan.steps.map(\.address) == [address("y"), address("x")])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
        try await stage.apply(plan)
        #expect(try stage.ledger.entries().map(\.address) == [address("x"), address("y")])
        #expect(try await stage.plan(wanted).steps.isEmpty)
    }

    @Test(arguments: [1, 3, 8])
    func soManyCallsAreUnderWayAndNoMore(parallelism: Int) async throws {
        let stage = try Stage()
        let gauge = Gauge()
        let report = try await stage.apply(
            stage.plan(of: (1...24).map { creation($0) }), parallelism: parallelism,
            onRequest: { _ in await gauge.pass(waitingFor: parallelism) })
        #expect(report.counts.done == 24)
        #expect(gauge.most == parallelism)
    }

    @Test func aFailureStopsOnlyWhatDependsOnIt() async throws {
        let stage = try Stage(faults: ["422,nth=1,method=PUT"])
        let steps = [
            creation(1), creation(2, dependsOn: [1]), creation(3), creation(4, dependsOn: [2]),
            creation(5, dependsOn: [3]),
        ]
        let report = try await stage.apply(stage.plan(of: steps), parallelism: 1)
        #expect(report.lines.map(\.step.number) == [1, 2, 3, 4, 5])
        #expect(report.classes == ["done": 2, "failed": 1, "not attempted": 2])
        guard case .failed(let failure) = report.lines[0].outcome else {
            Issue.record("\(report.lines[0].outcome)")
            return
        }
        #expect(failure.status == 422)
        #expect(failure.requestID != nil)
        #expect(report.lines[1].outcome == .notAttempted(.dependsOn(1)))
        #expect(report.lines[3].outcome == .notAttempted(.dependsOn(2)))
        #expect(stage.sandbox.writes.count == 3)
    }

    @Test(arguments: ["422,nth=2,method=PUT", "cut-before,nth=2,method=PUT"])
    func whoAsksForItGetsNothingMoreAfterAFailure(fault: String) async throws {
        let stage = try Stage(faults: [fault])
        let report = try await stage.apply(
            stage.plan(of: (1...5).map { creation($0) }), parallelism: 1, isFailFast: true)
        #expect(report.counts.done == 1)
        #expect(report.counts.notAttempted == 3)
        #expect(report.lines[2...].allSatisfy { $0.outcome == .notAttempted(.stoppedAfterFailure) })
        #expect(!report.interrupted)
        #expect(stage.sandbox.writes.count == 2)
    }

    /// The call of step 1 is slow, that of step 2 is not.
    @Test func aStepThatTakesLongIsToldOfAgainAndAgain() async throws {
        let stage = try Stage()
        let (seconds, ticks) = (Shared(0.0), AsyncStream<Void>.makeStream())
        let ticker = Ticker(now: { seconds.value }, pause: { _ in for await _ in ticks.stream { return } })
        let told = Shared<[String]>([])
        let (slow, release) = AsyncStream<Void>.makeStream()
        try await stage.apply(
            stage.plan(of: [creation(1), creation(2)]), parallelism: 2, ticker: ticker,
            onRequest: { request in
                guard request.isWrite, request.path?.contains("b1") == true else { return }
                for _ in 0..<3 {
                    seconds.change { $0 += Ticker.interval }
                    ticks.continuation.yield()
                }
                for await _ in slow { return }
            },
            onEvent: { event in
                guard case .progress(let long) = event, let first = long.first, first.step.number == 1 else { return }
                told.change { $0.append("1: \(Int(first.seconds))") }
                if told.value.count == 3 { release.yield() }
            })
        #expect(told.value.count == 3)
        #expect(told.value.last == "1: 30")
    }

    @Test func onceInterruptedWhatIsUnderWayEndsAndNothingElseStarts() async throws {
        let stage = try Stage()
        let isInterrupted = Shared(false)
        let report = try await stage.apply(
            stage.plan(of: (1...6).map { creation($0) }), parallelism: 2,
            isInterrupted: { isInterrupted.value },
            onRequest: { request in
                if request.isWrite { isInterrupted.change { $0 = true } }
            })
        #expect(report.interrupted)
        #expect(report.classes == ["done": 2, "not attempted": 4])
        #expect(report.lines.last?.outcome == .notAttempted(.interrupted))
        #expect(stage.sandbox.writes.count == 2)
        #expect(try stage.ledger.entries().count == 2)
        #expect(try stage.ledger.unsettled().isEmpty)
    }

    @Test func eventsTellWhatHappensInItsOrder() async throws {
        let stage = try Stage()
        var told: [String] = []
        try await stage.apply(
            stage.plan(of: [creation(1), creation(2, dependsOn: [1])]),
            onEvent: { event in
                switch event {
                case .started(let step): told.append("started \(step.number)")
                case .finished(let step, .done): told.append("done \(step.number)")
                case .summary(let report): told.append("summary \(report.counts.done)")
                case .settled, .finished, .progress, .waiting, .canary: told.append("\(event)")
                }
            })
        #expect(told == ["started 1", "done 1", "started 2", "done 2", "summary 2"])
    }

    private struct OutputClosed: Error {}

    /// As when the output goes to `head`: nobody could see what happens next.
    @Test func noWriteIsMadeThatNobodyCouldBeTold() async throws {
        let stage = try Stage()
        await #expect {
            try await stage.apply(
                stage.plan(of: (1...3).map { creation($0) }), parallelism: 1,
                onEvent: { event in
                    if case .started(let step) = event, step.number == 2 { throw OutputClosed() }
                })
        } throws: { error in
            guard let failure = error as? ApplyFailure, case .listener(let cause) = failure.cause else { return false }
            return cause is OutputClosed && failure.report.counts.done == 1
        }
        #expect(stage.sandbox.writes.count == 1)
        #expect(try stage.ledger.entries().map(\.address.name) == ["rider-1"])
        #expect(try stage.ledger.unsettled().isEmpty)
    }

    @Test func aListenerThatFailsAfterAWriteStopsTheNext() async throws {
        let stage = try Stage()
        await #expect(throws: ApplyFailure.self) {
            try await stage.apply(
                stage.plan(of: (1...3).map { creation($0) }), parallelism: 1,
                onEvent: { event in
                    if case .finished = event { throw OutputClosed() }
                })
        }
        #expect(stage.sandbox.writes.count == 1)
        #expect(try stage.ledger.entries().count == 1)
    }

    private func name(_ number: Int) -> String { number < 10 ? "rider-0\(number)" : "rider-\(number)" }
}

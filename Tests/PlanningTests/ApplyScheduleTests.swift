import Planning
import ProfileModel
import Testing

struct ApplyScheduleTests {
    private func steps(_ dependencies: [[Int]]) -> [Step] {
        dependencies.enumerated().map { index, dependsOn in
            Step(
                number: index + 1, address: address("p\(index + 1)"), action: .update, reason: .setsAndAdds,
                dependsOn: dependsOn, precondition: .none)
        }
    }

    private let done = StepOutcome.done(profileID: "P", alreadyDone: false)
    private let failed = StepOutcome.failed(StepFailure(status: 400, title: "refused"))

    @Test func stepsStartInOrderUpToTheParallelism() {
        var schedule = ApplySchedule(steps: steps([[], [], []]), parallelism: 2)
        #expect(schedule.next()?.number == 1)
        #expect(schedule.next()?.number == 2)
        #expect(schedule.next() == nil)
        schedule.finished(2, done)
        #expect(schedule.next()?.number == 3)
        #expect(!schedule.isFinished)
    }

    @Test func aStepWaitsForAllItDependsOn() {
        var schedule = ApplySchedule(steps: steps([[], [], [1, 2], [3]]), parallelism: 9)
        #expect([schedule.next()?.number, schedule.next()?.number, schedule.next()?.number] == [1, 2, nil])
        schedule.finished(1, done)
        #expect(schedule.next() == nil)
        schedule.finished(2, done)
        #expect(schedule.next()?.number == 3)
    }

    @Test(arguments: [
        StepOutcome.failed(StepFailure(title: "refused")), .stale(.changedSincePlan),
        .unknown(StepFailure(title: "cut")),
    ])
    func onlyDependentsOfAStepThatIsNotDoneAreSkipped(_ outcome: StepOutcome) {
        var schedule = ApplySchedule(steps: steps([[], [1], [2], []]), parallelism: 1)
        _ = schedule.next()
        schedule.finished(1, outcome)
        #expect(schedule.next()?.number == 4)
        #expect(schedule.next() == nil)
        schedule.finished(4, done)
        #expect(schedule.isFinished)
        #expect(
            schedule.lines.map(\.outcome)
                == [outcome, .notAttempted(.dependsOn(1)), .notAttempted(.dependsOn(2)), done])
    }

    @Test func afterAStopNothingStartsButWhatRunsMayFinish() {
        var schedule = ApplySchedule(steps: steps([[], [], [], [1]]), parallelism: 2)
        _ = schedule.next()
        _ = schedule.next()
        schedule.finished(1, failed)
        schedule.stop(.stoppedAfterFailure)
        schedule.stop(.interrupted)
        #expect(schedule.next() == nil)
        #expect(!schedule.isFinished)
        schedule.finished(2, done)
        #expect(schedule.isFinished)
        #expect(
            schedule.lines.map(\.outcome) == [
                failed, done, .notAttempted(.stoppedAfterFailure), .notAttempted(.dependsOn(1)),
            ])
    }

    @Test func noPlanHoweverBrokenHangsTheLoop() {
        for broken in [[[2], [1]], [[7]], [[1]]] {
            var schedule = ApplySchedule(steps: steps(broken), parallelism: 1)
            #expect(schedule.next() == nil)
            #expect(schedule.isFinished)
            #expect(schedule.lines.count == broken.count)
        }
        #expect(ApplySchedule(steps: [], parallelism: 0).isFinished)
    }

    @Test func outcomesOfStepsThatDoNotRunAreIgnored() {
        var schedule = ApplySchedule(steps: steps([[], []]), parallelism: 1)
        schedule.finished(2, done)
        schedule.finished(9, done)
        #expect(schedule.next()?.number == 1)
        schedule.finished(1, done)
        schedule.finished(1, failed)
        #expect(schedule.lines.first?.outcome == done)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func theFiveClassesAlwaysAddUp(seed: UInt64) {
        var random = SeededRandom(seed)
        let count = Int.random(in: 0...30, using: &random)
        let dependencies = (0..<count).map { index in
            (1..<(index + 1)).filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
        }
        let planned = steps(dependencies)
        let parallelism = Int.random(in: 1...5, using: &random)
        var schedule = ApplySchedule(steps: planned, parallelism: parallelism)
        var running: [Step] = []
        var ended: Set<Int> = []
        while !schedule.isFinished {
            if Bool.random(using: &random), let step = schedule.next() {
                #expect(ended.isSuperset(of: step.dependsOn), "started too early, seed \(seed)")
                running.append(step)
            } else if let index = running.indices.randomElement(using: &random) {
                let step = running.remove(at: index)
                let outcome = Int.random(in: 0..<5, using: &random) == 0 ? failed : done
                if outcome == done { ended.insert(step.number) }
                schedule.finished(step.number, outcome)
            }
            if Int.random(in: 0..<40, using: &random) == 0 { schedule.stop(.interrupted) }
            #expect(running.count <= parallelism)
            #expect(schedule.runningCount == running.count)
        }
        let counts = ApplyReport(run: "r", lines: schedule.lines).counts
        #expect(schedule.lines.map(\.step) == planned)
        #expect(counts.done + counts.failed + counts.stale + counts.unknown + counts.notAttempted == count)
        #expect(counts.done == ended.count, "seed \(seed)")
    }
}

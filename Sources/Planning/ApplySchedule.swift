import HeapModule

/// Which steps may run now, given how others ended. Holds no clock and makes no call: a loop asks `next`,
/// performs, and tells `finished`, until `isFinished`.
package struct ApplySchedule: Sendable {
    private let steps: [Step]
    private let parallelism: Int
    private let indexByNumber: [Int: Int]
    private let dependents: [[Int]]
    private var waitingFor: [Int]
    private var ready: Heap<Int>
    /// What may run, but not before the canary held.
    private var held: Heap<Int> = []
    /// Empty once it held.
    private var canary: Set<Int>
    private var running: Set<Int> = []
    private var outcomes: [StepOutcome?]
    private var stopped: NotAttemptedReason?

    /// - Parameters:
    ///   - parallelism: how many steps may run at once; at least one does.
    ///   - canary: the steps that run first; the others wait for `release`.
    package init(steps: [Step], parallelism: Int, canary: Set<Int> = []) {
        let indexByNumber = Dictionary(zip(steps.map(\.number), steps.indices)) { first, _ in first }
        var dependents = Array(repeating: [Int](), count: steps.count)
        var waitingFor = Array(repeating: 0, count: steps.count)
        for (index, step) in steps.enumerated() {
            for number in Set(step.dependsOn) {
                // A number that no step has keeps the step waiting for ever.
                waitingFor[index] += 1
                if let dependency = indexByNumber[number] { dependents[dependency].append(index) }
            }
        }
        self.steps = steps
        self.parallelism = max(parallelism, 1)
        self.indexByNumber = indexByNumber
        self.dependents = dependents
        self.waitingFor = waitingFor
        self.canary = canary
        let free = steps.indices.filter { waitingFor[$0] == 0 }
        self.ready = Heap(free.filter { canary.isEmpty || canary.contains(steps[$0].number) })
        self.held = Heap(free.filter { !canary.isEmpty && !canary.contains(steps[$0].number) })
        self.outcomes = Array(repeating: nil, count: steps.count)
    }

    /// The next step to start, lowest number first; nil when none may start now.
    package mutating func next() -> Step? {
        guard stopped == nil, running.count < parallelism, let index = ready.popMin() else { return nil }
        running.insert(index)
        return steps[index]
    }

    /// A step that was started has ended. Those that wait for a step that is not done will never run.
    package mutating func finished(_ number: Int, _ outcome: StepOutcome) {
        guard let index = indexByNumber[number], running.remove(index) != nil else { return }
        outcomes[index] = outcome
        switch outcome {
        case .done:
            for dependent in dependents[index] {
                waitingFor[dependent] -= 1
                if waitingFor[dependent] == 0, outcomes[dependent] == nil { mayStart(dependent) }
            }
        case .failed, .stale, .unknown, .notAttempted:
            abandonDependents(of: index)
        }
    }

    private mutating func mayStart(_ index: Int) {
        if canary.isEmpty || canary.contains(steps[index].number) {
            ready.insert(index)
        } else {
            held.insert(index)
        }
    }

    /// The steps of the canary and how they ended, as soon as none of them may run any more; nil before, and once
    /// it was released or everything was stopped.
    package var endedCanary: [ApplyReport.Line]? {
        guard !canary.isEmpty, stopped == nil, running.isEmpty, ready.isEmpty else { return nil }
        return lines.filter { canary.contains($0.step.number) }
    }

    /// The canary held: all others may run.
    package mutating func release() {
        canary = []
        while let index = held.popMin() { ready.insert(index) }
    }

    /// No further step starts; the first reason stays. What runs may still finish.
    package mutating func stop(_ reason: NotAttemptedReason) {
        if stopped == nil { stopped = reason }
    }

    package var runningCount: Int { running.count }

    /// Nothing runs and nothing may start any more.
    package var isFinished: Bool {
        running.isEmpty && (stopped != nil || ready.isEmpty && canary.isEmpty)
    }

    /// One for each step, in the order given. What has not ended counts as not attempted.
    package var lines: [ApplyReport.Line] {
        zip(steps, outcomes).map { step, outcome in
            ApplyReport.Line(step: step, outcome: outcome ?? .notAttempted(reasonForWaiting(step)))
        }
    }

    private func reasonForWaiting(_ step: Step) -> NotAttemptedReason {
        if let stopped { return stopped }
        let unmet = step.dependsOn.first { number in
            guard let index = indexByNumber[number], case .done = outcomes[index] else { return true }
            return false
        }
        return unmet.map { .dependsOn($0) } ?? .interrupted
    }

    private mutating func abandonDependents(of index: Int) {
        var abandoned = [index]
        while let failed = abandoned.popLast() {
            for dependent in dependents[failed] where outcomes[dependent] == nil {
                outcomes[dependent] = .notAttempted(.dependsOn(steps[failed].number))
                abandoned.append(dependent)
            }
        }
    }
}

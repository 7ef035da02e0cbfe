package import ProfileModel

/// How a step ended.
package enum StepOutcome: Sendable, Hashable {
    /// `profileID` is that of the profile written, created, deleted, adopted or forgotten.
    case done(profileID: String, alreadyDone: Bool)
    case failed(StepFailure)
    /// The live profile, or what else the plan rests on, is no longer what the plan saw.
    case stale(StaleReason)
    /// The call may or may not have taken effect.
    case unknown(StepFailure)
    case notAttempted(NotAttemptedReason)
}

package enum StaleReason: Sendable, Hashable {
    case changedSincePlan
    case appearedSincePlan(profileID: String)
    case goneSincePlan
    /// The ledger holds something else at this address than when the plan was made.
    case ledgerChanged(Address)
    /// The ledger has the profile at another address.
    case managedElsewhere(Address)
    /// The call relies on what the service is no longer known to do.
    case serviceChanged
}

package enum NotAttemptedReason: Sendable, Hashable {
    /// The number of the step that it waited for and that was not done.
    case dependsOn(Int)
    case interrupted
    case stoppedAfterFailure
    case canaryFailed
}

/// A refused or lost call, as far as the service told.
package struct StepFailure: Sendable, Hashable {
    package var status: Int?
    package var code: String?
    /// One sentence: the service's title, or what happened to the connection.
    package var title: String
    package var requestID: String?

    /// The title where the service's own words must not be shown.
    package static let hiddenReason = "the service's reason is hidden; a run with `--redact never` shows it"

    package init(status: Int? = nil, code: String? = nil, title: String, requestID: String? = nil) {
        self.status = status
        self.code = code
        self.title = title
        self.requestID = requestID
    }
}

/// How each planned step ended. The five classes add up to the plan's steps.
package struct ApplyReport: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        package var step: Step
        package var outcome: StepOutcome

        package init(step: Step, outcome: StepOutcome) {
            self.step = step
            self.outcome = outcome
        }
    }

    /// The run's id in the journal.
    package var run: String
    /// One for each step of the plan, in its order.
    package var lines: [Line]
    package var interrupted: Bool
    /// Interrupted twice: the calls under way were not waited for.
    package var aborted = false
    /// The ledger was removed, replaced or damaged: what the run recorded is lost, and it cannot be rolled back.
    package var isLedgerLost = false
    /// That of the plan.
    package var scope: PlanScope
    /// Nil when none was asked for, or it did not come so far.
    package var canary: CanaryVerdict?

    package init(
        run: String, lines: [Line], interrupted: Bool = false, scope: PlanScope = PlanScope(),
        canary: CanaryVerdict? = nil
    ) {
        self.run = run
        self.lines = lines
        self.interrupted = interrupted
        self.scope = scope
        self.canary = canary
    }

    package struct Counts: Sendable, Hashable {
        package var done = 0
        package var failed = 0
        package var stale = 0
        package var unknown = 0
        package var notAttempted = 0
    }

    package var counts: Counts {
        lines.reduce(into: Counts()) { counts, line in
            switch line.outcome {
            case .done: counts.done += 1
            case .failed: counts.failed += 1
            case .stale: counts.stale += 1
            case .unknown: counts.unknown += 1
            case .notAttempted: counts.notAttempted += 1
            }
        }
    }
}

/// A step that has been under way for so many seconds, its waits for the account's rate included.
package struct LongStep: Sendable, Hashable {
    package var step: Step
    package var seconds: Double

    package init(_ step: Step, seconds: Double) {
        self.step = step
        self.seconds = seconds
    }
}

/// What an apply tells while it runs.
package enum ApplyEvent: Sendable, Hashable {
    /// Before anything else: what became of a call of an earlier run that was cut off.
    case settled(SettledStep)
    case started(Step)
    case finished(Step, StepOutcome)
    /// Steps that take long, by number; told again and again.
    case progress([LongStep])
    /// The account's rate is used up, or the service asked to wait.
    case waiting(seconds: Double)
    case canary(CanaryVerdict)
    case summary(ApplyReport)
}

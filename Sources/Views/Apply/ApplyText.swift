package import Planning
import ProfileModel

/// An apply for people, while it runs and when it is over.
package enum ApplyText {
    /// The line for an event; nil when there is nothing to say.
    /// - Parameter verbose: whether the start of a step is worth a line, as on a terminal.
    package static func line(for event: ApplyEvent, style: TextStyle, verbose: Bool = false) -> String? {
        switch event {
        case .settled(let step): style.line(.settled(step), hang: 2)
        case .started(let step):
            verbose ? style.line(step.head + SafeText("started").inked(.dim), hang: hang) : nil
        case .finished(let step, let outcome):
            style.line(step.head + .outcome(outcome) + step.tail(outcome), hang: hang)
        case .progress(let long):
            long.max { $0.seconds < $1.seconds }.map { longest in
                // At the account's rate many are: one line says so.
                let others = long.count > 1 ? ", and \(.count(long.count - 1, "other"))" : SafeText("")
                let words = "under way for \(.exactDuration(longest.seconds))" + others
                return style.line(longest.step.head + words.inked(.dim), hang: hang)
            }
        case .waiting(let seconds):
            style.line("waiting \(.exactDuration(seconds)): the account's rate is used up", hang: 2)
        case .canary(let verdict):
            verdict.lines.map { style.line($0, hang: 2) }.joined()
        case .summary(let report):
            summary(of: report, style: style)
        }
    }

    /// The five classes, and what to do next.
    package static func summary(of report: ApplyReport, style: TextStyle) -> String {
        let counts = report.counts
        var line = SafeText.counts(counts, planned: report.lines.count).inked(.bold)
        if !report.scope.isWhole { line += "; " + .scope(report.scope) }
        var text = "\n" + style.line(line + ".", hang: 2)
        for advice in advice(for: report, counts) { text += style.line(advice, hang: 2) }
        return text
    }

    /// A whole run: every step and how it ended, then the summary.
    package static func report(_ report: ApplyReport, style: TextStyle) -> String {
        var text = style.line("\("run", .bold) \(bare: report.run)") + "\n"
        for line in report.lines {
            text += style.line(line.step.head + .outcome(line.outcome) + line.step.tail(line.outcome), hang: hang)
        }
        return text + summary(of: report, style: style)
    }

    private static func advice(for report: ApplyReport, _ counts: ApplyReport.Counts) -> [SafeText] {
        var advice: [SafeText] = []
        if report.aborted { return Self.advice(forAborted: report, counts) }
        if report.interrupted { advice.append("Interrupted: calls in flight were waited for, no others were made.") }
        if report.canary?.holds == false {
            advice.append("The canary did not hold: nothing but it was attempted.")
        }
        if report.isLedgerLost {
            return advice + ["The ledger is lost, and with it the record of this run, \(bare: report.run)."]
        }
        if counts.unknown > 0 {
            advice.append(
                "The next `profilectl apply` looks first what became of the calls whose answers were lost.")
        }
        if counts.stale > 0 {
            advice.append("Run `profilectl plan` again: live profiles or the ledger changed after this plan was made.")
        }
        let failures = report.lines.compactMap { $0.outcome.failure }
        if failures.contains(where: \.passes) {
            advice.append(
                "What failed for the network, the account's rate, or the service itself may pass: apply again later.")
        }
        if !failures.allSatisfy(\.passes) {
            advice.append("What the service refused will be refused again: mend it, then plan and apply again.")
        }
        let isOnlyPostponed = counts.failed + counts.stale + counts.unknown == 0
        if counts.notAttempted > 0, isOnlyPostponed, report.canary?.holds != false {
            advice.append("Run `profilectl apply` again for what was not attempted.")
        }
        if report.scope.undoes != nil, counts.done > 0 {
            advice.append("The manifests are as they were: change them too, or the next apply does the same again.")
        }
        if counts.done < report.lines.count || report.canary?.holds == false {
            var run: SafeText = "The run is \(bare: report.run)"
            if counts.done > 0 { run += "; `profilectl rollback \(bare: report.run)` takes back what was done" }
            advice.append(run + ".")
        }
        return advice
    }

    private static func advice(forAborted report: ApplyReport, _ counts: ApplyReport.Counts) -> [SafeText] {
        [
            counts.unknown > 0
                ? "Aborted: the calls under way were not waited for. The next `profilectl apply` looks first what became of them."
                : "Aborted: no call was under way.",
            counts.unknown > 0
                ? "For a minute the lock of this run keeps others out, as its calls may still be under way; `profilectl ledger unlock` takes it away at once."
                : "For a minute the lock of this run keeps others out; `profilectl ledger unlock` takes it away at once.",
            "The run is \(bare: report.run).",
        ]
    }

    private static let hang = 7
}

extension StepOutcome {
    /// Nil unless the step failed.
    fileprivate var failure: StepFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}

extension StepFailure {
    /// Whether the same call may succeed later.
    fileprivate var passes: Bool {
        status.map { $0 == 429 || $0 >= 500 } ?? true
    }
}

extension SafeText {
    fileprivate static func exactDuration(_ seconds: Double) -> SafeText {
        guard seconds > 0, seconds < 1e9 else { return "0 s" }
        return "\(Int(seconds.rounded(.up))) s"
    }
}

extension Step {
    fileprivate var head: SafeText {
        let number = String(number)
        return .spaces(3 - number.utf8.count) + "\(number)  \(.symbol(action)) \(address, .bold)  "
    }

    /// The id is news only when the plan could not know it.
    fileprivate func tail(_ outcome: StepOutcome) -> SafeText {
        guard action == .create, case .done(let id, _) = outcome else { return "" }
        return " as \(bare: id)"
    }
}

import Planning
import ProfileModel

/// How a step ended, in words.
extension SafeText {
    static func outcome(_ outcome: StepOutcome) -> SafeText {
        switch outcome {
        case .done(_, alreadyDone: true): "\("done already", .green)"
        case .done(_, alreadyDone: false): "\("done", .green)"
        case .failed(let failure): "\("failed", .boldRed): " + .failure(failure)
        case .stale(let reason): "\("stale", .boldYellow): " + .stale(reason)
        case .unknown(let failure):
            "\("unknown", .boldRed): " + .failure(failure) + "; the call may or may not have taken effect"
        case .notAttempted(let reason): "\("not attempted", .yellow): " + .notAttempted(reason)
        }
    }

    /// `400 TooManyIdentifiers: the service's sentence (request 5f3a)`, as far as known.
    static func failure(_ failure: StepFailure) -> SafeText {
        var code: [SafeText] = []
        if let status = failure.status { code.append("\(status)") }
        if let name = failure.code { code.append("\(bare: name)") }
        var words: SafeText = code.isEmpty ? "" : .joined(code, by: " ") + ": "
        words += "\(failure.title)"
        if let request = failure.requestID { words += " (request \(bare: request))" }
        return words
    }

    static func stale(_ reason: StaleReason) -> SafeText {
        switch reason {
        case .changedSincePlan: "the profile changed after the plan was made"
        case .appearedSincePlan(let id): "profile \(bare: id) appeared after the plan was made"
        case .goneSincePlan: "the profile is gone since the plan was made"
        case .ledgerChanged(let address): "the ledger's entry of \(address) changed after the plan was made"
        case .managedElsewhere(let address): "the ledger has the profile as \(address) now"
        case .serviceChanged: "the service is no longer known to take null for a removal"
        }
    }

    static func notAttempted(_ reason: NotAttemptedReason) -> SafeText {
        switch reason {
        case .dependsOn(let number): "needs step \(number), which was not done"
        case .interrupted: "interrupted before its turn"
        case .stoppedAfterFailure: "stopped after a failure"
        case .canaryFailed: "stopped: the canary did not hold"
        }
    }

    static func counts(_ counts: ApplyReport.Counts, planned: Int) -> SafeText {
        "\(counts.done) done, \(counts.failed) failed, \(counts.stale) stale, \(counts.unknown) unknown, "
            + "\(counts.notAttempted) not attempted (\(planned) planned)"
    }
}

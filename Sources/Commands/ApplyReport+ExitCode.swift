import Planning

extension ApplyReport {
    var exitCode: ExitCode {
        let counts = counts
        let notDone = counts.failed + counts.stale + counts.unknown + counts.notAttempted
        var codes: [ExitCode] = []
        if interrupted, notDone > 0 { codes.append(.interrupted) }
        if lines.contains(where: \.outcome.isRefusedAccess) { codes.append(.notPermitted) }
        if counts.stale > 0 { codes.append(.planStale) }
        if counts.done > 0, notDone > 0 || canary?.holds == false { codes.append(.partlyApplied) }
        if notDone > 0 { codes.append(.error) }
        return .first(of: codes)
    }
}

extension ApplyReport {
    /// Whether a step of this run may have changed something.
    var changedAnything: Bool {
        lines.contains { line in
            switch line.outcome {
            case .done(_, let alreadyDone): !alreadyDone
            case .unknown: true
            case .failed, .stale, .notAttempted: false
            }
        }
    }
}

extension StepOutcome {
    fileprivate var isRefusedAccess: Bool {
        switch self {
        case .failed(let failure), .unknown(let failure): failure.status == 401 || failure.status == 403
        case .done, .stale, .notAttempted: false
        }
    }
}

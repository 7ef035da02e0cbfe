import Diagnostics
import Ledger
import Planning
import ProfileModel

extension LedgerFailure {
    /// Ends a run whose ledger failed, and says which profiles it wrote that no ledger knows of.
    /// - Parameter code: that of what befell the steps.
    func stop(after report: ApplyReport, _ code: ExitCode) -> Stop {
        var diagnostic = diagnostic
        let lost = report.lines.filter { isLost($0.outcome) }.map(\.step.address.description)
        if !lost.isEmpty { diagnostic.notes.append(Diagnostic.Note(note(on: lost))) }
        let isWritten = report.lines.contains { $0.outcome.mayHaveWritten }
        return Stop(diagnostic, code: .first(of: [exitCodeDuringRun, code] + (isWritten ? [.partlyApplied] : [])))
    }

    /// What was recorded in a file that is lost is unknown like what was not recorded.
    private func isLost(_ outcome: StepOutcome) -> Bool {
        switch outcome {
        case .unknown: true
        case .done(_, let alreadyDone): losesTheRecord && !alreadyDone
        case .failed, .stale, .notAttempted: false
        }
    }

    private func note(on lost: [String]) -> String {
        let addresses = lost.prefix(Self.mostShown).joined(separator: ", ")
        let rest = lost.count - Self.mostShown
        let profiles = counted(lost.count, "profile")
        let beginning =
            if losesTheRecord {
                "this run wrote, or may have written, \(profiles) that the ledger does not know of"
            } else {
                "the ledger has no outcome of \(profiles) that this run may have written"
            }
        return "\(beginning): \(addresses)" + (rest > 0 ? " and \(rest) more (see the steps above)" : "")
    }

    private static let mostShown = 50
}

extension StepOutcome {
    fileprivate var mayHaveWritten: Bool {
        switch self {
        case .done(_, let alreadyDone): !alreadyDone
        case .unknown: true
        case .failed, .stale, .notAttempted: false
        }
    }
}

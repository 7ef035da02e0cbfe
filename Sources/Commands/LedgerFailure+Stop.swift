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

    /// What was recorded in a file that is gone is lost like what was not recorded.
    private func isLost(_ outcome: StepOutcome) -> Bool {
        switch (self, outcome) {
        case (_, .unknown): true
        case (.gone, .done(_, let alreadyDone)): !alreadyDone
        case (_, .done), (_, .failed), (_, .stale), (_, .notAttempted): false
        }
    }

    private func note(on lost: [String]) -> String {
        let addresses = lost.prefix(Self.mostShown).joined(separator: ", ")
        let rest = lost.count - Self.mostShown
        let profiles = counted(lost.count, "profile")
        let beginning =
            if case .gone = self {
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

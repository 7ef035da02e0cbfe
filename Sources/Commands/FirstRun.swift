import Diagnostics
import Ledger
import Manifests

/// Whether an apply may start with the ledger that there is, or without one.
struct FirstRun {
    /// `--first-run`: the user says that nothing was applied before.
    var isAnnounced: Bool
    var isInPipeline: Bool

    init(isAnnounced: Bool = false, in session: Session) {
        self.isAnnounced = isAnnounced
        isInPipeline = session.isInPipeline
    }

    /// Nil when it may start.
    func refusal(_ presence: LedgerPresence, _ context: RunContext) throws(Stop) -> Stop? {
        switch presence {
        case .there where isAnnounced: try alreadyApplied(context)
        case .missing(let missing) where !isAnnounced && isInPipeline && missing.sandbox == nil: unannounced(missing)
        case .there, .notYet, .missing: nil
        }
    }

    private func unannounced(_ missing: MissingLedger) -> Stop {
        Stop(
            Diagnostic(
                .firstRun, "apply does not start where CI is set: \(missing.fact)",
                help: "restore the ledger. Only if nothing was ever applied to '\(missing.environment)', run "
                    + "`profilectl apply --first-run` once, and keep the ledger that it writes"),
            code: .blocked)
    }

    private func alreadyApplied(_ context: RunContext) throws(Stop) -> Stop {
        let path = try context.resolved(context.environment.ledgerFile)
        return Stop(
            Diagnostic(
                .firstRun,
                "--first-run is for an environment without a ledger, but '\(context.environment.name)' has \(path)",
                help: "leave --first-run away: earlier applies are known"),
            code: .usage)
    }
}

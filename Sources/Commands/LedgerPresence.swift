import Diagnostics
import Ledger
import Manifests
import Planning
import ProfileModel

/// Whether the ledger of an environment can say what was applied before.
enum LedgerPresence: Sendable {
    case there
    /// An embedded sandbox without profiles: nothing can have been applied.
    case notYet
    case missing(MissingLedger)

    var history: LedgerHistory {
        switch self {
        case .there: .known
        case .notYet: .nothingApplied
        case .missing: .missing
        }
    }

    var missing: MissingLedger? {
        switch self {
        case .there, .notYet: nil
        case .missing(let missing): missing
        }
    }
}

/// A ledger of earlier applies that should be there and is not.
struct MissingLedger: Sendable {
    /// As the workspace names it.
    var path: String
    var environment: String
    /// The data file of an embedded sandbox; nil for an account.
    var sandbox: String?

    /// What a plan says of it.
    var warning: Diagnostic {
        Diagnostic(
            .ledgerMissing, "\(fact): profilectl sees all profiles of '\(environment)' for the first time",
            severity: .warning,
            help: "removed manifests, changed keys and values taken out of manifests cannot be noticed; " + wayOut)
    }

    /// For commands that can do nothing without it.
    /// - Parameter consequence: a clause, as `no run is known`.
    func error(so consequence: String) -> Stop {
        Stop(Diagnostic(.ledgerMissing, "\(fact), so \(consequence)", help: wayOut), code: .error)
    }

    var fact: String { "there is no ledger of an earlier apply at \(path)" }

    private var wayOut: String {
        switch sandbox {
        case let file?: "restore the ledger, or remove \(file) to start with an empty sandbox"
        case nil: "restore the ledger. If nothing was ever applied to '\(environment)', the first apply writes one"
        }
    }
}

/// What a plan takes from the ledger.
struct KnownLedger: Sendable {
    var entries: [LedgerEntry]
    var presence: LedgerPresence
}

extension RunContext {
    /// For commands that do not open the account.
    func ledgerPresence(in session: Session) throws(Stop) -> LedgerPresence {
        let hasHistory = try ledgerHasHistory(of: self)
        let context = self
        return try presence(hasHistory: hasHistory) { EmbeddedSandbox.holdsProfiles(context, in: session) }
    }

    /// Ends a command that can do nothing without a ledger.
    /// - Parameter consequence: a clause, as `no run is known`.
    func needsLedger(orElse consequence: String, in session: Session) throws(Stop) {
        if let missing = try ledgerPresence(in: session).missing { throw missing.error(so: consequence) }
    }

    /// - Parameter sandboxHoldsProfiles: asked only where there is an embedded sandbox and no ledger.
    fileprivate func presence(
        hasHistory: Bool, _ sandboxHoldsProfiles: () -> Bool
    ) throws(Stop) -> LedgerPresence {
        if hasHistory { return .there }
        var missing = MissingLedger(path: try resolved(environment.ledgerFile), environment: environment.name)
        guard let file = environment.sandboxFile else { return .missing(missing) }
        missing.sandbox = try resolved(file)
        return sandboxHoldsProfiles() ? .missing(missing) : .notYet
    }
}

extension Account {
    func ledgerPresence(_ context: RunContext) throws(Stop) -> LedgerPresence {
        try ledgerPresence(context, hasHistory: ledgerHasHistory(of: context))
    }

    func ledgerPresence(_ context: RunContext, _ ledger: LedgerFile) throws(Stop) -> LedgerPresence {
        let hasHistory = try ledgerCall { () throws(LedgerFailure) in try ledger.hasHistory() }
        return try ledgerPresence(context, hasHistory: hasHistory)
    }

    private func ledgerPresence(_ context: RunContext, hasHistory: Bool) throws(Stop) -> LedgerPresence {
        try context.presence(hasHistory: hasHistory) { holdsProfilesInSandbox }
    }
}

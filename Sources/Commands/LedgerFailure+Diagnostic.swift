import Diagnostics
import Ledger
import Planning
import ProfileModel
import WireFormat

extension LedgerFailure {
    /// What is wrong with the ledger, as a message with a code and a way out.
    var diagnostic: Diagnostic {
        switch self {
        case .locked(let record):
            // Whoever takes the lock says more: that takes a clock.
            Diagnostic(.ledgerLocked, "another run holds the lock of the ledger: \(record.holder.words)")
        case .lockLost(let record):
            Diagnostic(
                .ledgerLocked,
                "the lock of the ledger was taken by \(record?.holder.words ?? "somebody") while this run worked",
                help: "nothing more was sent. Run `profilectl plan` to see what is left to do")
        case .newerFormat(let path, let found, let known):
            Diagnostic(
                .ledgerTooNew, "the ledger \(path) has format \(found); this profilectl knows formats up to \(known)",
                help: "use the newer profilectl that wrote it; the file was not touched")
        case .notALedger(let path):
            Diagnostic(
                .ledgerDamaged, "\(path) is no ledger",
                help: "check `ledger` in profilectl.yaml; the file was not touched")
        case .otherEnvironment(let found, let expected):
            Diagnostic(
                .ledgerMismatch,
                "the ledger belongs to \(found.service) (environment '\(found.name)'), not to \(expected.service)",
                help: "give each account a ledger of its own: `ledger: {file: …}` in its environment")
        case .damaged(let path, let reason):
            Diagnostic(
                .ledgerDamaged, "the ledger \(path) is damaged: \(reason)",
                help: "restore it from a backup, or move it away: profiles are then found again by their keys")
        case .cannotRead(let path, let reason), .cannotWrite(let path, let reason):
            Diagnostic(.ledgerUnusable, "the ledger \(path) cannot be used: \(reason)")
        case .diskFull(let path):
            Diagnostic(
                .ledgerUnusable, "the disk with the ledger \(path) is full",
                help: "make room and run the command again: it goes on from what is live")
        case .busy(let path):
            Diagnostic(.ledgerLocked, "another process is writing to the ledger \(path); try again")
        case .duplicateRun(let run):
            Diagnostic(.ledgerDamaged, "the ledger has a run \(run) already; try again")
        case .unknownRun(let run):
            Diagnostic(.ledgerDamaged, "the ledger has no run \(run)")
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .locked, .lockLost, .busy: .lockNotAcquired
        case .newerFormat, .notALedger, .otherEnvironment, .damaged, .cannotRead, .cannotWrite, .diskFull,
            .duplicateRun, .unknownRun:
            .error
        }
    }
}

/// A call to the ledger, its failure told as a message.
func ledgerCall<Value>(_ call: () throws(LedgerFailure) -> Value) throws(Stop) -> Value {
    do throws(LedgerFailure) {
        return try call()
    } catch {
        throw Stop(error.diagnostic, code: error.exitCode)
    }
}

/// The entries of an environment's ledger for a command that only reads; nothing is created.
func ledgerEntries(of context: RunContext) throws(Stop) -> [LedgerEntry] {
    try readLedger(of: context) { ledger throws(LedgerFailure) in try ledger.entries() }
}

/// Which ledger an environment has; nil when it has none yet.
func ledgerLineage(of context: RunContext) throws(Stop) -> String? {
    try readLedger(of: context) { ledger throws(LedgerFailure) in try ledger.identity()?.lineage }
}

/// Whether anything was ever applied with the environment's ledger; false when it has none.
func ledgerHasHistory(of context: RunContext) throws(Stop) -> Bool {
    try readLedger(of: context) { ledger throws(LedgerFailure) in try ledger.hasHistory() }
}

private func readLedger<Value>(
    of context: RunContext, _ read: (LedgerFile) throws(LedgerFailure) -> Value
) throws(Stop) -> Value {
    let path = try context.ledgerPath()
    // Where there is none yet, nobody needs to know of which account it would be.
    let stamp = kindOfFile(path) == .missing ? nil : try Account.stamp(of: context)
    return try ledgerCall { () throws(LedgerFailure) in
        let ledger = try LedgerFile.openReadOnly(path)
        if let stamp { try ledger.bind(environmentName: stamp.name, service: stamp.service) }
        return try read(ledger)
    }
}

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
        case .notALedger(let path, let found):
            Diagnostic(.ledgerDamaged, "\(path) is not a ledger: it is \(found.words)", help: found.wayOut)
        case .strayJournal(let path, let journal):
            Diagnostic(
                .strayJournal, "the ledger \(path) is gone, but its unfinished transaction \(journal) is still there",
                help: "move the ledger back beside it. If the ledger is lost, move that file away too")
        case .gone(let path, let isReplaced):
            Diagnostic(
                .ledgerGone,
                "the ledger \(path) was \(isReplaced ? "replaced by another file" : "removed or moved") while it was in use",
                help: """
                    put the ledger back if you can, then run `profilectl apply`. Otherwise run `profilectl plan`: \
                    profiles are found again by their key identifiers
                    """)
        case .otherEnvironment(let found, let expected):
            Diagnostic(
                .ledgerMismatch,
                "the ledger belongs to \(found.service) (environment '\(found.name)'), not to \(expected.service)",
                help: "give each account a ledger of its own: `ledger: {file: …}` in its environment")
        case .damaged(let path, let reason):
            Diagnostic(
                .ledgerDamaged, "the ledger \(path) is damaged: \(reason)",
                help: "restore it from a backup, or move it away: profiles are then found again by their keys")
        case .cannotRead(let path, let reason):
            Diagnostic(
                .ledgerUnusable, "the ledger \(path) cannot be read: \(reason)",
                help: "check the permissions of the file and its directories")
        case .cannotWrite(let path, let reason):
            Diagnostic(
                .ledgerUnusable, "the ledger \(path) cannot be written: \(reason)",
                help: "check the permissions of the file and its directory, the disk, and its quota")
        case .diskFull(let path):
            Diagnostic(
                .ledgerUnusable, "the disk with the ledger \(path) is full",
                help: "make room and run the command again: it goes on from what is live")
        case .busy(let path, let holder):
            Diagnostic(
                .ledgerHeld, "\(holder.words) has a transaction open in the ledger \(path)",
                help: """
                    end that program or its transaction, then run the command again. \
                    Commands that write wait as long as --lock-timeout says
                    """)
        case .interrupted:
            Diagnostic(.ledgerHeld, "the run was stopped while it waited for another program to let go of the ledger")
        case .duplicateRun(let run):
            Diagnostic(.ledgerDamaged, "the ledger has a run \(run) already; try again")
        case .unknownRun(let run):
            Diagnostic(.ledgerDamaged, "the ledger has no run \(run)")
        case .managedElsewhere(let id, let present, let wanted):
            Diagnostic(
                .managedElsewhere,
                "\(wanted) cannot be profile \(id): the ledger has this profile as \(present), and a live profile has "
                    + "one address",
                help: "`profilectl ledger forget \(present)` lets go of the other address; the profile stays as it is")
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .locked, .lockLost, .busy: .lockNotAcquired
        case .interrupted: .interrupted
        case .newerFormat, .notALedger, .strayJournal, .gone, .otherEnvironment, .damaged, .cannotRead, .cannotWrite,
            .diskFull, .duplicateRun, .unknownRun, .managedElsewhere:
            .error
        }
    }

    /// The same once the lock was held and calls may have been made.
    var exitCodeDuringRun: ExitCode {
        switch self {
        case .busy: .error
        case .locked, .lockLost, .interrupted, .newerFormat, .notALedger, .strayJournal, .gone, .otherEnvironment,
            .damaged, .cannotRead, .cannotWrite, .diskFull, .duplicateRun, .unknownRun, .managedElsewhere:
            exitCode
        }
    }
}

extension ForeignFile {
    /// After "it is".
    var words: String {
        switch self {
        case .directory: "a directory"
        case .special: "a pipe, a socket or a device"
        case .linkToNowhere: "a symbolic link to a file that does not exist"
        case .empty: "an empty file"
        case .onlyZeros: "a file of zero bytes only, as a crash can leave it"
        case .gitLFSPointer: "a pointer of Git LFS"
        case .text: "a text file"
        case .sandboxData: "the data of a sandbox"
        case .otherDatabase: "an SQLite database of another program"
        case .other: "a file of another kind"
        }
    }

    var wayOut: String {
        switch self {
        case .empty, .onlyZeros:
            "restore the ledger from a backup. Without one, move the file away: profiles are then found again by their keys"
        case .gitLFSPointer: "get the file with `git lfs pull`, or move the pointer away"
        case .linkToNowhere: "restore the file that the link leads to, or remove the link"
        case .sandboxData: "give the ledger another file: `ledger: {file: …}` in its environment"
        case .directory, .special, .text, .otherDatabase, .other:
            "check `ledger` in profilectl.yaml, and restore the ledger from a backup or move the file away. It was not changed"
        }
    }
}

extension FileHolder? {
    /// `process 812 (sqlite3)`.
    var words: String {
        guard let self else { return "another program" }
        return "process \(self.processID)" + (self.program.map { " (\($0))" } ?? "")
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

/// The addresses of the managed profiles.
func ledgerAddresses(of context: RunContext) throws(Stop) -> [Address] {
    try readLedger(of: context) { ledger throws(LedgerFailure) in try ledger.addresses() }
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

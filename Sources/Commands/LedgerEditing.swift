import ArgumentParser
import Diagnostics
import Ledger
import ProfileModel
import Reconciler

struct LedgerForgetCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Stop managing a profile. It stays as it is in the service.")

    @Argument(help: "The address, source/type/name.")
    var address: String

    @OptionGroup var lock: LockOptions
    @OptionGroup var environment: EnvironmentOptions

    func run(in session: Session) async throws -> ExitCode {
        let address = try LedgerEditor.address(address)
        try await LedgerEditor(environment, lock, in: session).edit { entries throws(Stop) in
            [.remove(try LedgerEditor.entry(at: address, among: entries).address)]
        }
        try session.output.write("\(address) is no longer managed; nothing was sent to the service.\n")
        return .done
    }
}

struct LedgerMoveCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Manage a profile under a new address.",
        discussion: "For a profile that was renamed in the manifests. Source and type cannot change.")

    @Argument(help: "The address so far, source/type/name.")
    var from: String

    @Argument(help: "The new address.")
    var to: String

    @OptionGroup var lock: LockOptions
    @OptionGroup var environment: EnvironmentOptions

    func validate() throws {
        let (from, to) = (try LedgerEditor.address(from), try LedgerEditor.address(to))
        guard from != to else { throw ValidationError("the two addresses are the same") }
        guard from.source.isExactly(to.source), from.type.isExactly(to.type) else {
            throw ValidationError("source and type of a profile cannot change, only the name")
        }
    }

    func run(in session: Session) async throws -> ExitCode {
        let (from, to) = (try LedgerEditor.address(from), try LedgerEditor.address(to))
        try await LedgerEditor(environment, lock, in: session).edit { entries throws(Stop) in
            var entry = try LedgerEditor.entry(at: from, among: entries)
            guard !entries.contains(where: { $0.address == to }) else {
                throw Stop(
                    Diagnostic(
                        .ledgerMismatch, "\(from) cannot become \(to): the ledger has another profile there",
                        help: "`profilectl ledger forget \(to)` lets go of that one; it stays as it is"),
                    code: .error)
            }
            entry.address = to
            return [.move(from: from, entry)]
        }
        try session.output.write("\(from) is now managed as \(to); nothing was sent to the service.\n")
        return .done
    }
}

/// Changes the entries of an environment's ledger, under its lock.
struct LedgerEditor {
    private let context: RunContext
    private let session: Session
    private let locks: LockTaking

    init(_ environment: EnvironmentOptions, _ lock: LockOptions, in session: Session) throws(Stop) {
        context = try RunContext.load(environment, in: session)
        self.session = session
        locks = LockTaking(lock, in: session)
    }

    static func address(_ text: String) throws -> Address {
        guard let address = Address(text) else {
            throw ValidationError("an address has three parts: source/type/name")
        }
        return address
    }

    static func entry(at address: Address, among entries: [LedgerEntry]) throws(Stop) -> LedgerEntry {
        if let entry = entries.first(where: { $0.address == address }) { return entry }
        throw Stop(
            Diagnostic(
                .ledgerMismatch, "the ledger has no profile \(address)",
                help: "`profilectl ledger list` shows what it has"),
            code: .error)
    }

    func edit(_ changes: ([LedgerEntry]) throws(Stop) -> [LedgerChange]) async throws {
        try context.needsLedger(orElse: "nobody knows what is managed", in: session)
        // Reads first, so that a mistyped address creates no ledger.
        _ = try changes(ledgerEntries(of: context))
        let path = try context.ledgerPath()
        let ledger = try ledgerCall { () throws(LedgerFailure) in try LedgerFile.open(path, waiting: locks.waiting) }
        try await locks.holding(ledger) { lock in
            let entries = try ledgerCall { () throws(LedgerFailure) in try ledger.entries() }
            let edits = try changes(entries)
            try ledgerCall { () throws(LedgerFailure) in
                try ledger.update(edits, at: session.now(), lock: lock.token)
            }
        }
    }
}

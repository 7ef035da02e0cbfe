package import Diagnostics

/// A file in which an environment keeps data of its own.
package struct StoreFile: Sendable {
    package enum Role: Sendable, Hashable {
        case ledger, sandbox
    }

    package var role: Role
    package var environment: String
    /// As the workspace file has it, with variables put in.
    package var path: String
    package var location: SourceLocation?
    package var identity: FileIdentity
    /// The files that SQLite makes beside it.
    package var sideFiles: Set<FileIdentity>

    package init(
        role: Role, environment: String, path: String, location: SourceLocation?, identity: FileIdentity,
        sideFiles: Set<FileIdentity> = []
    ) {
        self.role = role
        self.environment = environment
        self.path = path
        self.location = location
        self.identity = identity
        self.sideFiles = sideFiles
    }
}

/// Which file a path leads to, whatever the path is called.
package enum FileIdentity: Sendable, Hashable {
    case file(device: UInt64, inode: UInt64)
    /// No file yet: the directory that is there, and the names below it.
    case place(device: UInt64, inode: UInt64, names: [String])
}

/// A ledger and a sandbox, or two ledgers, in one file. Two environments may share a sandbox: it is one account then.
/// - Parameter chosen: only what concerns this environment; nil for all.
package func sharedStores(_ stores: [StoreFile], chosen: String? = nil) -> [Diagnostic] {
    stores.indices.compactMap { later in
        stores[..<later].lazy
            .filter { chosen == nil || $0.environment == chosen || stores[later].environment == chosen }
            .compactMap { clash(of: stores[later], with: $0) }.first
    }
}

private func clash(of store: StoreFile, with other: StoreFile) -> Diagnostic? {
    if store.identity == other.identity {
        switch (store.role, other.role) {
        case (.ledger, .ledger): sharedLedger(store, other)
        case (.ledger, .sandbox), (.sandbox, .ledger): ledgerAndSandbox(store, other)
        case (.sandbox, .sandbox): nil
        }
    } else if other.sideFiles.contains(store.identity) {
        sideFile(store, of: other)
    } else if store.sideFiles.contains(other.identity) {
        sideFile(other, of: store)
    } else {
        nil
    }
}

private func sharedLedger(_ store: StoreFile, _ other: StoreFile) -> Diagnostic {
    Diagnostic(
        .sharedLedger,
        "environments '\(other.environment)' and '\(store.environment)' have the same ledger file, '\(store.path)'",
        at: store.location, notes: [other.note],
        help: """
            each would take the other's profiles for removed ones. Give each environment its own file, for example \
            `ledger: {file: .profilectl/\(store.environment).sqlite}`
            """)
}

private func ledgerAndSandbox(_ store: StoreFile, _ other: StoreFile) -> Diagnostic {
    let names =
        store.environment == other.environment
        ? "the ledger and the sandbox of environment '\(store.environment)'"
        : [store.name, other.name].sorted().joined(separator: " and ")
    return Diagnostic(
        .ledgerIsSandbox, "\(names) are the same file, '\(store.path)'", at: store.location, notes: [other.note],
        help: store.role == .ledger
            ? "give the ledger another file: `ledger: {file: …}`"
            : "give the sandbox another file: `sandbox: {data: …}`")
}

private func sideFile(_ store: StoreFile, of other: StoreFile) -> Diagnostic {
    Diagnostic(
        store.role == .ledger && other.role == .ledger ? .sharedLedger : .ledgerIsSandbox,
        "SQLite uses the file of \(store.name), '\(store.path)', beside \(other.name)", at: store.location,
        notes: [other.note], help: "choose a name that does not end in -journal, -wal or -shm")
}

extension StoreFile {
    /// For messages: what it is, and of which environment.
    package var name: String {
        switch role {
        case .ledger: "the ledger of environment '\(environment)'"
        case .sandbox: "the sandbox of environment '\(environment)'"
        }
    }

    fileprivate var note: Diagnostic.Note { Diagnostic.Note("\(name) is '\(path)'", at: location) }
}

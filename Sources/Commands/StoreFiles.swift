import Diagnostics
import Glibc
import Ledger
import Manifests

/// Which environments are compared for files that they share.
enum StoreCheck {
    /// The chosen one with all others.
    case chosen
    case all
}

extension RunContext {
    /// Files that are a ledger and something else too. Nothing is opened, for SQLite would change what it opens.
    func sharedStores(_ check: StoreCheck, in session: Session) -> [Diagnostic] {
        let stores = workspace.environments.flatMap { storeFiles(of: $0, in: session) }
        switch check {
        case .chosen: return Manifests.sharedStores(stores, chosen: environment.name)
        case .all: return Manifests.sharedStores(stores)
        }
    }

    /// Throws where a document would take the place of a ledger or a sandbox, or of what SQLite keeps beside it.
    /// - Parameters:
    ///   - name: as the user wrote it.
    ///   - noun: what is to be saved, for messages.
    func requireNoStore(at path: String, as name: String, noun: String, in session: Session) throws(Stop) {
        let identity = FileIdentity(ofFileAt: path)
        let stores = workspace.environments.flatMap { storeFiles(of: $0, in: session) }
        guard let store = stores.first(where: { $0.identity == identity || $0.sideFiles.contains(identity) }) else {
            return
        }
        throw SavedDocument.refusal(
            noun, name, "this file belongs to \(store.name)", help: "choose another name")
    }

    /// A warning when the ledger is that of an environment of another name, as where two workspaces share it. Only where
    /// the file is named: by default the name is in its path.
    func ledgerNameWarning() -> Diagnostic? {
        // Nothing is said where the ledger cannot be read: the command that needs it says why.
        guard let template = environment.ledger, let path = try? ledgerPath(),
            let former = try? LedgerFile.openReadOnly(path).identity()?.environment?.name,
            !former.isEmpty, former != environment.name
        else { return nil }
        return Diagnostic(
            .ledgerOfAnotherName,
            "the ledger '\(template.text)' was last used by an environment '\(former)', and this one is '\(environment.name)'",
            severity: .warning, at: template.location,
            help: """
                if the environment was renamed, nothing needs to be done. If two environments use this ledger, each takes \
                the other's profiles for removed ones: give each its own
                """)
    }

    /// A path with variables that are not set is left out: the command that needs it says what is missing.
    private func storeFiles(of environment: Environment, in session: Session) -> [StoreFile] {
        var unset: [Diagnostic] = []
        let variables = environment.variables(environment: session.variables)
        let templates: [(StoreFile.Role, Template?)] = [
            (.ledger, environment.ledgerFile), (.sandbox, environment.sandboxFile),
        ]
        return templates.compactMap { role, template in
            guard let template, let text = template.resolve(variables, reporting: &unset) else { return nil }
            let path = resolvePath(text, in: directory)
            return StoreFile(
                role: role, environment: environment.name, path: text,
                location: template.location ?? environment.location, identity: FileIdentity(ofFileAt: path),
                sideFiles: Set(["-journal", "-wal", "-shm"].map { FileIdentity(ofFileAt: endOfLinks(path) + $0) }))
        }
    }
}

extension FileIdentity {
    /// - Parameter path: absolute. A link to nowhere leads to the place where its file would be.
    init(ofFileAt path: String) {
        var path = path
        // As many links as the system itself follows.
        for _ in 0..<40 {
            let (directory, names) = nearest(to: path)
            guard let first = names.first, let end = linkedPath(directory, first) else {
                self.init(of: directory, names)
                return
            }
            path = ([end] + names.dropFirst()).joined(separator: "/")
        }
        self.init(of: path, [])
    }

    private init(of directory: String, _ names: [String]) {
        var facts = stat()
        _ = stat(directory, &facts)
        let (device, inode) = (UInt64(facts.st_dev), UInt64(facts.st_ino))
        let names = names.reduce(into: [String]()) { kept, name in
            if name == ".." { _ = kept.popLast() } else { kept.append(name) }
        }
        self = names.isEmpty ? .file(device: device, inode: inode) : .place(device: device, inode: inode, names: names)
    }
}

/// The longest part of a path that exists, and the names after it.
private func nearest(to path: String) -> (String, [String]) {
    var present = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    var missing: [String] = []
    while kindOfFile("/" + present.joined(separator: "/")) == .missing, let last = present.popLast() {
        missing.insert(last, at: 0)
    }
    return ("/" + present.joined(separator: "/"), missing)
}

/// Where a symbolic link leads; nil for anything else.
private func linkedPath(_ directory: String, _ name: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let path = "\(directory)/\(name)"
    let count = buffer.withUnsafeMutableBytes { bytes in
        readlink(path, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard count > 0 else { return nil }
    return resolvePath(String(decoding: buffer[..<count], as: UTF8.self), in: directory)
}

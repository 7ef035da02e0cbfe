import Diagnostics

/// A repository, asked through `git`. Nothing is changed in it.
struct GitRepository {
    private let session: Session
    private let environment: [String: String]
    /// Where git is run.
    private var directory: String
    /// Where the working tree begins, absolute and without links.
    private(set) var root = ""
    /// The way from there to the directory asked about; empty, or with a slash at its end.
    private(set) var prefix = ""
    private var isShallow = false

    /// The repository whose working tree a directory lies in. Only where there is none, the one that the process
    /// environment names.
    init(around directory: String, in session: Session) throws(Stop) {
        let (found, complaint) = try Self.look(around: directory, gitEnvironment(session.environment), in: session)
        if let found {
            self = found
        } else if let named = try Self.named(around: directory, in: session) {
            self = named
        } else {
            throw GitFailure.noRepository(
                directory, complaint, isNamed: session.environment["GIT_DIR"]?.isEmpty == false)
        }
    }

    private init(_ session: Session, _ environment: [String: String], _ directory: String) {
        self.session = session
        self.environment = environment
        self.directory = directory
    }

    private static func look(
        around directory: String, _ environment: [String: String], in session: Session
    ) throws(Stop) -> (GitRepository?, complaint: [String]) {
        var repository = GitRepository(session, environment, directory)
        let facts = try repository.git("rev-parse", "--is-shallow-repository", "--show-toplevel")
        guard facts.status == 0, let lineEnd = facts.text.firstIndex(of: "\n") else { return (nil, facts.complaint) }
        let place = try repository.git("rev-parse", "--show-prefix")
        guard place.status == 0 else { return (nil, place.complaint) }
        repository.isShallow = facts.text[..<lineEnd] == "true"
        repository.root = String(facts.text[lineEnd...].dropFirst().dropLast())
        repository.prefix = String(place.text.dropLast())
        repository.directory = repository.root
        return (repository, [])
    }

    /// A bare repository with a working tree elsewhere, or a hook that checks out into a directory of its own: git
    /// finds these through its variables only. They must name a working tree that the directory lies in.
    private static func named(around directory: String, in session: Session) throws(Stop) -> GitRepository? {
        guard var variables = namedRepository(session.environment, in: session.workingDirectory) else { return nil }
        let named = GitRepository(session, variables, session.workingDirectory)
        if variables["GIT_WORK_TREE"] == nil {
            // Git would take any directory for the top of the working tree.
            guard try named.git("config", "--get", "core.worktree").status == 0 else { return nil }
        }
        let place = try named.git("rev-parse", "--absolute-git-dir", "--show-toplevel")
        let lines = place.text.split(separator: "\n")
        guard place.status == 0, lines.count == 2 else { return nil }
        variables["GIT_DIR"] = String(lines[0])
        variables["GIT_WORK_TREE"] = String(lines[1])
        let inside = try GitRepository(session, variables, directory).git("rev-parse", "--is-inside-work-tree")
        guard inside.status == 0, inside.text == "true\n" else { return nil }
        return try look(around: directory, variables, in: session).0
    }

    /// Where the history of the working tree and that of the revision parted.
    func mergeBase(with revision: String) throws(Stop) -> String {
        let commit = try self.commit(revision)
        let head = try self.commit("HEAD")
        let base = try git("merge-base", head, commit)
        if base.status == 0, let line = base.text.split(separator: "\n").first { return String(line) }
        guard base.status == 1, !base.hasErrors else { throw GitFailure.unexpected(base.complaint) }
        throw GitFailure.noMergeBase(revision, isShallow: isShallow)
    }

    private func commit(_ revision: String) throws(Stop) -> String {
        let found = try git("rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}")
        if found.status == 0, let line = found.text.split(separator: "\n").first { return String(line) }
        // A name that leads to an object which is not there is a damaged clone, not a wrong name. The name may begin
        // at HEAD, and then it says nothing itself.
        for name in [revision, "HEAD"] { try checkObject(of: name) }
        throw GitFailure.noRevision(revision, in: root, isShallow: isShallow)
    }

    private func checkObject(of name: String) throws(Stop) {
        let found = try git("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        let id = found.text.prefix { $0 != "\n" }
        guard found.status == 0, !id.isEmpty, id != name else { return }
        let object = try git("cat-file", "-t", String(id))
        guard object.status == 0 else { throw GitFailure.unexpected(object.complaint) }
    }

    /// All files of a commit, in the order of their names.
    func entries(at commit: String) throws(Stop) -> [GitEntry] {
        let listing = try git("ls-tree", "-r", "-z", "--full-tree", commit)
        guard listing.status == 0 else { throw GitFailure.unexpected(listing.complaint) }
        return listing.output.split(separator: 0).compactMap { GitEntry(treeLine: $0) }
    }

    /// All files of the index, those too that a sparse checkout leaves out.
    func trackedEntries() throws(Stop) -> [GitEntry] {
        let listing = try git("ls-files", "-s", "-t", "-z")
        guard listing.status == 0 else { throw GitFailure.unexpected(listing.complaint) }
        if listing.output.isEmpty, try lacksIndex() { return try entriesNeverCheckedOut() }
        return listing.output.split(separator: 0).compactMap { GitEntry(indexLine: $0) }
    }

    /// So it is after `--no-checkout`. Who removes all files with git leaves an empty index. A bare repository whose
    /// working tree is elsewhere may never have had one.
    private func lacksIndex() throws(Stop) -> Bool {
        guard environment["GIT_DIR"] == nil else { return false }
        let index = try git("rev-parse", "--git-path", "index")
        return index.status == 0 && kindOfFile(resolvePath(String(index.text.dropLast()), in: directory)) == .missing
    }

    private func entriesNeverCheckedOut() throws(Stop) -> [GitEntry] {
        guard try git("rev-parse", "--verify", "--quiet", "HEAD").status == 0 else { return [] }
        return try entries(at: "HEAD").map { entry in
            var entry = entry
            entry.isSkipped = true
            return entry
        }
    }

    /// Where the file of an entry is or would be, absolute.
    func place(of entry: GitEntry) -> String { root == "/" ? "/\(entry.path)" : "\(root)/\(entry.path)" }

    /// Whether the working tree lacks what the index has. A submodule that was never fetched is an empty directory.
    func lacks(_ entry: GitEntry) -> Bool {
        let place = Array((root == "/" ? "/" : root + "/").utf8) + entry.bytes
        switch entry.kind {
        case .file, .link: return !somethingIsAt(place)
        case .submodule: return !somethingIsAt(place + Array("/.git".utf8))
        }
    }

    func git(_ arguments: String..., input: [UInt8] = []) throws(Stop) -> ProgramCall.Result {
        let call = ProgramCall(
            name: "git", arguments: ["--no-optional-locks", "-C", directory] + arguments, environment: environment,
            input: input)
        do throws(ProgramCall.Failure) {
            return try session.runProgram(call)
        } catch {
            throw GitFailure.unavailable(error)
        }
    }

    /// A word that no file can be expected to have in it.
    func mark() -> String { "\(session.randomSeed())-\(session.randomSeed())" }
}

extension ProgramCall.Result {
    /// Hints and warnings are none.
    fileprivate var hasErrors: Bool { complaint.contains { $0.hasPrefix("error:") || $0.hasPrefix("fatal:") } }

    var text: String { String(decoding: output, as: UTF8.self) }

    /// What it complains about, line by line.
    var complaint: [String] {
        String(decoding: errors, as: UTF8.self).split(separator: "\n").map { line in
            String(line.drop { $0 == " " || $0 == "\t" || $0 == "\r" })
        }.filter { !$0.isEmpty }
    }
}

import Diagnostics

/// The repository that the workspace lies in, asked through `git`. Nothing is changed in it.
struct GitRepository {
    private let session: Session
    private let directory: String
    /// Where the work tree begins, absolute and without links.
    private(set) var root = ""
    /// The way from there to the workspace; empty, or with a slash at its end.
    private(set) var prefix = ""
    private var isShallow = false

    /// A file of a commit.
    struct Entry {
        enum Kind { case file, link, submodule }
        var kind: Kind
        var id: String
        /// From the root.
        var path: String
    }

    init(around directory: String, in session: Session) throws(Stop) {
        self.session = session
        self.directory = directory
        let facts = try git("rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository")
        let lines = facts.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard facts.status == 0, lines.count >= 3 else { throw Self.noRepository(directory, facts.complaint) }
        root = String(lines[0])
        prefix = String(lines[1])
        isShallow = lines[2] == "true"
    }

    /// Where the history of the work tree and that of the revision parted.
    func mergeBase(with revision: String) throws(Stop) -> String {
        let commit = try self.commit(revision)
        let head = try self.commit("HEAD")
        let base = try git("merge-base", head, commit)
        if base.status == 0, let line = base.text.split(separator: "\n").first { return String(line) }
        throw Stop(
            Diagnostic(
                .mergeBaseMissing,
                isShallow
                    ? "this clone is shallow and does not reach back to where \(revision) and HEAD parted"
                    : "\(revision) and HEAD have no common history",
                help: isShallow
                    ? "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"
                    : "name a revision of this history"),
            code: .error)
    }

    private func commit(_ revision: String) throws(Stop) -> String {
        let found = try git("rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}")
        if found.status == 0, let line = found.text.split(separator: "\n").first { return String(line) }
        throw Stop(
            Diagnostic(
                .revisionNotFound,
                revision == "HEAD"
                    ? "the repository has no commit yet" : "there is no revision '\(revision)' in \(root)",
                help: isShallow
                    ? "this clone is shallow: fetch with `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"
                    : "`git branch --all` and `git tag` list names; a branch of the server may have to be fetched first"
            ),
            code: .usage)
    }

    /// All files of a commit, in the order of their names.
    func entries(at commit: String) throws(Stop) -> [Entry] {
        let listing = try git("ls-tree", "-r", "-z", "--full-tree", commit)
        guard listing.status == 0 else { throw Self.unexpected(listing.complaint) }
        return listing.output.split(separator: 0).compactMap { line in
            // `100644 blob 3b18e512dba79e4c8300dd08aeb37f8e728b8dad\tprofiles/riders.yaml`
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            let facts = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
            guard facts.count == 3 else { return nil }
            let kind: Entry.Kind = facts[0] == "120000" ? .link : facts[1] == "blob" ? .file : .submodule
            return Entry(
                kind: kind, id: String(facts[2]), path: String(decoding: line[(tab + 1)...], as: UTF8.self))
        }
    }

    /// The bytes of blobs, in the order of their ids.
    func contents(of ids: [String]) throws(Stop) -> [[UInt8]] {
        guard !ids.isEmpty else { return [] }
        let batch = try git("cat-file", "--batch", input: Array(ids.map { $0 + "\n" }.joined().utf8))
        var rest = batch.output[...]
        var contents: [[UInt8]] = []
        for id in ids {
            // `ID blob SIZE`, a line break, the bytes, a line break.
            let head = String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            let facts = head.split(separator: " ")
            guard facts.count == 3, facts[1] == "blob", let size = Int(facts[2]), rest.count > head.utf8.count + size
            else { throw Self.unexpected("object \(id): \(head.isEmpty ? batch.complaint : head)") }
            rest = rest.dropFirst(head.utf8.count + 1)
            contents.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size + 1)
        }
        return contents
    }

    private func git(_ arguments: String..., input: [UInt8] = []) throws(Stop) -> ProgramCall.Result {
        var environment = session.environment
        environment["LC_ALL"] = "C"
        environment["GIT_TERMINAL_PROMPT"] = "0"
        let call = ProgramCall(
            name: "git", arguments: ["--no-optional-locks", "-C", directory] + arguments, environment: environment,
            input: input)
        do throws(ProgramCall.Failure) {
            return try session.runProgram(call)
        } catch {
            throw Stop(
                Diagnostic(
                    .gitUnavailable,
                    error.isMissing ? "there is no `git` on the PATH" : "git cannot be run: \(error.reason)",
                    help: "install git, or say with --target which profiles to plan"),
                code: .error)
        }
    }

    private static func noRepository(_ directory: String, _ complaint: String) -> Stop {
        Stop(
            Diagnostic(
                .notARepository, "\(directory) is in no git repository that can be read",
                notes: complaint.isEmpty ? [] : [Diagnostic.Note("git says: \(complaint)")],
                help: "run inside a clone, or say with --target which profiles to plan"),
            code: .error)
    }

    private static func unexpected(_ what: String) -> Stop {
        Stop(
            Diagnostic(
                .gitUnavailable, "git did not answer as expected: \(what)",
                help: "check the clone with `git fsck`, or say with --target which profiles to plan"),
            code: .error)
    }
}

extension ProgramCall.Result {
    fileprivate var text: String { String(decoding: output, as: UTF8.self) }

    /// The first line of what it complains about.
    fileprivate var complaint: String {
        String(decoding: errors.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}

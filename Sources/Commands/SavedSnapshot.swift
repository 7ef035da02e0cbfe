import Diagnostics
import Planning
import ProfileModel
import Views

/// A snapshot from a file.
struct SavedSnapshot {
    var snapshot: Snapshot
    /// As the user wrote it.
    var name: String

    /// - Parameter stamp: of the environment that it must be of.
    static func load(
        _ name: String, of stamp: EnvironmentStamp, in directory: String
    ) throws(Stop) -> SavedSnapshot {
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try readFile(resolvePath(name, in: directory))
        } catch {
            throw Stop(Diagnostic(.unreadableFile, "cannot read '\(name)': \(error.reason)"), code: .invalidInput)
        }
        let saved = SavedSnapshot(snapshot: try read(bytes, name), name: name)
        try saved.check(stamp)
        return saved
    }

    static func read(_ bytes: [UInt8], _ name: String) throws(Stop) -> Snapshot {
        do throws(PlanDocumentFailure) {
            return try Snapshot(json: bytes)
        } catch {
            throw Stop(
                Diagnostic(
                    .snapshotUnreadable, "'\(name)' is no snapshot that can be used: \(error.words)",
                    help: "take it anew with `profilectl snapshot --out \(name)`"),
                code: .invalidInput)
        }
    }

    private func check(_ stamp: EnvironmentStamp) throws(Stop) {
        let made = snapshot.environment
        guard made != stamp else { return }
        throw Stop(
            Diagnostic(
                .snapshotMismatch,
                "the snapshot '\(name)' is of \(made.service) (environment '\(made.name)'), "
                    + "but '\(stamp.name)' is \(stamp.service)",
                help: "choose its environment with --env, or take a snapshot of this one"),
            code: .planStale)
    }

    /// Nothing can be guessed about what was not asked.
    /// - Parameter showsValues: identifiers are named with their values.
    func checkAnswers(_ open: [OpenQuestion], showsValues: Bool) throws(Stop) {
        guard !open.isEmpty else { return }
        let most = 20
        var notes = open.prefix(most).map { Diagnostic.Note("\($0.address): \($0.lookup.words(showsValues))") }
        if open.count > most { notes.append(Diagnostic.Note("and \(counted(open.count - most, "other question"))")) }
        throw Stop(
            Diagnostic(
                .snapshotIncomplete,
                "the snapshot '\(name)' lacks answers for \(counted(addresses(open).count, "profile"))",
                notes: notes,
                help: "the manifests or the ledger changed since it was taken: take it again with "
                    + "`profilectl snapshot --out \(name)`, or plan only the other profiles with --skip-unanswered"),
            code: .planStale)
    }

    /// What a plan says that leaves out the profiles with open questions; nil where none has one.
    func leftOut(_ open: [OpenQuestion]) -> Diagnostic? {
        let left = addresses(open)
        guard !left.isEmpty else { return nil }
        let most = 10
        let more = left.count > most ? " and \(left.count - most) more" : ""
        return Diagnostic(
            .snapshotIncomplete,
            "left out, because the snapshot '\(name)' does not answer what they need: "
                + left.prefix(most).map(\.description).joined(separator: ", ") + more,
            severity: .warning,
            help: "to plan them too, take the snapshot again with `profilectl snapshot --out \(name)`")
    }

    private func addresses(_ open: [OpenQuestion]) -> [Address] { Set(open.map(\.address)).sorted() }
}

extension Lookup {
    fileprivate func words(_ showsValues: Bool) -> String {
        switch self {
        case .user(let id): "which profiles user \(id) has"
        case .profile(let id): "what profile \(id) is"
        case .query(let query):
            "which \(query.source)/\(query.type) has its \(query.identifier.type)" + (showsValues ? " (\(query))" : "")
        }
    }
}

extension PlanScope {
    /// Says that these were left out, in the form of `--exclude`.
    mutating func leaveOut(_ addresses: [Address]) {
        excludes += addresses.map { address in
            address.description.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
        }
    }
}

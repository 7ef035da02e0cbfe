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
    func checkAnswers(_ open: [Lookup]) throws(Stop) {
        guard let first = open.first else { return }
        let more = open.count > 1 ? " and \(counted(open.count - 1, "other question"))" : ""
        throw Stop(
            Diagnostic(
                .snapshotIncomplete, "the snapshot '\(name)' does not tell \(first.words)\(more)",
                help: "manifests or ledger changed since it was taken: take it anew with "
                    + "`profilectl snapshot --out \(name)`"),
            code: .planStale)
    }
}

extension Lookup {
    /// Without values of persons.
    fileprivate var words: String {
        switch self {
        case .user(let id): "which profiles user \(id) has"
        case .profile(let id): "what profile \(id) is"
        case .query(let query):
            "which profile of \(query.source)/\(query.type) has a certain \(query.identifier.type)"
        }
    }
}

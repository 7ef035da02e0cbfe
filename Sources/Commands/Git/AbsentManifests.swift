import Diagnostics
import Manifests
import Planning
import ProfileModel

/// The manifests that git tracks and the working tree lacks, because nobody checked them out. They were not removed.
///
/// Git is asked only when it matters: when something would be deleted or forgotten because no manifest describes it.
struct AbsentManifests {
    let patterns: [PathPattern]
    let context: RunContext
    let session: Session

    /// A manifest that is not in the working tree.
    private struct Absent {
        var name: String
        var entry: GitEntry
    }

    /// What they describe or speak of, with the name of the manifest.
    /// - Throws: where it cannot be known. Nothing may be deleted then.
    func addresses() throws(Stop) -> [Address: String] {
        var found: [Address: String] = [:]
        for (repository, absent) in try absentManifests() {
            try checkObjects(of: absent.filter { !$0.entry.isSkipped }, in: repository)
            let hidden = absent.filter(\.entry.isSkipped)
            let contents = try repository.contents(of: hidden.map(\.entry))
            let sources = zip(hidden, contents).map { SourceText(name: $0.name, bytes: $1) }
            try StandIn.refuse(among: sources)
            found.merge(try addresses(in: sources)) { first, _ in first }
        }
        return found
    }

    /// Says of what was not found that git has it, where that is so.
    func explaining(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard diagnostics.contains(where: { $0.code == .noManifestMatched }) else { return diagnostics }
        do throws(Stop) {
            let names = try absentManifests().flatMap { $0.manifests.filter(\.entry.isSkipped).map(\.name) }
            guard let first = names.first else { return diagnostics }
            let help = """
                git tracks \(first)\(names.count > 1 ? " and \(names.count - 1) more" : ""), but the sparse checkout \
                leaves it out: `git sparse-checkout add DIR` or `git sparse-checkout disable` checks it out
                """
            return diagnostics.map { $0.code == .noManifestMatched ? $0.helping(help) : $0 }
        } catch {
            // What git cannot say makes the first message no better.
            let found = error.diagnostics.filter { $0.code == .manifestsNotCheckedOut }
            return diagnostics.map { $0.code == .noManifestMatched ? $0.noting(found.map(\.message)) : $0 }
        }
    }

    private func absentManifests() throws(Stop) -> [(repository: GitRepository, manifests: [Absent])] {
        let grounds = patterns.map { (pattern: $0, ground: ManifestGround($0, in: context.directory)) }
        var found: [(GitRepository, [Absent])] = []
        for repository in try repositories(of: grounds.map(\.ground)) {
            var absent: [[UInt8]: Absent] = [:]
            let entries = try repository.trackedEntries()
            for (pattern, ground) in grounds {
                for folder in ground.folders {
                    let more = try absentManifests(among: entries, of: repository, below: folder, pattern)
                    absent.merge(more) { first, _ in first }
                }
            }
            found.append((repository, absent.values.sorted { $0.name < $1.name }))
        }
        return found
    }

    /// Each pattern may lead into another repository, and there may be repositories inside that one.
    private func repositories(of grounds: [ManifestGround]) throws(Stop) -> [GitRepository] {
        var places = grounds.reduce(into: Set()) { $0.formUnion($1.repositories) }
        if places.isEmpty, session.environment["GIT_DIR"] != nil { places.insert(context.directory) }
        var found: [GitRepository] = []
        for place in places.sorted() {
            if let repository = try repository(at: place) { found.append(repository) }
        }
        return found
    }

    /// Nil where there is nothing that git could tell. Without git, or where it may not look, the files must say so.
    private func repository(at place: String) throws(Stop) -> GitRepository? {
        do throws(Stop) {
            return try GitRepository(around: place, in: session)
        } catch {
            if !RepositoryPlaces.hasRepository(place) || RepositoryPlaces.isSurelyWhole(place) { return nil }
            throw Self.undecided(
                "whether manifests are missing in \(place), or were removed, is not known", after: error)
        }
    }

    private func absentManifests(
        among entries: [GitEntry], of repository: GitRepository, below folder: ManifestGround.Folder,
        _ pattern: PathPattern
    ) throws(Stop) -> [[UInt8]: Absent] {
        var absent: [[UInt8]: Absent] = [:]
        for entry in entries {
            let path = repository.place(of: entry)
            let rest = path.below(folder.real)
            guard folder.lies(below: path) || rest.map({ !pattern.hides($0) }) ?? false else { continue }
            guard repository.lacks(entry) else { continue }
            switch entry.kind {
            case .submodule: throw Self.noSubmodule(entry, repository)
            case .link:
                if entry.isSkipped { throw Self.noLink(entry) }
            case .file:
                let name = folder.name(of: rest ?? "")
                guard let rest, pattern.takes(rest, as: name) else { continue }
                absent[entry.bytes] = Absent(name: name, entry: entry)
            }
        }
        return absent
    }

    /// What was deleted by hand was removed; what git could not have written was not.
    private func checkObjects(of deleted: [Absent], in repository: GitRepository) throws(Stop) {
        guard let (entry, complaint) = try repository.firstUnavailable(of: deleted.map(\.entry)) else { return }
        throw GitFailure.noContent(entry.path, complaint)
    }

    private func addresses(in sources: [SourceText]) throws(Stop) -> [Address: String] {
        guard !sources.isEmpty else { return [:] }
        var settings = context.workspace.manifestSettings
        settings.allowEmpty = true
        let files = sources.map { decodeManifest($0, variables: context.variables, settings: settings) }
        let (desired, diagnostics) = combine(files, settings: settings)
        let errors = diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else {
            var library = SourceLibrary()
            for source in sources { library.add(source) }
            throw Self.unusable(errors, library)
        }
        return desired.mentions
    }

    // What is said where nothing may be deleted

    private static func undecided(_ message: String, after stop: Stop) -> Stop {
        var stop = stop
        stop.diagnostics.insert(
            Diagnostic(
                .manifestsNotCheckedOut, message,
                help: """
                    nothing is planned, because profiles could be deleted that are still described. Let git read the \
                    clone, or plan only what you name: with paths or with --target
                    """), at: 0)
        return stop
    }

    private static func unusable(_ errors: [Diagnostic], _ sources: SourceLibrary) -> Stop {
        let problem = Diagnostic(
            .manifestsNotCheckedOut,
            "manifests that are not checked out are not valid, so what they describe is not known",
            help: """
                nothing is planned, because profiles could be deleted that are still described. \
                `git sparse-checkout add DIR` or `git sparse-checkout disable` checks the manifests out; mend them then
                """)
        return Stop([problem] + errors, code: .invalidInput, sources: sources)
    }

    private static func noSubmodule(_ entry: GitEntry, _ repository: GitRepository) -> Stop {
        Stop(
            Diagnostic(
                .manifestsNotCheckedOut,
                "the submodule '\(entry.path)' of \(repository.root) is not checked out, and it may have manifests",
                help: """
                    nothing is planned, because profiles could be deleted that are still described. \
                    `git submodule update --init \(entry.path)` checks it out
                    """),
            code: .invalidInput)
    }

    private static func noLink(_ entry: GitEntry) -> Stop {
        Stop(
            Diagnostic(
                .manifestsNotCheckedOut,
                "the link '\(entry.path)' is not checked out, and it may lead to manifests",
                help: """
                    nothing is planned, because profiles could be deleted that are still described. \
                    `git sparse-checkout disable` checks everything out
                    """),
            code: .invalidInput)
    }
}

extension Diagnostic {
    fileprivate func helping(_ help: String) -> Diagnostic {
        var diagnostic = self
        diagnostic.help = help
        return diagnostic
    }

    fileprivate func noting(_ messages: [String]) -> Diagnostic {
        var diagnostic = self
        diagnostic.notes += messages.map { Note($0) }
        return diagnostic
    }
}

extension DesiredState {
    /// All addresses that the manifests speak of, with the file.
    fileprivate var mentions: [Address: String] {
        var mentions: [Address: String] = [:]
        for profile in profiles { mentions[profile.address] = profile.origin.file }
        for move in moves { for address in [move.from, move.to] { mentions[address] = move.origin.file } }
        for removal in removals { mentions[removal.address] = removal.origin.file }
        for item in imports { mentions[item.to] = item.origin.file }
        return mentions
    }
}

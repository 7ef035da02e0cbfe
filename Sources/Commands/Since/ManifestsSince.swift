import Diagnostics
import Manifests
import Planning
import ProfileModel

/// What differs between the manifests of the work tree, committed or not, and those at the merge base of HEAD
/// with a revision.
struct ManifestsSince {
    var since: PlanScope.Since
    var addresses: Set<Address>
    /// What today's manifests no longer speak of.
    var removed: [DesiredProfile]
    /// Those of today, with what a sparse checkout leaves out and differs.
    var manifests: LoadedManifests

    /// The old files are found by today's patterns and read with today's variables.
    static func compare(
        _ manifests: LoadedManifests, with revision: String, _ paths: [String], _ context: RunContext,
        in session: Session
    ) async throws(Stop) -> ManifestsSince {
        guard !revision.isEmpty else {
            throw Stop(Diagnostic(.revisionNotFound, "--since names no revision"), code: .usage)
        }
        let repository = try GitRepository(around: context.directory, in: session)
        let base = try repository.mergeBase(with: revision)
        let patterns = try context.manifestPatterns(paths)
        try refuseRepositoriesInside(patterns, context.directory)
        let tracked = TrackedManifests(directory: context.directory, repository: repository)
        var old = try tracked.manifests(patterns, among: try repository.entries(at: base), at: String(base.prefix(12)))
        var hidden = try tracked.manifests(patterns, among: try repository.hiddenEntries(), at: "the index")
        leaveOutSame(&old, &hidden)

        let before = try await read(
            try sources(of: old, in: repository) { "\(base.prefix(12)):\($0)" }, context, base)
        var today = manifests
        if !hidden.isEmpty {
            today = try await context.validManifests(
                paths, and: try sources(of: hidden, in: repository) { $0 }, mayBeEmpty: true)
        }
        let addresses = addressesThatDiffer(from: before, to: today.desired)
        let mentioned = today.desired.mentionedAddresses
        return ManifestsSince(
            since: PlanScope.Since(revision: revision, mergeBase: base, count: addresses.count),
            addresses: addresses, removed: before.profiles.filter { !mentioned.contains($0.address) },
            manifests: today)
    }

    /// What a sparse checkout leaves out and is as it was says the same on both sides. So a partial clone need not
    /// fetch it.
    private static func leaveOutSame(
        _ old: inout [TrackedManifests.Manifest], _ hidden: inout [TrackedManifests.Manifest]
    ) {
        guard !hidden.isEmpty else { return }
        let ids = Dictionary(old.map { ($0.entry.bytes, $0.entry.id) }) { first, _ in first }
        let same = Set(hidden.filter { ids[$0.entry.bytes] == $0.entry.id }.map(\.entry.bytes))
        old.removeAll { same.contains($0.entry.bytes) }
        hidden.removeAll { same.contains($0.entry.bytes) }
    }

    private static func sources(
        of manifests: [TrackedManifests.Manifest], in repository: GitRepository, naming: (String) -> String
    ) throws(Stop) -> [SourceText] {
        let contents = try repository.contents(of: manifests.map(\.entry))
        let sources = zip(manifests, contents).map { SourceText(name: naming($0.name), bytes: $1) }
        try StandIn.refuse(among: sources)
        return sources
    }

    /// The history of a repository inside this one is elsewhere.
    private static func refuseRepositoriesInside(_ patterns: [PathPattern], _ directory: String) throws(Stop) {
        let nested = patterns.flatMap { ManifestGround($0, in: directory).nestedRepositories }
        guard !nested.isEmpty else { return }
        for name in ManifestFiles.find(patterns, in: directory).names {
            let path = resolvingLinks(resolvePath(name, in: directory))
            guard let place = nested.first(where: { path.below($0) != nil }) else { continue }
            throw Stop(
                Diagnostic(
                    .manifestsOutsideRepository,
                    "the manifest '\(name)' is in a repository of its own, \(place)",
                    help: "what it was at another revision is not known: plan without --since"),
                code: .invalidInput)
        }
    }

    private static func read(
        _ sources: [SourceText], _ context: RunContext, _ base: String
    ) async throws(Stop) -> DesiredState {
        var settings = context.workspace.manifestSettings
        settings.allowEmpty = true
        guard !sources.isEmpty else { return DesiredState() }
        // What was no manifest then described nothing, whatever lay among them.
        let files = await decoded(sources, context.variables, settings).filter { file in
            !file.diagnostics.contains { $0.code == .notAManifest }
        }
        guard !files.isEmpty else { return DesiredState() }
        let (desired, diagnostics) = combine(files, settings: settings)
        let errors = diagnostics.filter { $0.severity == .error }
        guard !errors.isEmpty else { return desired }
        var library = SourceLibrary()
        for source in sources { library.add(source) }
        let problem = Diagnostic(
            .oldManifestsUnusable,
            "the manifests at the merge base \(base.prefix(12)) are not valid, so what differs from them is not known",
            help: "plan without --since, or say with --target which profiles to plan")
        throw Stop([problem] + errors, code: .invalidInput, sources: library)
    }

    private static func decoded(
        _ sources: [SourceText], _ variables: Variables, _ settings: ManifestSettings
    ) async -> [ManifestFile] {
        await withTaskGroup(of: (Int, ManifestFile).self) { group in
            for (index, source) in sources.enumerated() {
                group.addTask { (index, decodeManifest(source, variables: variables, settings: settings)) }
            }
            var files = [ManifestFile?](repeating: nil, count: sources.count)
            for await (index, file) in group { files[index] = file }
            return files.compactMap(\.self)
        }
    }
}

extension GitRepository {
    /// What is in the index, but neither in the working tree nor meant to be there.
    fileprivate func hiddenEntries() throws(Stop) -> [GitEntry] {
        try trackedEntries().filter { $0.isSkipped && lacks($0) }
    }
}

extension DesiredState {
    fileprivate var mentionedAddresses: Set<Address> {
        Set(profiles.map(\.address) + moves.flatMap { [$0.from, $0.to] } + removals.map(\.address) + imports.map(\.to))
    }
}

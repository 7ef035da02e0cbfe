import Diagnostics
import Manifests
import Planning
import ProfileModel

/// What differs between the manifests of the work tree, committed or not, and those at the merge base of HEAD
/// with a revision.
struct ManifestsSince {
    var since: PlanScope.Since
    var addresses: Set<Address>

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
        let files = try OldTree(repository, commit: base)
            .manifests(try context.manifestPatterns(paths), in: context.directory)
        let contents = try repository.contents(of: files.map(\.id))
        let old = try await read(
            zip(files, contents).map { SourceText(name: "\(base.prefix(12)):\($0.name)", bytes: $1) }, context, base)
        let addresses = addressesThatDiffer(from: old, to: manifests.desired)
        return ManifestsSince(
            since: PlanScope.Since(revision: revision, mergeBase: base, count: addresses.count),
            addresses: addresses)
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

import ArgumentParser
import Diagnostics
import Manifests
import Planning
import ProfileModel

/// Which of the addresses a command is about.
struct AddressOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only addresses that match, as in 'coolbikes/rider/*'. May be given several times.", valueName: "glob"))
    var target: [String] = []

    @Option(
        help: ArgumentHelp("Leave out the addresses that match. May be given several times.", valueName: "glob"))
    var exclude: [String] = []

    var isGiven: Bool { !target.isEmpty || !exclude.isEmpty }
}

/// A plan of less than everything.
struct ScopeOptions: ParsableArguments {
    @OptionGroup var addresses: AddressOptions

    @Option(
        help: ArgumentHelp(
            "Only profiles whose manifests differ from those at the merge base of HEAD with this revision.",
            valueName: "revision"))
    var since: String?

    var isGiven: Bool { addresses.isGiven || since != nil }

    /// A run over these manifests that looks at no more than the scope.
    func run(
        over manifests: LoadedManifests, _ paths: [String], policy: PlanPolicy, parallelism: Int,
        _ context: RunContext, in session: Session
    ) async throws(Stop) -> PlanRun {
        var run = PlanRun(
            manifests: manifests, policy: policy,
            scope: PlanScope(paths: paths, targets: addresses.target, excludes: addresses.exclude),
            parallelism: parallelism,
            absent: AbsentManifests(
                patterns: try context.manifestPatterns(paths), context: context, session: session))
        guard let since else { return run }
        let difference = try await ManifestsSince.compare(manifests, with: since, paths, context, in: session)
        run.manifests = difference.manifests
        run.scope.since = difference.since
        run.changed = difference.addresses
        // A ledger knows what was removed; an address that it does not know was never applied, or is deleted.
        if try ledgerLineage(of: context) == nil { run.removedUnseen = difference.removed }
        return run
    }
}

extension PlanScope {
    /// What the globs choose of the addresses that there are; nil when there are no globs.
    func selection(among addresses: Set<Address>) throws(Stop) -> PlanSelection? {
        guard !targets.isEmpty || !excludes.isEmpty else { return nil }
        var problems: [Diagnostic] = []
        let selection = AddressSelection(
            targets: patterns(targets, "--target", &problems), excludes: patterns(excludes, "--exclude", &problems),
            among: addresses)
        if problems.isEmpty { problems = selection.diagnostics }
        guard problems.isEmpty else { throw Stop(problems, code: .usage) }
        return PlanSelection(chosen: selection.selected, excluded: selection.excluded)
    }

    private func patterns(
        _ texts: [String], _ option: String, _ problems: inout [Diagnostic]
    ) -> [AddressPattern] {
        texts.compactMap { text in
            if let pattern = AddressPattern(text) { return pattern }
            problems.append(badAddressGlob(text, of: option))
            return nil
        }
    }
}

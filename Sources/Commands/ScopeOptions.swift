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

    var isGiven: Bool { addresses.isGiven }

    func scope(paths: [String]) -> PlanScope {
        PlanScope(paths: paths, targets: addresses.target, excludes: addresses.exclude)
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

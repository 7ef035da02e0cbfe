import ArgumentParser
import Manifests
import Planning
import Views

struct PolicyOptions: ParsableArguments {
    @Flag(help: "Delete profiles that are no longer in the manifests. A delete destroys the profile's events too.")
    var allowDelete = false

    @Flag(help: "Delete even if no managed profile is left.")
    var allowDeleteAll = false

    func policy(of environment: Environment) -> PlanPolicy {
        let written = environment.policy
        return PlanPolicy(
            allowDelete: written.allowDelete || allowDelete, allowDeleteAll: allowDeleteAll,
            maxUpdate: written.maxUpdate.map(Threshold.init), maxDelete: written.maxDelete.map(Threshold.init),
            maxDeleteFloor: written.maxDeleteFloor)
    }
}

extension Threshold {
    fileprivate init(_ written: ChangeThreshold) {
        switch written {
        case .count(let count): self = .count(count)
        case .percent(let percent): self = .percent(percent)
        }
    }
}

enum RedactChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

struct RedactOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Show pseudonyms instead of values. `auto` does so where the variable CI is set.",
            valueName: "auto|always|never"))
    var redact: RedactChoice = .auto

    func redaction(publicAttributes: [String], in session: Session) -> Redaction? {
        guard isWanted(in: session.environment["CI"]) else { return nil }
        // Without a key of the user's, pseudonyms mean something within one run only.
        let key = session.environment["PROFILECTL_REDACTION_KEY"] ?? "\(session.randomSeed())\(session.randomSeed())"
        return Redaction(key: Array(key.utf8), publicAttributes: Set(publicAttributes))
    }

    private func isWanted(in ci: String?) -> Bool {
        switch redact {
        case .always: true
        case .never: false
        case .auto: !["", "false", "0"].contains(ci ?? "")
        }
    }
}

struct DetailOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How much of the plan to show.", valueName: "summary|changes|full"))
    var detail: PlanDetail = .changes

    @OptionGroup var redact: RedactOptions

    func redaction(_ context: RunContext, in session: Session) -> Redaction? {
        redact.redaction(publicAttributes: context.workspace.publicAttributes, in: session)
    }
}

extension PlanDetail: ExpressibleByArgument {}

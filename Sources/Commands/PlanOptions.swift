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
        var policy = PlanPolicy(environment.policy)
        policy.allowDelete = policy.allowDelete || allowDelete
        policy.allowDeleteAll = allowDeleteAll
        return policy
    }
}

enum RedactChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

struct DetailOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How much of the plan to show.", valueName: "summary|changes|full"))
    var detail: PlanDetail = .changes

    @Option(
        help: ArgumentHelp(
            "Show pseudonyms instead of values. `auto` does so where the variable CI is set.",
            valueName: "auto|always|never"))
    var redact: RedactChoice = .auto
}

extension PlanDetail: ExpressibleByArgument {}

extension DetailOptions {
    func redaction(_ context: RunContext, in session: Session) -> Redaction? {
        let isWanted =
            switch redact {
            case .always: true
            case .never: false
            case .auto: !(session.environment["CI"] ?? "").isEmpty && session.environment["CI"] != "false"
            }
        guard isWanted else { return nil }
        // Without a key of the user's, pseudonyms mean something within one run only.
        let key = session.environment["PROFILECTL_REDACTION_KEY"] ?? "\(session.randomSeed())\(session.randomSeed())"
        return Redaction(key: Array(key.utf8), publicAttributes: context.workspace.publicAttributes)
    }
}

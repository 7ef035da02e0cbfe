import ArgumentParser
import Manifests
import Planning
import Views

struct PolicyOptions: ParsableArguments {
    @Flag(help: "Delete profiles that are no longer in the manifests. A delete destroys the profile's events too.")
    var allowDelete = false

    @Flag(help: "Delete even if no managed profile is left.")
    var allowDeleteAll = false

    /// Whether a flag says more than the environment's policy.
    var isGiven: Bool { allowDelete || allowDeleteAll }

    var consent: PlanConsent { PlanConsent(deletes: allowDelete, deletesOfAll: allowDeleteAll) }

    func policy(of environment: Environment) -> PlanPolicy { PlanPolicy(of: environment, consent) }
}

extension PlanPolicy {
    /// The policy of an environment, and what flags allow besides.
    init(of environment: Environment, _ consent: PlanConsent) {
        let written = environment.policy
        self.init(
            allowDelete: written.allowDelete || consent.deletes, allowDeleteAll: consent.deletesOfAll,
            maxUpdate: written.maxUpdate.map(Threshold.init), maxDelete: written.maxDelete.map(Threshold.init),
            maxDeleteFloor: written.maxDeleteFloor, sources: written.sources.mapValues(SourcePolicy.init))
    }
}

extension SourcePolicy {
    fileprivate init(_ written: Environment.SourcePolicy) {
        let deletes: Deletes =
            switch written.deletes {
            case .never?: .never
            case .allowed?: .allowed
            case nil: .asElsewhere
            }
        self.init(
            deletes: deletes, maxUpdate: written.maxUpdate.map(Threshold.init),
            maxDelete: written.maxDelete.map(Threshold.init), maxDeleteFloor: written.maxDeleteFloor)
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

struct DetailOptions: ParsableArguments {
    @Option(
        name: .customLong("detail"),
        help: ArgumentHelp(
            "How much of the plan to show; full has each call as a curl line. (default: changes)",
            valueName: "summary|changes|full"))
    var written: PlanDetail?

    var detail: PlanDetail { written ?? .changes }
    var isGiven: Bool { written != nil }

    @OptionGroup var redact: RedactOptions

    /// For what is no plan, and has no details.
    func refuse() throws {
        guard isGiven else { return }
        throw ValidationError("--detail has no effect here, because only a plan has details: leave it out")
    }

    func redaction(_ context: RunContext, in session: Session) -> Redaction? {
        redact.redaction(publicAttributes: context.workspace.publicAttributes, in: session)
    }
}

extension PlanDetail: ExpressibleByArgument {}

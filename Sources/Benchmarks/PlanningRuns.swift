import Diagnostics
import Glibc
import Manifests
import Planning
import ProfileModel

/// A workspace whose live state has been read already, so that only deciding is left.
struct PlanningRun {
    var desired: DesiredState
    var ledger: [LedgerEntry]
    var live: LiveState

    var planner: Planner {
        Planner(
            desired: desired, ledger: ledger, policy: PlanPolicy(),
            environment: EnvironmentStamp(name: "benchmark", service: "none"), pace: Pace(perMinute: 500, share: 1),
            scope: PlanScope())
    }

    /// CPU time of the whole decision, and how many steps it has.
    func measure() -> (seconds: Double, steps: Int) {
        let start = cpuSeconds()
        let plan = planner.plan(live, at: Timestamp(seconds: 1_800_000_000))
        let seconds = cpuSeconds() - start
        guard !plan.errored, plan.blocked.isEmpty else { fatalError("the plan has errors") }
        return (seconds, plan.steps.count)
    }

    /// Nobody else has anything of what else is asked.
    mutating func answerTheRest() {
        let planner = planner
        while case let lookups = planner.lookups(after: live), !lookups.isEmpty {
            for lookup in lookups { live.answers[lookup] = [] }
        }
    }
}

extension PlanningRun {
    /// All profiles of a manifest, managed and live as it says, but that others changed every `interval`th.
    /// - Returns: also the CPU time that reading the manifest took.
    static func reading(_ manifest: [UInt8], changingEach interval: Int?) -> (run: PlanningRun, reading: Double) {
        let start = cpuSeconds()
        let file = decodeManifest(
            SourceText(name: "benchmark.yaml", bytes: manifest), variables: Variables(), settings: ManifestSettings())
        let (desired, diagnostics) = combine([file], settings: ManifestSettings())
        let reading = cpuSeconds() - start
        guard diagnostics.isEmpty else { fatalError("the manifest is not valid") }
        var run = PlanningRun(desired: desired, ledger: [], live: LiveState())
        for (number, profile) in desired.profiles.enumerated() {
            var live = run.manage(profile, number)
            if let interval, number % interval == 0 {
                live.attributes["membership"] = "silver"
                live.identifiers.removeAll { $0.type == "coolbike_id" }
            }
            run.live.answers[.profile(id: live.id)] = [live]
        }
        run.answerTheRest()
        return (run, reading)
    }

    /// Puts the profile into the ledger.
    /// - Returns: how it is live.
    mutating func manage(_ profile: DesiredProfile, _ number: Int) -> Profile {
        let (id, userID) = ("01BENCHMARK\(1_000_000_000 + number)", "\(1_000_000_000 + number)")
        ledger.append(
            LedgerEntry(
                address: profile.address, profileID: id, userID: userID,
                lastApplied: ProfileValues(
                    name: profile.name, identifiers: profile.identifiers, attributes: profile.attributes)))
        return Profile(
            id: id, userID: userID, source: profile.address.source, type: profile.address.type, name: profile.name,
            identifiers: profile.identifiers, attributes: profile.attributes,
            createdAt: Timestamp(seconds: 1_700_000_000), updatedAt: Timestamp(seconds: 1_700_000_000))
    }
}

extension PlanningRun {
    static func printRows() {
        let manifest = Array(largeManifest(profiles: 100_000).utf8)
        // What has been read already.
        for (title, interval, goal) in [("unchanged", nil, 0.5), ("1 % changed", 100, 1.2)] as [(String, Int?, Double)]
        {
            let (run, reading) = PlanningRun.reading(manifest, changingEach: interval)
            let plan = best(of: 3, by: \.seconds) { run.measure() }
            row(
                "planning 100,000 profiles, \(title) (\(plan.steps) steps), s CPU", rounded(plan.seconds),
                goal: "at most \(goal)")
            row("  the same against reading the manifest", rounded(plan.seconds / reading), goal: "told only")
        }

        Handover.printRows()
    }
}

import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox

extension Stage {
    func rollbackPlan(
        _ run: String, policy: PlanPolicy = PlanPolicy(allowDelete: true, allowDeleteAll: true)
    ) async throws -> Plan {
        let records = try ledger.records()
        let writers = records.compactMap { record in record.run.map { (record.entry.address, $0) } }
        let rollback = Rollback(
            try RecordedRunChanges(run: run, in: ledger), ledger: records.map(\.entry),
            writers: Dictionary(writers) { first, _ in first }, policy: policy,
            environment: EnvironmentStamp(name: "test", service: "sandbox:memory"),
            pace: Pace(perMinute: 600, share: 1))
        let live = try await refresh(asking: rollback.lookups, from: client().reading, parallelism: 4)
        return rollback.plan(live, at: now)
    }

    /// What somebody else does.
    func change(_ body: (inout SandboxWorld) -> Void) throws {
        var world = sandbox.world()
        body(&world)
        try sandbox.load(world)
    }
}

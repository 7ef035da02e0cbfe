import FoundationEssentials
import Planning
import ProfileModel
import ProfilesAPI
import Sandbox
import Synchronization
import Testing

/// Whatever the service does where nobody knows, and whatever fails on the way: running plan and apply a few times
/// comes to the same end as on a calm day, and makes nobody twice.
struct FaultLaw {
    private static let scale =
        (ProcessInfo.processInfo.environment["PROFILECTL_WORLDS"].flatMap { Int($0) } ?? 0) / 2_000

    /// All together strike every fifth request.
    private static let storm = [
        "503,rate=0.02", "500,rate=0.02", "503-after,rate=0.03", "cut-before,rate=0.03", "cut-after,rate=0.03",
        "truncated,rate=0.02", "html,rate=0.01", "wrong-length,rate=0.01", "wrong-type=array,rate=0.005",
        "wrong-type=string,rate=0.005", "wrong-type=null,rate=0.005", "wrong-type=fields,rate=0.005",
        "429,retry-after=3,rate=0.02", "400,rate=0.02,method=PUT", "403,rate=0.01,method=PATCH",
    ]

    @Test func everySwitchInCalmAndStorm() async throws {
        let seed = lawSeeds.last!
        var draw = Draw(seed: seed)
        var tally = FaultTally()
        for entry in SandboxSwitches.catalogue {
            for value in entry.values {
                for number in 0..<(2 + 2 * Self.scale) {
                    try await tally.judge(
                        ConvergenceCase(&draw), ["\(entry.name)=\(value)"], number % 2 == 0 ? [] : Self.storm,
                        seed: draw.next())
                }
            }
        }
        print("faults, every switch: \(tally), PROFILECTL_SEED=\(seed)")
        #expect(tally.reached > tally.all / 3, "too many cases could not be reached to prove anything")
    }

    @Test func everyKindOfFaultAtOnce() async throws {
        let seed = lawSeeds.last!
        var draw = Draw(seed: seed)
        var tally = FaultTally()
        for _ in 0..<(60 + 30 * Self.scale) {
            try await tally.judge(ConvergenceCase(&draw), [], Self.storm, seed: draw.next())
        }
        print("faults, storm: \(tally), PROFILECTL_SEED=\(seed)")
        #expect(tally.reached > tally.all / 3, "too many cases could not be reached to prove anything")
    }
}

private struct FaultTally: CustomStringConvertible {
    var all = 0
    var reached = 0
    var runs = 0
    var calls = 0

    /// Compares with what becomes of it without faults.
    mutating func judge(
        _ test: ConvergenceCase, _ switches: [String], _ faults: [String], seed: UInt64
    ) async throws {
        all += 1
        var configuration = SandboxConfiguration(switches: try SandboxSwitches(switches))
        if switches.contains(where: { $0.hasPrefix("rate_") || $0.hasPrefix("retry_") || $0.hasPrefix("throttle_") }) {
            configuration.rateLimit = SandboxRateLimit(perMinute: 10)
        }
        let calm = try FaultRun(test, configuration, seed: seed)
        guard try await calm.converges(within: 1) else { return }
        configuration.faults = try faults.map { (rule) throws(SandboxFailure) in try SandboxFault(rule: rule) }
        let run = try FaultRun(test, configuration, seed: seed)
        do {
            guard try await run.converges(within: 10) else { throw Broken("there is still to do after ten runs") }
            let (end, expected) = (run.world, calm.world)
            guard EndState(end, test.desired) == EndState(expected, test.desired),
                end.profiles.count == expected.profiles.count
            else {
                throw Broken(
                    "the end is another one: \(EndState(end, test.desired)) not \(EndState(expected, test.desired))")
            }
            guard end.users.count == expected.users.count else {
                throw Broken("there are \(end.users.count) users instead of \(expected.users.count)")
            }
        } catch {
            Issue.record("\(error)\n\(switches) seed \(seed) \(faults.isEmpty ? "calm" : "storm")\n\(test)")
        }
        reached += 1
        runs += run.runs
        calls += run.calls
    }

    var description: String { "\(all) cases, \(reached) of them reached in \(runs) runs with \(calls) calls" }
}

/// Plan and apply, with the ledger and all, on a clock that moves while somebody waits.
private final class FaultRun {
    private let test: ConvergenceCase
    private let stage: Stage
    private(set) var runs = 0

    init(_ test: ConvergenceCase, _ configuration: SandboxConfiguration, seed: UInt64) throws {
        self.test = test
        let clock = LawClock()
        stage = try Stage(
            test.world, test.ledger, configuration,
            limiter: configuration.rateLimit.map { RateLimiter(perMinute: Double($0.perMinute), pacer: clock.pacer) }
                ?? .unlimited(pacer: clock.pacer),
            pacer: clock.pacer, seed: seed, now: { clock.timestamp })
    }

    var world: SandboxWorld { stage.sandbox.world() }
    var calls: Int { stage.sandbox.requests.count }

    /// Whether nothing is left to do after so many applies.
    func converges(within limit: Int) async throws -> Bool {
        while true {
            guard let plan = try await plan(), !plan.errored else { return false }
            guard plan.blocked.isEmpty || plan.hasUnreadable else { return false }
            if plan.steps.isEmpty, plan.blocked.isEmpty { return true }
            guard runs < limit else { return false }
            runs += 1
            if !plan.steps.isEmpty { _ = try await stage.apply(plan, parallelism: 4) }
        }
    }

    /// Reading may fail too, and then there is no plan; nil when it fails always.
    private func plan() async throws -> Plan? {
        for _ in 0..<40 {
            do {
                return try await stage.plan(
                    test.desired, PlanPolicy(allowDelete: true, allowDeleteAll: true), patchNullDeletes: false)
            } catch is APIFailure {
                continue
            }
        }
        return nil
    }
}

private final class LawClock: Sendable {
    private let seconds = Mutex(0.0)

    var timestamp: Timestamp {
        Timestamp(seconds: Stage.now.seconds + Int64(seconds.withLock { $0 }))
    }

    var pacer: Pacer {
        Pacer(
            now: { [self] in seconds.withLock { $0 } },
            sleep: { [self] duration in
                let until = seconds.withLock { $0 } + duration
                await Task.yield()
                try Task.checkCancellation()
                seconds.withLock { $0 = max($0, until) }
            },
            random: { 0 }, date: { [self] in timestamp })
    }
}

extension Plan {
    /// Whether an answer was spoiled; the next one may be whole.
    fileprivate var hasUnreadable: Bool {
        blocked.contains { blocked in
            switch blocked.reason {
            case .unreadable, .ownerUnreadable: true
            case .deletesAreOff, .preventDestroy, .deletesEverything, .tooManyDeletes, .tooManyUpdates,
                .sourceKeepsAll, .tooManyDeletesOfSource, .tooManyUpdatesOfSource, .userDiffers, .dependsOn, .conflict,
                .excluded, .notReproducible, .notCheckedOut, .unknownWithoutLedger:
                false
            }
        }
    }
}

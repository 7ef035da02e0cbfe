import Glibc
import Planning
import ProfileModel

/// How badges go from profile to profile, which is what order and conflict checks are about.
enum Handover: String, CaseIterable {
    /// Every second profile takes the badge of the one before it.
    case pairs
    /// Each takes the badge of the next, so that the last one must go first.
    case chain = "one chain"
    /// Each takes the badge of the next, and every fourth that of the one three before it.
    case rings = "rings of four"
    /// Every second profile asks for the badge of the one before it, which keeps it.
    case conflicts

    /// The badges that a profile has and is to have; nil for none.
    private func badges(of number: Int) -> (live: Int?, desired: Int?) {
        switch self {
        case .pairs: number % 2 == 0 ? (number, nil) : (nil, number - 1)
        case .chain: (number, number + 1)
        case .rings: (number, number % 4 == 3 ? number - 3 : number + 1)
        case .conflicts: number % 2 == 0 ? (number, number) : (nil, number - 1)
        }
    }

    /// A workspace that is read, and in which all profiles are managed.
    func run(profiles count: Int) -> PlanningRun {
        var run = PlanningRun(desired: DesiredState(), ledger: [], live: LiveState())
        run.desired.profiles.reserveCapacity(count)
        for number in 0..<count {
            let badges = badges(of: number)
            let member = [Identifier(type: "member", value: "\(number)")]
            var profile = DesiredProfile(
                address: Address(source: "s", type: "t", name: "p\(1_000_000_000 + number)"), name: "N",
                identifiers: member + badge(badges.live), attributes: ["a": "1"],
                origin: Origin(file: "m.yaml", line: 1, column: 1))
            let live = run.manage(profile, number)
            run.live.answers[.profile(id: live.id)] = [live]
            profile.identifiers = member + badge(badges.desired)
            run.desired.profiles.append(profile)
        }
        run.answerTheRest()
        return run
    }

    private func badge(_ number: Int?) -> [Identifier] {
        number.map { [Identifier(type: "badge", value: "\($0)")] } ?? []
    }
}

extension Handover {
    /// CPU time in seconds for one profile. Whatever the size of a workspace, there are as many profiles in all, each
    /// planned once, as by a user: planned again and again, a small workspace would stay in the processor's caches.
    private func seconds(profiles count: Int, of all: Int) -> (drafting: Double, ordering: Double) {
        let runs = (0..<all / count).map { _ in run(profiles: count) }
        var (drafting, ordering) = (0.0, 0.0)
        for run in runs {
            let planner = run.planner
            let start = cpuSeconds()
            let draft = planner.draft(run.live)
            let drafted = cpuSeconds()
            let plan = planner.plan(consume draft, run.live, at: Timestamp(seconds: 1_800_000_000))
            ordering += cpuSeconds() - drafted
            drafting += drafted - start
            guard plan.errored == (self == .conflicts), plan.blocked.isEmpty != plan.errored else {
                fatalError("not the plan that was to be measured")
            }
        }
        return (drafting / Double(all), ordering / Double(all))
    }

    static func printRows() {
        for handover in allCases {
            // The goal is asked of the usual shape. The others show that none is a trap: one would give 1.5 or 2.
            let isUsual = handover == .pairs
            let sizes = [1_000, 10_000, 100_000] + (isUsual ? [1_000_000] : [])
            let each = sizes.map { handover.seconds(profiles: $0, of: isUsual ? 1_000_000 : 200_000) }
            let told = zip(sizes, each).map { "\($0) at \(rounded($1.ordering * 1e6, 1)) µs each" }
            print("\(handover.rawValue), order and conflict checks: \(told.joined(separator: ", "))")
            let nLogN = rounded(exponent(sizes.map { log(Double($0)) }, sizes))
            row(
                "  exponent of growth", rounded(exponent(each.map(\.ordering), sizes)),
                goal: isUsual ? "at most \(nLogN): n log n" : "told only")
            if isUsual {
                row(
                    "  exponent of growth of the whole of planning",
                    rounded(exponent(each.map { $0.drafting + $0.ordering }, sizes)), goal: "told only")
            }
        }
    }

    /// By which power of the number of profiles the work grows between the smallest and the largest size.
    private static func exponent(_ each: [Double], _ sizes: [Int]) -> Double {
        1 + log(each[each.count - 1] / each[0]) / log(Double(sizes[sizes.count - 1]) / Double(sizes[0]))
    }
}

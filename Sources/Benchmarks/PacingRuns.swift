import Glibc
import ProfileModel

/// Applies of 1,000 new profiles to served sandboxes with a limiter. Those to slow accounts run all at the same time, for
/// they wait more than they work; those to fast ones run one after the other beside them.
struct PacingRun: Sendable {
    enum Limiter: String, CaseIterable {
        case window, bucket
    }

    static let profiles = 1_000
    private static let burst = 50
    private static let other = "/api/v2/user_profiles/of-another-client"

    var limiter: Limiter
    var perMinute: Int
    var latency: Int
    /// Another client takes half of the limit.
    var isShared = false

    static let all: [PacingRun] =
        Limiter.allCases.flatMap { limiter in
            [700, 2_500].flatMap { rate in
                [50, 200].map { PacingRun(limiter: limiter, perMinute: rate, latency: $0) }
            } + [PacingRun(limiter: limiter, perMinute: 2_500, latency: 50, isShared: true)]
        }

    var name: String {
        "\(limiter) of \(perMinute)/min, \(latency) ms" + (isShared ? ", half of it another's" : "")
    }

    struct Result: Sendable {
        var run: PacingRun
        var seconds: Double
        var least: Double
        var refused: Int
        /// Between the look at a profile and the write that follows, as the service sees them; seconds, sorted.
        var windows: [Double]
        var status: Int32
    }

    func measure(_ profilectl: String) async -> Result {
        let limit = limiter == .window ? "\(perMinute)" : "\(perMinute),burst=\(Self.burst)"
        let account = ServedAccount(
            profilectl, ["--rate-limit", limit, "--latency", "\(latency)ms"],
            name: "\(limiter)-\(perMinute)-\(latency)-\(isShared)", perMinute: perMinute, share: isShared ? 0.5 : 1)
        defer { account.shutDown() }
        account.describe(profiles: Self.profiles)
        let others = Task { [perMinute, isShared] in
            await withTaskGroup(of: Void.self) { group in
                while isShared, !Task.isCancelled {
                    group.addTask { await account.get(Self.other) }
                    try? await Task.sleep(for: .seconds(120 / Double(perMinute)))
                }
            }
        }
        let apply = account.apply()
        var ended: ChildRun?
        while ended == nil {
            try? await Task.sleep(for: .milliseconds(20))
            ended = apply.endedRun()
        }
        others.cancel()
        await others.value
        let requests = await account.requests().filter { $0.path != Self.other }
        let refused = requests.count(where: \.isRefused)
        return Result(
            run: self, seconds: ended?.wall ?? 0, least: least(for: requests.count - refused), refused: refused,
            windows: windows(of: requests), status: ended?.status ?? -1)
    }

    /// A create looks with the query that it then writes with.
    private func windows(of requests: [AnsweredRequest]) -> [Double] {
        var looks: [String: Double] = [:]
        var windows: [Double] = []
        for request in requests where !request.isRefused {
            if request.method == "GET" {
                looks[request.query] = request.at
            } else if let look = looks[request.query] {
                windows.append(request.at - look)
            }
        }
        return windows.sorted()
    }

    /// The least time that the limiter lets so many requests take, one round trip included.
    private func least(for requests: Int) -> Double {
        let ours = Double(perMinute) / (isShared ? 2 : 1)
        let waiting =
            switch limiter {
            case .window: (Double(requests - 1) / ours).rounded(.down) * 60
            case .bucket: max(0, Double(requests - Self.burst)) / ours * 60
            }
        return waiting + Double(latency) / 1000
    }
}

extension PacingRun.Result {
    var window: String {
        guard let longest = windows.last else { return "nothing written" }
        func milliseconds(_ seconds: Double) -> String { rounded(seconds * 1000, 0) }
        return "look to write \(milliseconds(windows[windows.count / 2])) ms, at most \(milliseconds(longest))"
    }
}

extension PacingRun {
    static func printRows(_ profilectl: String) async {
        let slow = all.filter { $0.perMinute < 1_000 }
        let fast = all.filter { $0.perMinute >= 1_000 }
        let results = await withTaskGroup(of: [Result].self) { group in
            for run in slow { group.addTask { [await run.measure(profilectl)] } }
            group.addTask {
                var results: [Result] = []
                for run in fast { results.append(await run.measure(profilectl)) }
                return results
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        for result in results.sorted(by: { $0.run.name < $1.run.name }) {
            let run = result.run
            let minutes = max(1, result.seconds / 60)
            let refusals =
                run.isShared ? "\(rounded(Double(result.refused) / minutes)) 429s a minute" : "\(result.refused) 429s"
            row(
                "\(profiles) profiles, \(run.name)",
                "\(rounded(result.seconds / result.least, 3)) (\(rounded(result.seconds, 1)) s of \(rounded(result.least, 1))), "
                    + refusals + ", " + result.window + (result.status == 0 ? "" : ", status \(result.status)"),
                goal: run.isShared ? "at most 1 a minute" : "at most 1.03, none")
        }
    }
}

import CYAMLLoop
import Glibc

/// `validate` of one large manifest against a bare libyaml event loop that reads the same file.
enum ValidateRun {
    private static let profiles = 100_000
    private static let turns = 15

    static func printRows(_ profilectl: String) {
        let manifest = largeManifest(profiles: profiles)
        let size = manifest.utf8.count
        let path = "/tmp/profilectl-benchmark-\(getpid()).yaml"
        guard let file = fopen(path, "w"), fputs(manifest, file) >= 0, fclose(file) == 0 else {
            fatalError("cannot write \(path)")
        }
        defer { unlink(path) }
        var bare = [bareLoop(path)]
        var runs: [ChildRun] = []
        for _ in 0..<turns {
            runs.append(ChildRun.run(profilectl, ["validate", path, "--env", "local"]))
            bare.append(bareLoop(path))
        }
        guard runs.allSatisfy({ $0.status == 0 }) else { fatalError("validate failed") }
        // No machine is as fast all the time: each run is held against the loops right before and after it.
        let ratios = runs.indices.map { 2 * runs[$0].cpu / (bare[$0] + bare[$0 + 1]) }.sorted()
        let memory = runs.map(\.peakMemory).max() ?? 0
        let fastest = rounded(bare.min() ?? 0)
        print(
            "one manifest, \(profiles) profiles, \(rounded(Double(size) / 1e6, 1)) MB; bare libyaml loop \(fastest) s CPU"
        )
        row(
            "validate, CPU against the bare loop",
            "\(rounded(ratios[turns / 2])), half of the runs \(rounded(ratios[turns / 4])) to \(rounded(ratios[turns * 3 / 4]))",
            goal: "at most 1.7")
        row(
            "validate, peak memory against the file", rounded(Double(memory) / Double(size)), goal: "at most 6")
    }

    /// In seconds of CPU.
    private static func bareLoop(_ path: String) -> Double {
        let start = cpuSeconds()
        var events = 0
        guard yaml_bare_loop(path, &events) == 1 else { fatalError("the bare loop failed") }
        return cpuSeconds() - start
    }
}

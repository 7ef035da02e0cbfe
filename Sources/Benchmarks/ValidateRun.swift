import CYAMLLoop
import Glibc

/// `validate` of one large manifest against a bare libyaml event loop that reads the same file.
enum ValidateRun {
    private static let profiles = 100_000

    static func printRows(_ profilectl: String) {
        let manifest = largeManifest(profiles: profiles)
        let size = manifest.utf8.count
        let path = "/tmp/profilectl-benchmark-\(getpid()).yaml"
        guard let file = fopen(path, "w"), fputs(manifest, file) >= 0, fclose(file) == 0 else {
            fatalError("cannot write \(path)")
        }
        defer { unlink(path) }
        // By turns, because no machine is as fast all the time.
        let turns = (0..<9).map { _ in (bareLoop(path), ChildRun.run(profilectl, ["validate", path])) }
        guard turns.allSatisfy({ $0.1.status == 0 }) else { fatalError("validate failed") }
        let bare = turns.map(\.0).sorted()
        let ours = turns.map(\.1.cpu).sorted()
        let memory = turns.map(\.1.peakMemory).max() ?? 0
        print(
            "one manifest, \(profiles) profiles, \(rounded(Double(size) / 1e6, 1)) MB; bare libyaml loop \(rounded(bare[0])) s CPU"
        )
        row(
            "validate, CPU against the bare loop",
            "\(rounded(ours[0] / bare[0])), by the medians \(rounded(ours[4] / bare[4]))", goal: "at most 1.7")
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

import CYAMLLoop
import Glibc

// Prints ratios, not times: they are what stays the same from machine to machine.
// Usage: Benchmarks PROFILECTL

guard CommandLine.arguments.count == 2 else {
    print("usage: Benchmarks PROFILECTL")
    exit(64)
}
let profilectl = CommandLine.arguments[1]

func row(_ name: String, _ value: String, goal: String) {
    let padding = String(repeating: " ", count: max(1, 58 - name.count))
    print("\(name)\(padding)\(value)   (goal: \(goal))")
}

func rounded(_ value: Double, _ digits: Int = 2) -> String {
    let scale = pow(10, Double(digits))
    return "\((value * scale).rounded() / scale)"
}

func best<Value>(of runs: Int, by measure: (Value) -> Double, _ run: () -> Value) -> Value {
    (0..<runs).map { _ in run() }.min { measure($0) < measure($1) }!
}

// validate, against a bare event loop over the same bytes
let manifest = Array(largeManifest(profiles: 100_000).utf8)
let path = "/tmp/profilectl-benchmark-\(getpid()).yaml"
guard let file = fopen(path, "w"), fwrite(manifest, 1, manifest.count, file) == manifest.count, fclose(file) == 0 else {
    fatalError("cannot write \(path)")
}
defer { unlink(path) }

let bareLoop = best(of: 3, by: { $0 }) {
    let start = cpuSeconds()
    var events = 0
    guard yaml_bare_loop(manifest, manifest.count, &events) == 1 else { fatalError("the bare loop failed") }
    return cpuSeconds() - start
}
let validate = best(of: 3, by: \.cpu) { ChildRun.run(profilectl, ["validate", path]) }
guard validate.status == 0 else { fatalError("validate failed") }
print(
    "one manifest, 100,000 profiles, \(rounded(Double(manifest.count) / 1e6, 1)) MB; bare libyaml loop \(rounded(bareLoop)) s CPU"
)
row("validate, CPU against the bare loop", rounded(validate.cpu / bareLoop), goal: "at most 1.7")
row(
    "validate, peak memory against the file", rounded(Double(validate.peakMemory) / Double(manifest.count)),
    goal: "at most 6")

// start-up
let start = best(of: 20, by: \.wall) { ChildRun.run(profilectl, ["version"]) }
row("start-up (version), milliseconds", rounded(start.wall * 1000, 1), goal: "under 15")

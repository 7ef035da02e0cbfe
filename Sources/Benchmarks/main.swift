import CYAMLLoop
import Glibc

// Prints ratios, not times: they are what stays the same from machine to machine.
// Usage: Benchmarks PROFILECTL [pacing|soak]

guard (2...3).contains(CommandLine.arguments.count) else {
    print("usage: Benchmarks PROFILECTL [pacing|soak]")
    exit(64)
}
let profilectl = CommandLine.arguments[1]
let part = CommandLine.arguments.count == 3 ? CommandLine.arguments[2] : nil

func row(_ name: String, _ value: String, goal: String) {
    let padding = String(repeating: " ", count: max(1, 58 - name.count))
    print("\(name)\(padding)\(value)   (goal: \(goal))")
    fflush(nil)
}

func rounded(_ value: Double, _ digits: Int = 2) -> String {
    let scale = pow(10, Double(digits))
    return "\((value * scale).rounded() / scale)"
}

func best<Value>(of runs: Int, by measure: (Value) -> Double, _ run: () -> Value) -> Value {
    (0..<runs).map { _ in run() }.min { measure($0) < measure($1) }!
}

// how close to the limit of the account an apply comes; some four minutes
if part == "pacing" || part == nil { await PacingRun.printRows(profilectl) }
if part == "soak" || part == nil { SoakRun.printRow(profilectl) }
guard part == nil else { exit(0) }

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

// planning what has been read already
for (title, interval, goal) in [("unchanged", nil, 0.5), ("1 % changed", 100, 1.2)] as [(String, Int?, Double)] {
    let (run, reading) = PlanningRun.reading(manifest, changingEach: interval)
    let plan = best(of: 3, by: \.seconds) { run.measure() }
    row(
        "planning 100,000 profiles, \(title) (\(plan.steps) steps), s CPU", rounded(plan.seconds),
        goal: "at most \(goal)")
    row("  the same against reading the manifest", rounded(plan.seconds / reading), goal: "told only")
}

// how planning grows when every profile changes and every second one takes an identifier over
let sizes = [1_000, 10_000, 100_000, 1_000_000]
let growth = sizes.map { size in
    let run = PlanningRun.handingOn(profiles: size)
    return best(of: max(1, min(20, 200_000 / size)), by: \.seconds) { run.measure() }.seconds
}
print("all change: " + zip(sizes, growth).map { "\($0) in \(rounded($1, 3)) s" }.joined(separator: ", "))
row(
    "planning, exponent of growth, 10,000 to 1,000,000", rounded(log(growth[3] / growth[1]) / log(100)),
    goal: "at most 1.15: n log n")

// start-up
let start = best(of: 20, by: \.wall) { ChildRun.run(profilectl, ["version"]) }
row("start-up (version), milliseconds", rounded(start.wall * 1000, 1), goal: "under 15")

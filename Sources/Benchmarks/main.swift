import Glibc

// Prints ratios, not times: they are what stays the same from machine to machine.
// Usage: Benchmarks PROFILECTL [PART…]

let parts = ["validate", "planning", "start", "pacing", "soak"]
let chosen = CommandLine.arguments.dropFirst(2)
guard CommandLine.arguments.count > 1, chosen.allSatisfy(parts.contains) else {
    print("usage: Benchmarks PROFILECTL [\(parts.joined(separator: "|"))]…")
    exit(64)
}
let profilectl = CommandLine.arguments[1]

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

for part in parts where chosen.isEmpty || chosen.contains(part) {
    switch part {
    case "validate": ValidateRun.printRows(profilectl)
    case "planning": PlanningRun.printRows()
    case "start":
        let start = best(of: 20, by: \.wall) { ChildRun.run(profilectl, ["version"]) }
        row("start-up (version), milliseconds", rounded(start.wall * 1000, 1), goal: "under 15")
    // some six minutes long
    case "pacing": await PacingRun.printRows(profilectl)
    default: SoakRun.printRow(profilectl)
    }
}

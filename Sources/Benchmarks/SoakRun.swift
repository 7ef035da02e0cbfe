import Glibc

/// An apply of 20,000 new profiles to a served sandbox where every twentieth request fails: does its memory grow?
enum SoakRun {
    private static let profiles = 20_000
    private static let faults = ["503,rate=0.02", "503-after,rate=0.01", "cut-before,rate=0.01", "cut-after,rate=0.01"]

    static func printRow(_ profilectl: String) {
        let account = ServedAccount(
            profilectl, faults.flatMap { ["--fault", $0] }, name: "soak", perMinute: 10_000_000)
        defer { account.shutDown() }
        account.describe(profiles: profiles)
        let apply = account.apply()
        var memory: [Int] = []
        var ended: ChildRun?
        while ended == nil {
            usleep(200_000)
            memory.append(apply.residentMemory)
            ended = apply.endedRun()
        }
        let quarters = (1...4).map { quarter in
            memory[..<(memory.count * quarter / 4)].suffix(max(1, memory.count / 20)).max() ?? 0
        }
        let text = quarters.map { rounded(Double($0) / 1e6, 0) }.joined(separator: ", ")
        print(
            "soak: \(profiles) profiles, 5 % faults: \(text) MB after each quarter (\(rounded(ended?.wall ?? 0, 0)) s)")
        // What may grow is what is known of each step, some 100 bytes, and the cache of the ledger, to 2 MB.
        row(
            "  memory after the last quarter against the first", rounded(Double(quarters[3]) / Double(quarters[0])),
            goal: "flat: at most 1.1")
    }
}

import Foundation
import Ledger
import ProfileModel
import Synchronization
import Testing

/// `kill -9` at any point, again and again, with a bad network on top: the run after it finds out what was done, and nothing
/// is done twice. `make kills` tries 300; `PROFILECTL_SEED` repeats one story.
@Suite struct KillTests {
    private static let kills = ProcessInfo.processInfo.environment["PROFILECTL_KILLS"].flatMap(Int.init) ?? 30
    private static let seed =
        ProcessInfo.processInfo.environment["PROFILECTL_SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999)
    private static let faults = [
        "503,rate=0.004", "cut-before,rate=0.01,method=PUT", "cut-after,rate=0.02,method=PUT",
        "cut-after,rate=0.02,method=PATCH", "503-after,rate=0.01,method=PUT", "cut-after,rate=0.05,method=DELETE",
        "truncated,rate=0.01,method=PUT", "delay=20ms,rate=0.2",
    ]

    @Test func whatWasKilledIsSettledAndNothingIsDoneTwice() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        // As far away as a service is: at each moment some calls are under way.
        let sandbox = try ServedSandbox(
            binary, options: ["--latency", "5ms"] + Self.faults.flatMap { ["--fault", $0] })
        try binary.write(
            workspace(url: sandbox.url) + "    rate_limit: {per_minute: 100000}\n", to: "profilectl.yaml")
        var story = KillStory(binary: binary, sandbox: sandbox, seed: Self.seed)
        while story.kills < Self.kills {
            do {
                try await story.tellChapter(killsAtMost: Self.kills - story.kills)
            } catch {
                Issue.record("seed \(Self.seed), chapter \(story.chapter), after \(story.kills) kills: \(error)")
                return
            }
        }
        print(
            "kill -9: \(story.kills) kills in \(story.chapter) chapters, \(story.settled) calls settled, seed \(Self.seed)"
        )
    }
}

/// A workspace whose manifests change from chapter to chapter, and whose applies are killed.
private struct KillStory {
    let binary: BuiltBinary
    let sandbox: ServedSandbox
    private(set) var kills = 0
    private(set) var chapter = 0
    private(set) var settled = 0
    private var random: SplitMix
    private var requestsSeen = 0

    init(binary: BuiltBinary, sandbox: ServedSandbox, seed: UInt64) {
        self.binary = binary
        self.sandbox = sandbox
        random = SplitMix(state: seed)
    }

    struct Broken: Error, CustomStringConvertible {
        var description: String
    }

    /// New manifests, some applies that are killed, and as many as it takes to come to the end.
    mutating func tellChapter(killsAtMost: Int) async throws {
        chapter += 1
        let before = try entries()
        let usersBefore = try await sandbox.users().count
        let wanted = try writeManifest()
        let created = wanted.subtracting(before.keys)
        for _ in 0..<min(5, killsAtMost) { try await applyAndKill() }
        try await applyToTheEnd()
        try await expectConverged(wanted)

        let requests = try await sandbox.requests(after: requestsSeen)
        requestsSeen = requests.last?.n ?? requestsSeen
        // A user is made with each profile that is made, and never goes.
        let users = try await sandbox.users().count - usersBefore
        try expect(users == created.count, "\(created.count) profiles were to be made, and \(users) users came")
        let makings = requests.filter { $0.method == "PUT" && $0.status == 201 }.compactMap(\.query)
        try expect(Set(makings).count == makings.count, "a profile was made twice: \(makings.sorted())")
        let gone = Set(before.filter { !wanted.contains($0.key) }.values)
        for request in requests where request.method == "DELETE" {
            let id = String(request.path.split(separator: "/").last ?? "")
            try expect(gone.contains(id), "DELETE of \(id), which was to stay")
        }
    }

    private mutating func applyAndKill() async throws {
        // Of about fifty steps each says that it started and how it ended; what was killed leaves less for the next run.
        let fatalLine = Int.random(in: 1...40, using: &random)
        // With so many at most, not all start before the first is sent.
        let parallelism = Int.random(in: 1...12, using: &random)
        let seen = Mutex(0)
        let isReached: @Sendable (String) -> Bool = { line in
            guard line.contains(#""type":"step_"#) else { return false }
            return seen.withLock { count in
                count += 1
                return count == fatalLine
            }
        }
        let run = try RunningBinary(binary, apply + ["--format", "json", "--parallelism", "\(parallelism)"]) {
            run, _, line in
            if isReached(line) { run.send(SIGKILL) }
        }
        let result = await run.end()
        note(result)
        guard run.wasKilled(by: SIGKILL) else { return }
        kills += 1
        _ = try await binary.run("ledger", "unlock")
    }

    private mutating func applyToTheEnd() async throws {
        var last: BuiltBinary.Result?
        for _ in 0..<20 {
            let result = try await binary.run(apply + ["--format", "json"])
            note(result)
            if result.status == 0 { return }
            last = result
        }
        throw Broken(description: "it never comes to its end: \(last.map { "\($0.output)\($0.errors)" } ?? "")")
    }

    private mutating func note(_ result: BuiltBinary.Result) {
        settled += result.output.split(separator: "\n").count { $0.contains(#""type":"step_settled""#) }
    }

    private func expectConverged(_ wanted: Set<String>) async throws {
        let plan = try await binary.run("plan", "--allow-delete", "--detailed-exitcode")
        try expect(plan.status == 0, "the plan is not empty: \(plan.output)\(plan.errors)")
        let drift = try await binary.run("drift")
        try expect(drift.status == 0, "the ledger is not what is live: \(drift.output)\(drift.errors)")
        try expect(try Set(entries().keys) == wanted, "the ledger has other profiles than the manifests")
        try expect(try ledger().unsettled().isEmpty, "calls are not settled")
        try expect(try ledger().lock() == nil, "the lock is held")
    }

    private func expect(_ isSo: Bool, _ otherwise: @autoclosure () -> String) throws {
        if !isSo { throw Broken(description: otherwise()) }
    }

    /// Some forty of sixty riders: those of before are updated by PATCH or PUT, or are gone and deleted.
    private mutating func writeManifest() throws -> Set<String> {
        var text = "version: 1\ndefaults: {source: coolbikes, type: rider, key: bike_id}\nprofiles:\n"
        var names: Set<String> = []
        for number in 0..<60 where Int.random(in: 0..<3, using: &random) > 0 {
            let (tier, locker) = (Int.random(in: 0..<3, using: &random), Int.random(in: 0..<2, using: &random))
            names.insert("rider-\(number)")
            text += "  rider-\(number): {identifiers: {bike_id: b\(number), locker: l\(number)-\(locker)}"
            text += ", attributes: {tier: \"\(tier)\", chapter: \"\(chapter)\"}}\n"
        }
        try binary.write(text, to: "riders.yaml")
        return names
    }

    /// Names and ids.
    private func entries() throws -> [String: String] {
        try Dictionary(uniqueKeysWithValues: ledger().entries().map { ($0.address.name, $0.profileID) })
    }

    private func ledger() throws -> LedgerFile {
        try LedgerFile.openReadOnly(binary.directory.appending(path: ".profilectl/served.sqlite").path)
    }

    private let apply = ["apply", "--auto-approve", "--allow-delete", "--allow-delete-all"]
}

/// Numbers that are the same for the same seed (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

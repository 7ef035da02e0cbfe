import Foundation
import Ledger
import Testing

/// Ctrl-C and SIGTERM, a closed output, a full disk: what was begun is told and known, and nothing else is sent.
@Suite struct InterruptTests {
    private let binary: BuiltBinary

    init() throws { binary = try BuiltBinary() }

    private func write(_ sandbox: ServedSandbox, riders count: Int, ledger: String = ".profilectl/served.sqlite") throws
    {
        try binary.write(
            workspace(url: sandbox.url) + "    rate_limit: {per_minute: 100000}\n    ledger: {file: \(ledger)}\n",
            to: "profilectl.yaml")
        let riders = (0..<count).map { "  rider-\($0): {identifiers: {bike_id: b\($0)}}\n" }.joined()
        try binary.write(
            "version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n" + riders, to: "riders.yaml")
    }

    private func ledger() throws -> LedgerFile {
        try LedgerFile.openReadOnly(binary.directory.appending(path: ".profilectl/served.sqlite").path)
    }

    private func callsUnderWay() throws -> Int { try ledger().unsettled().count }

    private let apply = ["apply", "--auto-approve", "--parallelism", "2"]

    @Test(arguments: [SIGINT, SIGTERM])
    func theFirstSignalWaitsForTheCallsUnderWay(signal: Int32) async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary, "--fault", "delay=1s,method=PUT")
        try write(sandbox, riders: 6)
        let run = try RunningBinary(binary, apply)
        try await RunningBinary.follow(.init(when: { try callsUnderWay() == 2 }) { run.send(signal) })
        let result = await run.end()
        #expect(result.status == 130)
        #expect(result.output.contains("2 done, 0 failed, 0 stale, 0 unknown, 4 not attempted (6 planned)"))
        #expect(result.errors.contains("Once more ends at once."))
        #expect(try ledger().entries().count == 2)
        #expect(try callsUnderWay() == 0)
        #expect(try ledger().lock() == nil)
        #expect(try await binary.run("apply", "--auto-approve").status == 0)
    }

    @Test(arguments: ["text", "json"])
    func theSecondSignalEndsAtOnceAndTellsWhatIsUnknown(format: String) async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary, "--fault", "delay=60s,method=PUT")
        try write(sandbox, riders: 6)
        let run = try RunningBinary(binary, apply + ["--format", format])
        try await RunningBinary.follow(
            .init(when: { try callsUnderWay() == 2 }) { run.send(SIGINT) },
            .init(when: { run.hasSaid("Once more ends at once.") }) { run.send(SIGINT) })
        let result = await run.end()
        #expect(result.status == 130)
        let lines = result.output.split(separator: "\n")
        switch format {
        case "json":
            #expect(lines.count { $0.contains(#""unknown":true"#) } == 2)
            #expect(lines.last?.contains(#""not_attempted":4"#) == true)
            #expect(lines.last?.contains(#""type":"summary""#) == true)
        default:
            #expect(lines.count { $0.contains("unknown: the run ended before the answer came") } == 2)
            #expect(result.output.contains("0 done, 0 failed, 0 stale, 2 unknown, 4 not attempted (6 planned)"))
            #expect(result.output.contains("profilectl ledger unlock"))
        }
        #expect(try callsUnderWay() == 2)

        let refused = try await binary.run("apply", "--auto-approve")
        #expect(refused.status == 7)
        #expect(refused.errors.contains("no longer runs on this machine"))
        #expect(try await binary.run("ledger", "unlock").output.contains("The lock is free"))
        let plan = try await binary.run("plan")
        #expect(plan.output.contains("was cut off while 2 calls were under way"), "\(plan.output)")
        let settled = try await binary.run("apply", "--resume")
        #expect(settled.status == 0)
        #expect(settled.output.split(separator: "\n").count { $0.contains("saw no end of step") } == 2)
        #expect(try callsUnderWay() == 0)
    }

    /// A wait of minutes in which nothing is under way is not waited for.
    @Test func aSignalEndsTheWaitForTheService() async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary, "--fault", "429,method=PUT,retry-after=110")
        try write(sandbox, riders: 6)
        let run = try RunningBinary(binary, apply)
        try await RunningBinary.follow(.init(when: { run.hasSaid("waiting") }) { run.send(SIGINT) })
        let result = await run.end()
        #expect(result.status == 130)
        #expect(result.output.contains("0 done, 0 failed, 0 stale, 0 unknown, 6 not attempted (6 planned)"))
        #expect(try callsUnderWay() == 0)
        #expect(try ledger().lock() == nil)
    }

    @Test func whilePlanningASignalJustEnds() async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary, "--fault", "delay=60s,method=GET")
        try write(sandbox, riders: 6)
        let run = try RunningBinary(binary, apply)
        try await RunningBinary.follow(.init(when: { try ledger().lock() != nil }) { run.send(SIGINT) })
        let result = await run.end()
        #expect(result.status == 130)
        #expect(result.output.isEmpty)
        #expect(try ledger().lock() == nil)
        #expect(try ledger().runs().isEmpty)
    }

    /// Ctrl-C as the terminal sends it, which is no answer.
    @Test(arguments: ["\u{3}", "no\n", "\u{4}"])
    func atTheQuestionNothingIsDoneButForAYes(typed: String) async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary)
        try write(sandbox, riders: 2)
        let run = try RunningBinary(onTerminal: binary, ["apply"])
        try await RunningBinary.follow(.init(when: { run.hasShown("to continue:") }) { run.type(typed) })
        let result = await run.end()
        #expect(result.status == (typed == "\u{3}" ? 130 : 1), "\(result.output)")
        #expect(try await users(of: sandbox) == 0)
        #expect(try ledger().lock() == nil)

        let agreed = try RunningBinary(onTerminal: binary, ["apply"])
        try await RunningBinary.follow(.init(when: { agreed.hasShown("to continue:") }) { agreed.type("yes\n") })
        #expect(await agreed.end().status == 0)
        #expect(try await users(of: sandbox) == 2)
    }

    @Test func whereNobodyReadsTheOutputNothingMoreIsSent() async throws {
        defer { binary.remove() }
        // Slow enough for `head` to be there long before the end.
        let sandbox = try ServedSandbox(binary, "--latency", "50ms")
        try write(sandbox, riders: 60)
        let result = try await shell(
            #""$0" apply --auto-approve --detail summary --parallelism 1 | head -1; echo "${PIPESTATUS[0]}""#)
        #expect(result.errors.contains("cannot write the output"))
        // Nothing is told of steps when already the plan could not be shown.
        let done = result.errors.firstMatch(of: /(\d+) done/).flatMap { Int($0.1) } ?? 0
        #expect(done < 60)
        #expect(result.output.hasSuffix(done > 0 ? "\n6\n" : "\n1\n"), "\(result.output)")
        #expect(try ledger().entries().count == done)
        #expect(try ledger().lock() == nil)
        #expect(try await binary.run("apply", "--auto-approve").output.contains("\(60 - done) done"))
    }

    /// The ledger's file may grow to so many KiB, and its journal with it.
    @Test(arguments: [72, 88, 104])
    func aFullDiskStopsBeforeTheNextWrite(size: Int) async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary)
        try write(sandbox, riders: 150)
        let result = try await shell(#"ulimit -f \#(size); "$0" apply --auto-approve --detail summary; echo "$?""#)
        let done = result.output.firstMatch(of: /(\d+) done/).flatMap { Int($0.1) } ?? 0
        #expect(result.output.hasSuffix(done > 0 ? "\n6\n" : "\n1\n"), "\(result.output)")
        #expect(result.errors.contains("PM406"))
        let known = try ledger().entries().count
        #expect(known < 150)
        #expect(try await binary.run("apply", "--auto-approve", "--lock-timeout", "2m").status == 0)
        #expect(try ledger().entries().count == 150)
        #expect(try await users(of: sandbox) == 150, "nobody was made twice")
    }

    @Test func aLedgerThatCannotBeWrittenIsFoundBeforeAnythingIsSent() async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary)
        try write(sandbox, riders: 3, ledger: "/proc/profilectl/served.sqlite")
        let result = try await binary.run("apply", "--auto-approve")
        #expect(result.status == 1)
        #expect(result.errors.contains("/proc/profilectl"))
        #expect(try await users(of: sandbox) == 0)
    }

    /// `$0` is the binary.
    private func shell(_ script: String) async throws -> BuiltBinary.Result {
        try await binary.run(program: "/bin/bash", ["-c", script, BuiltBinary.location.path])
    }

    private func users(of sandbox: ServedSandbox) async throws -> Int { try await sandbox.users().count }
}

import Commands
import Testing

@Suite struct ColourTests {
    private func run(_ flags: [String] = [], terminal: Bool = true, _ environment: [String: String] = [:])
        async throws -> Bench.Run
    {
        let bench = try Bench.local(jane(tier: "3"))
        bench.set { state in
            state.terminal = .init(outputIsTerminal: terminal, errorIsTerminal: terminal, width: terminal ? 100 : nil)
            state.environment = environment
        }
        return await bench.run(["plan"] + flags)
    }

    private func isColoured(_ run: Bench.Run) -> Bool { run.output.contains("\u{1B}[") }

    @Test func colourIsForTerminals() async throws {
        #expect(isColoured(try await run()))
        #expect(!isColoured(try await run(terminal: false)))
    }

    @Test func peopleMayTurnItOff() async throws {
        #expect(!isColoured(try await run([], ["NO_COLOR": "1"])))
        #expect(!isColoured(try await run([], ["TERM": "dumb"])))
        #expect(isColoured(try await run([], ["NO_COLOR": "", "TERM": "xterm"])))
        #expect(!isColoured(try await run(["--color", "never"])))
    }

    @Test func whoAsksForItGetsIt() async throws {
        #expect(isColoured(try await run(["--color", "always"], terminal: false)))
        #expect(isColoured(try await run(["--color", "always"], ["NO_COLOR": "1"])))
    }

    @Test func machinesGetNone() async throws {
        let run = try await run(["--color", "always", "--format", "json"])
        #expect(!isColoured(run))
        _ = try run.document()
    }

    @Test func eachStreamDecidesForItself() async throws {
        let bench = try Bench.local("version: 2\n")
        bench.set { $0.terminal = .init(outputIsTerminal: true, errorIsTerminal: false) }
        #expect(!(await bench.run("plan")).errors.contains("\u{1B}"))
        bench.set { $0.terminal = .init(outputIsTerminal: false, errorIsTerminal: true) }
        #expect(await bench.run("plan").errors.contains("\u{1B}"))
    }

    private func run(_ flags: [String], _ environment: [String: String] = [:]) async throws -> Bench.Run {
        try await run(flags, terminal: true, environment)
    }
}

@Suite struct ParallelismTests {
    @Test(arguments: ["0", "-1", "257", "many", ""])
    func whatIsNoSensibleNumberIsUsage(count: String) async throws {
        #expect(try await Bench.local().run("plan", "--parallelism=\(count)").code == .usage)
    }
}

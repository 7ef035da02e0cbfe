import Commands
import HTTPTypes
import ProfileModel
import Testing

/// What is told while an apply runs, and where.
@Suite struct ProgressTests {
    private func applied(_ arguments: String..., change: @Sendable (inout Bench.State) -> Void) async throws
        -> Bench.Run
    {
        let bench = try Bench.staging(try Service(), riders("ann", "bob", "cleo"))
        bench.set { state in
            state.terminal = .init(outputIsTerminal: true, errorIsTerminal: true, width: 60)
            state.environment["TERM"] = "xterm"
        }
        bench.set(change)
        return await bench.run(["apply", "--auto-approve", "--parallelism", "1", "--color", "never"] + arguments)
    }

    @Test func aTerminalHasALineThatIsGoneInTheEnd() async throws {
        let run = try await applied { _ in }
        #expect(run.code == .done)
        #expect(run.errors.contains("[------------------------------------] 0/3") || run.errors.contains("0/3"))
        #expect(run.errors.contains("3/3"))
        #expect(run.errors.hasSuffix("\r\u{1B}[K"))
        #expect(!run.errors.contains("\n"))
        #expect(!run.output.contains("\u{1B}"))
    }

    /// A window may be made smaller while the apply runs.
    @Test(arguments: [(30, 29), (nil, 0)])
    func theLineIsAsWideAsTheTerminalIsNow(width: Int?, most: Int) async throws {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob", "cleo"))
        bench.set { state in
            state.terminal = .init(outputIsTerminal: true, errorIsTerminal: true, width: 60)
            state.environment["TERM"] = "xterm"
        }
        service.onRequest { [unowned bench] in if $0.method == .put { bench.set { $0.terminal.width = width } } }
        let run = await bench.run("apply", "--auto-approve", "--parallelism", "1", "--color", "never")
        let lines = run.errors.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: true)
        #expect(lines.first?.count == 46)
        #expect(lines.dropFirst().allSatisfy { $0.count <= most }, "\(lines)")
    }

    @Test func elsewhereThereIsNone() async throws {
        let pipes: [@Sendable (inout Bench.State) -> Void] = [
            { $0.terminal.outputIsTerminal = false }, { $0.terminal.errorIsTerminal = false },
            { $0.environment["TERM"] = "dumb" }, { $0.environment["CI"] = "true" }, { $0.terminal.width = nil },
        ]
        for pipe in pipes { #expect(try await applied("--first-run", change: pipe).errors.isEmpty) }
        #expect(try await applied("--format", "json") { _ in }.errors.isEmpty)
    }

    /// The account allows one call a second; each wait is longer than that.
    @Test(arguments: ["text", "json"])
    func waitingIsToldInTheChosenFormat(format: String) async throws {
        let bench = try Bench.staging(try Service(), riders("ann", "bob", "cleo"))
        try bench.write(stagingWorkspace.replacing("100000", with: "20"), to: "profilectl.yaml")
        let run = await bench.run("apply", "--auto-approve", "--format", format)
        #expect(run.code == .done)
        #expect(run.errors.contains("waiting") == (format == "text"))
        if format == "json" {
            #expect(try run.events().contains { $0.text("type") == "step_waiting" })
        }
    }
}

import Commands
import ProfileModel
import Testing

/// The standard output has the chosen format and nothing else.
@Suite struct StreamsTests {
    /// What people do and machines read, on a workspace that has been applied once and where one thing differs.
    private func appliedBench() async throws -> Bench {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(jane(tier: "3"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        return bench
    }

    private static let documents = [
        ["validate"], ["plan"], ["plan", "--detail", "full"], ["plan", "--redact", "always"], ["show", "saved.json"],
        ["get", "coolbikes:rider:bike_id:77"], ["ledger", "list"], ["ledger", "show", "coolbikes/rider/jane"],
    ]

    @Test(arguments: documents)
    func aDocumentIsOneJSONObjectAndWarningsAreInIt(command: [String]) async throws {
        let bench = try await appliedBench()
        let run = await bench.run(command + ["--format", "json"])
        #expect(run.code == .done)
        #expect(run.output.hasSuffix("}\n"))
        let document = try run.document()
        #expect(document["format_version"] != nil)
        #expect(run.errors.isEmpty, "\(run.errors)")
        if command[0] == "plan" || command[0] == "validate" {
            #expect(document.list("diagnostics").map { $0.text("code") } == ["PM118"])
        }
    }

    @Test(arguments: documents)
    func textIsNoJSONAndCarriesNoColour(command: [String]) async throws {
        let bench = try await appliedBench()
        let run = await bench.run(command)
        #expect(run.code == .done)
        #expect(!run.output.hasPrefix("{"))
        #expect(run.output.hasSuffix("\n"))
        #expect(!run.all.contains("\u{1B}"))
    }

    @Test func warningsOfValidateGoToTheStandardError() async throws {
        let bench = try Bench.local(jane(tier: "3"))
        let run = await bench.run("validate")
        #expect(run.code == .done)
        #expect(run.output == "Valid: 1 profile in 1 file.\n")
        #expect(run.errors.contains("PM118"))
    }

    @Test func applyWritesOneEventALine() async throws {
        let bench = try await appliedBench()
        let run = await bench.run("apply", "--auto-approve", "--format", "json")
        #expect(run.code == .done)
        let events = try run.events()
        let types = events.map { $0.text("type") ?? "" }
        #expect(types == ["version", "diagnostic", "planned_step", "step_started", "step_succeeded", "summary"])
        #expect(run.output.hasPrefix("{\"type\":\"version\","))
        #expect(events.allSatisfy { $0.text("timestamp") != nil })
        #expect(run.errors.isEmpty)
    }

    @Test(arguments: [0, 1, 2])
    func `an output that closes after a call is 6`(lines: Int) async throws {
        let bench = try await appliedBench()
        let (left, text) = (Holder<Int>(), Holder<String>())
        left.value = lines
        let output = Output { bytes in
            let line = String(decoding: bytes, as: UTF8.self)
            text.value = (text.value ?? "") + line
            guard line.contains("step_succeeded") || line.contains("summary") else { return }
            guard let rest = left.value, rest > 0 else { throw Output.Closed(reason: "Broken pipe") }
            left.value = rest - 1
        }
        let run = await bench.run(["apply", "--auto-approve", "--format", "json"], output: output)
        #expect(run.code == (lines == 2 ? .done : .partlyApplied), "\(text.value ?? "")")
    }

    @Test func `help that cannot be written is an error`() async throws {
        let bench = try Bench()
        let full = Output { _ in throw Output.Closed(reason: "No space left on device") }
        let run = await bench.run(["help", "plan"], output: full)
        #expect(run.code == .error)
        #expect(run.errors.contains("No space left on device"))
    }

    @Test func applyAsksBesideTheEvents() async throws {
        let bench = try await appliedBench()
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = ["no"]
        }
        let run = await bench.run("apply", "--format", "json")
        #expect(run.code == .error)
        #expect(try run.events().map { $0.text("type") } == ["version", "diagnostic", "planned_step"])
        #expect(run.errors.contains("to continue:"))
    }

    @Test func anApplyWithNothingToDoIsAStreamToo() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await bench.run("apply", "--auto-approve", "--format", "json")
        #expect(run.code == .done)
        #expect(try run.events().first?.text("type") == "version")
    }

    private static let broken =
        "version: 1\nprofiles:\n  jane: {source: zendesk, type: rider, identifiers: {email: a@b.example}}\n"

    @Test(arguments: ["validate", "plan"])
    func whatIsWrongIsADocumentToo(command: String) async throws {
        let bench = try Bench.local(Self.broken)
        let run = await bench.run(command, "--format", "json")
        #expect(run.code == .invalidInput)
        #expect(try run.document().list("diagnostics").map { $0.text("code") } == ["PM109"])
        let text = await bench.run(command)
        #expect(text.code == .invalidInput)
        #expect(text.output.isEmpty)
        #expect(text.errors.contains("profiles/riders.yaml:3:"))
    }

    @Test func aFailedApplyIsAStreamToo() async throws {
        let bench = try Bench.local(Self.broken)
        let run = await bench.run("apply", "--auto-approve", "--format", "json")
        #expect(run.code == .invalidInput)
        #expect(try run.events().map { $0.text("type") } == ["version", "diagnostic"])
        let text = await bench.run("apply", "--auto-approve")
        #expect(text.output.isEmpty)
        #expect(text.errors.contains("PM109"))
    }

    @Test(arguments: [
        ["get", "coolbikes:rider:bike_id:nobody"], ["ledger", "show", "coolbikes/rider/nobody"],
        ["show", "missing.json"],
        ["plan", "--env", "nowhere"], ["apply", "--env", "nowhere", "--auto-approve"], ["validate", "missing"],
        ["ledger", "list", "--env", "nowhere"],
    ])
    func aFailureIsToldAlikeInEveryFormat(command: [String]) async throws {
        let bench = try await appliedBench()
        let text = await bench.run(command)
        #expect(text.code != .done)
        #expect(!text.errors.isEmpty)
        let machine = await bench.run(command + ["--format", "json"])
        #expect(machine.code == text.code)
        if command[0] == "apply" {
            _ = try machine.events()
        } else {
            _ = try machine.document()
        }
    }

    @Test(arguments: [
        ["plan", "--formt", "json"], ["plan", "--format", "xml"], ["aply"], ["get"], ["ledger", "show", "jane"],
    ])
    func usageGoesToTheStandardError(arguments: [String]) async throws {
        let run = try await Bench.local().run(arguments)
        #expect(run.code == .usage)
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    @Test(arguments: [["--help"], ["plan", "--help"], ["--version"], ["version"], ["ledger"], []])
    func whatWasAskedForIsOutput(arguments: [String]) async throws {
        let run = try await Bench.local().run(arguments)
        #expect(run.code == .done)
        #expect(!run.output.isEmpty)
        #expect(run.errors.isEmpty)
    }
}

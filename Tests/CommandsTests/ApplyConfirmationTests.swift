import Commands
import ProfileModel
import Testing

@Suite struct ApplyConfirmationTests {
    private func bench(typing lines: [String]) throws -> Bench {
        let bench = try Bench.local()
        bench.set { state in
            state.terminal.inputIsTerminal = true
            state.typed = lines
        }
        return bench
    }

    @Test func yesApplies() async throws {
        let bench = try bench(typing: ["yes"])
        let run = await bench.run("apply")
        #expect(run.code == .done)
        #expect(run.output.contains("1 done"))
        #expect(run.errors.contains("Do this step in 'local'?"))
        #expect(!run.output.contains("to continue"), "a question is no output")
    }

    @Test(arguments: [["y"], ["Yes"], ["YES"], ["yes "], ["no"], [""], []])
    func nothingElseApplies(lines: [String]) async throws {
        let bench = try bench(typing: lines)
        let run = await bench.run("apply")
        #expect(run.code == .error)
        #expect(run.errors.contains("Nothing was changed."))
        #expect(!bench.exists(".profilectl"), "nothing is left behind")
        let plan = try await bench.run("plan", "--format", "json").document()
        #expect(plan.list("steps").count == 1)
        #expect(await bench.run("ledger", "list").output.contains("empty"))
    }

    @Test func `what was typed before the question answers nothing`() async throws {
        let bench = try bench(typing: ["no"])
        bench.set { $0.typedAhead = ["yes"] }
        let run = await bench.run("apply")
        #expect(run.code == .error)
        #expect(run.errors.contains("Nothing was changed."))
    }

    @Test func whereThereIsNothingToDoNobodyIsAsked() async throws {
        let bench = try bench(typing: ["yes"])
        #expect(await bench.run("apply").code == .done)
        bench.set { $0.typed = nil }
        let again = await bench.run("apply")
        #expect(again.code == .done)
        #expect(again.output.contains("Nothing to do"))
    }

    @Test func withoutATerminalNothingIsEvenRead() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        let run = await bench.run("apply")
        #expect(run.code == .usage)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("--auto-approve"))
        #expect(service.requests.isEmpty)
        #expect(bench.connections.opened == 0)
        #expect(!bench.exists(".profilectl"))
    }

    @Test func approvedInAdvanceNobodyIsAsked() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
    }
}

import Commands
import ProfileModel
import Testing

@Suite struct SandboxServeCommandTests {
    @Test func itServesUntilItIsInterrupted() async throws {
        let bench = try Bench()
        try bench.write(jane, to: "riders.yaml")
        bench.set { $0.isInterrupted = true }
        let run = await bench.run("sandbox", "serve", "--port", "0", "--load", "riders.yaml")
        #expect(run.code == .done)
        #expect(run.errors.isEmpty)
    }

    @Test func whatCannotBeLoadedIsTold() async throws {
        let bench = try Bench()
        try bench.write("version: 1\nprofiles: {a: {source: s, type: t}}\n", to: "riders.yaml")
        for path in ["missing", "riders.yaml"] {
            let run = await bench.run("sandbox", "serve", "--port", "0", "--load", path)
            #expect(run.code == .invalidInput)
            #expect(run.output.isEmpty)
        }
    }

    @Test(arguments: [
        ["--latency", "soon"], ["--latency", "5"], ["--port", "70000"], ["--port", "-1"],
        ["--auth", "token:a,scopes=users:read"], ["--fault", "explode"], ["--fault", "wrong-type=odd"],
        ["--fault", "slow=soon"],
        ["--rate-limit", "0"], ["--rate-limit", "many"], ["--rate-limit", "700,burst=0"],
        ["--rate-limit", "700,window"],
        ["--switch", "no_such=thing"],
        ["--switch", "patch_null=perhaps"],
        ["--auth", "bearer:"],
    ])
    func whatIsNotUnderstoodIsUsage(flags: [String]) async throws {
        let run = try await Bench().run(["sandbox", "serve", "--port", "0"] + flags)
        #expect(run.code == .usage)
        #expect(!run.errors.isEmpty)
    }

    @Test func aCredentialThatIsWrittenWronglyIsNotRepeated() async throws {
        let run = try await Bench().run("sandbox", "serve", "--port", "0", "--auth", "baerer:\(Service.token)")
        #expect(run.code == .usage)
        #expect(!run.all.contains(Service.token))
    }
}

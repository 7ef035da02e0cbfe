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

    /// Two environments, of which none is the default, and a manifest with a variable.
    private func benchWithVariable() throws -> Bench {
        let bench = try Bench()
        try bench.write(
            """
            version: 1
            environments:
              blue: {sandbox: {data: data.sqlite}, vars: {bike: "7"}}
              green: {sandbox: {}, vars: {bike: "${env:BIKE}"}}

            """, to: "profilectl.yaml")
        try bench.write(riders("ann").replacing("bike-of-ann", with: "\"bike-of-${var:bike}\""), to: "riders.yaml")
        bench.set { $0.isInterrupted = true }
        return bench
    }

    @Test func `variables of --load are those of --env`() async throws {
        let bench = try benchWithVariable()
        let serve = ["sandbox", "serve", "--port", "0", "--load", "riders.yaml"]
        #expect(await bench.run(serve + ["--data", "data.sqlite", "--env", "blue"]).code == .done)
        #expect(await bench.run("get", "coolbikes:rider:bike_id:bike-of-7", "--env", "blue").code == .done)
        let unset = await bench.run(serve + ["--env", "green"])
        #expect(unset.code == .invalidInput)
        #expect(unset.errors.contains("BIKE") && unset.errors.contains("profilectl.yaml:4:"))
    }

    @Test func `--load needs an environment for variables only`() async throws {
        let bench = try benchWithVariable()
        let serve = ["sandbox", "serve", "--port", "0", "--load", "riders.yaml"]
        let run = await bench.run(serve)
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM119") && run.errors.contains("PM201") && run.errors.contains("--env"))
        try bench.write(riders("ann"), to: "riders.yaml")
        #expect(await bench.run(serve).code == .done)
        #expect(await bench.run(serve + ["--env", "grey"]).errors.contains("PM202"))
        #expect(await bench.run("sandbox", "serve", "--port", "0", "--env", "blue").code == .usage)
    }

    @Test func `warnings of --load are shown`() async throws {
        let bench = try Bench()
        try bench.write(jane.replacing("silver", with: "7"), to: "riders.yaml")
        bench.set { $0.isInterrupted = true }
        let run = await bench.run("sandbox", "serve", "--port", "0", "--load", "riders.yaml")
        #expect(run.code == .done)
        #expect(run.errors.contains("PM118"))
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

import Commands
import Testing

/// Where the embedded sandbox may stand in for a workspace, and where it may not.
@Suite struct WorkspaceSearchTests {
    /// A directory with a manifest and no workspace file.
    private func bench() throws -> Bench {
        let bench = try Bench()
        try bench.write(jane, to: "riders.yaml")
        return bench
    }

    @Test(arguments: [
        "profilectl.yml", "PROFILECTL.YAML", ".profilectl.yaml", "profilectl.yaml.txt", "profilectl.json",
    ])
    func `a workspace file with nearly its name is an error`(name: String) async throws {
        let bench = try bench()
        try bench.write(stagingWorkspace, to: name)
        let run = await bench.run("apply", "riders.yaml", "--auto-approve")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM213"))
        #expect(run.errors.contains("'\(name)'") && run.errors.contains("-C") && run.errors.contains("--env local"))
        #expect(!bench.exists(".profilectl"))
    }

    @Test(arguments: [
        ["validate"], ["plan"], ["apply", "--auto-approve"], ["drift"], ["get", "--user", "1"], ["show", "runs"],
        ["ledger", "list"], ["ledger", "show", "a/b/c"], ["ledger", "forget", "a/b/c"],
        ["ledger", "move", "a/b/c", "a/b/d"], ["ledger", "unlock"], ["rollback", "7", "--plan-only"],
        ["snapshot", "--out", "s.json"], ["sandbox", "serve", "--port", "0", "--load", "riders.yaml"],
    ])
    func `every command that needs an environment refuses`(arguments: [String]) async throws {
        let bench = try bench()
        try bench.write(stagingWorkspace, to: "profilectl.yml")
        let run = await bench.run(arguments)
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM213"))
    }

    @Test(arguments: [["version"], ["explain", "PM213"], ["completions", "bash"]])
    func `a command without an environment does not care`(arguments: [String]) async throws {
        let bench = try bench()
        try bench.write(stagingWorkspace, to: "profilectl.yml")
        bench.set { $0.environment["CI"] = "true" }
        #expect(await bench.run(arguments).code == .done)
    }

    @Test func `init writes a workspace beside a file like one`() async throws {
        let bench = try bench()
        try bench.write(stagingWorkspace, to: "profilectl.yml")
        #expect(await bench.run("init").code == .done)
        #expect(bench.exists("profilectl.yaml"))
    }

    @Test func `--env local takes the sandbox all the same`() async throws {
        let bench = try bench()
        try bench.write(stagingWorkspace, to: "profilectl.yml")
        let run = await bench.run("plan", "riders.yaml", "--env", "local")
        #expect(run.code == .done)
        #expect(run.output.hasPrefix("No profilectl.yaml here"))
    }

    @Test func `the variable does not say that a sandbox is meant`() async throws {
        let bench = try bench()
        try bench.write(stagingWorkspace, to: "profilectl.yml")
        bench.set { $0.environment["PROFILECTL_ENV"] = "local" }
        #expect(await bench.run("plan", "riders.yaml").errors.contains("PM213"))
    }

    @Test func `a folder above is named with the way there`() async throws {
        let bench = try bench()
        try bench.write(localWorkspace, to: "profilectl.yaml")
        try bench.write(jane, to: "team/blue/riders.yaml")
        let run = await bench.run("plan", "-C", "team/blue", "riders.yaml")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM213"))
        #expect(run.errors.contains("`-C .`"))
        #expect(await bench.run("plan", "-C", "team/blue", "riders.yaml", "--env", "local").code == .done)
        try bench.write(localWorkspace, to: "team/profilectl.yml")
        let nearer = await bench.run("plan", "-C", "team/blue", "riders.yaml")
        #expect(nearer.errors.contains("'team/profilectl.yml'") && nearer.errors.contains("`-C team`"))
    }

    @Test func `the search ends at the root of the repository`() async throws {
        let bench = try bench()
        try bench.write(localWorkspace, to: "profilectl.yaml")
        try bench.write(jane, to: "sub/deep/riders.yaml")
        #expect(await bench.run("plan", "-C", "sub/deep", "riders.yaml").errors.contains("PM213"))
        // A linked work tree and a submodule have a file in place of the directory.
        try bench.write("gitdir: elsewhere\n", to: "sub/.git")
        #expect(await bench.run("plan", "-C", "sub/deep", "riders.yaml").code == .done)
        try bench.write(localWorkspace, to: "sub/profilectl.yaml")
        #expect(await bench.run("plan", "-C", "sub/deep", "riders.yaml").errors.contains("PM213"))
    }

    @Test func `a second workspace file gets a warning`() async throws {
        let bench = try Bench.local()
        try bench.write(stagingWorkspace, to: "profilectl.yml")
        let run = await bench.run("plan")
        #expect(run.code == .done)
        #expect(run.all.contains("PM214") && run.all.contains("'profilectl.yml'"))
        #expect(await bench.run("validate").errors.contains("PM214"))
    }

    @Test func `what is no file is not passed over`() async throws {
        let link = try bench()
        try link.link("profilectl.yaml", to: "/mnt/not-mounted")
        let directory = try bench()
        try directory.write("", to: "profilectl.yaml/x")
        let empty = try bench()
        try empty.write("", to: "profilectl.yaml")
        for (bench, code) in [(link, "PM001"), (directory, "PM001"), (empty, "PM103")] {
            let run = await bench.run("plan", "riders.yaml", "--env", "local")
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains(code) && run.errors.contains("profilectl.yaml"))
        }
    }

    @Test(arguments: ["true", "1", "yes"])
    func `in a pipeline the sandbox must be asked for`(value: String) async throws {
        let bench = try bench()
        bench.set { $0.environment["CI"] = value }
        let run = await bench.run("apply", "riders.yaml", "--auto-approve")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM215"))
        #expect(!bench.exists(".profilectl"))
        #expect(await bench.run("apply", "riders.yaml", "--auto-approve", "--env", "local").code == .done)
    }

    @Test(arguments: ["", "0", "false", "False"])
    func `a CI that is off changes nothing`(value: String) async throws {
        let bench = try bench()
        bench.set { $0.environment["CI"] = value }
        #expect(await bench.run("plan", "riders.yaml").code == .done)
    }

    @Test func `a pipeline may serve a sandbox without a workspace`() async throws {
        let bench = try bench()
        bench.set { state in
            state.environment["CI"] = "true"
            state.isInterrupted = true
        }
        #expect(await bench.run("sandbox", "serve", "--port", "0", "--load", "riders.yaml").code == .done)
    }

    @Test func `every text says that a sandbox stands in`() async throws {
        let bench = try bench()
        #expect(await bench.run("apply", "riders.yaml", "--auto-approve").code == .done)
        for arguments in [
            ["validate", "riders.yaml"], ["plan", "riders.yaml"], ["apply", "riders.yaml", "--auto-approve"], ["drift"],
            ["get", "coolbikes:rider:bike_id:77"], ["show", "runs"], ["ledger", "list"],
            ["ledger", "show", "coolbikes/rider/jane"], ["snapshot", "riders.yaml", "--out", "s.json"],
        ] {
            let run = await bench.run(arguments)
            #expect(run.output.hasPrefix("No profilectl.yaml here"), "\(arguments): \(run.all)")
        }
    }

    @Test func `a saved plan is not applied beside its workspace`() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        try bench.write(jane, to: "sub/riders.yaml")
        #expect(await bench.run("plan", "--out", "p.json").code == .done)
        let below = await bench.run("apply", "-C", "sub", "../p.json", "--auto-approve")
        #expect(below.code == .invalidInput)
        #expect(below.errors.contains("PM213"))
        try bench.write("", to: "other/.git/HEAD")
        try bench.write(bench.text("p.json"), to: "other/p.json")
        let other = await bench.run("apply", "-C", "other", "p.json", "--auto-approve")
        #expect(other.code == .invalidInput)
        #expect(other.errors.contains("PM202") && other.errors.contains("the saved plan"))
    }

    @Test func `a path into another workspace is an error`() async throws {
        let bench = try Bench()
        try bench.write(localWorkspace, to: "team/profilectl.yaml")
        try bench.write(jane, to: "team/profiles/riders.yaml")
        #expect(await bench.run("plan", "-C", "team", "--out", "p.json").code == .done)
        for arguments in [
            ["plan", "team"], ["plan", "team/profiles"], ["validate", "team/profiles/*.yaml"],
            ["apply", "team/profiles/riders.yaml", "--auto-approve"], ["apply", "team/p.json", "--auto-approve"],
            ["snapshot", bench.path("team/profiles"), "--out", "s.json"],
        ] {
            let run = await bench.run(arguments)
            #expect(run.code == .invalidInput, "\(arguments)")
            #expect(run.errors.contains("PM213") && run.errors.contains("`-C team`"), "\(arguments): \(run.errors)")
        }
        #expect(await bench.run("plan", "team/profiles", "--env", "local").code == .done)
    }

    @Test func `a directory that was removed is not the root`() async throws {
        let bench = try Bench.local()
        bench.set { $0.workingDirectory = "" }
        for arguments in [["plan"], ["init"], ["ledger", "list"], ["plan", "-C", "profiles"]] {
            let run = await bench.run(arguments)
            #expect(run.code == .usage)
            #expect(run.errors.contains("does not exist any more"))
        }
        #expect(await bench.run("plan", "-C", bench.directory).code == .done)
    }

    @Test func `the way to a folder fits the working directory`() async throws {
        let bench = try bench()
        try bench.write(localWorkspace, to: "profilectl.yaml")
        try bench.write(jane, to: "team/blue/riders.yaml")
        let directory = bench.path("team/blue")
        bench.set { $0.workingDirectory = directory }
        #expect(await bench.run("plan", "riders.yaml").errors.contains("`-C ../..`"))
        bench.set { $0.workingDirectory = "/" }
        let run = await bench.run("plan", "-C", directory, "riders.yaml")
        #expect(run.errors.contains("/profilectl.yaml'") && run.errors.contains("`-C "))
    }

    @Test func `an empty PROFILECTL_ENV suits every saved plan`() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("plan", "--out", "p.json").code == .done)
        bench.set { $0.environment["PROFILECTL_ENV"] = "" }
        #expect(await bench.run("apply", "p.json", "--auto-approve").code == .done)
    }
}

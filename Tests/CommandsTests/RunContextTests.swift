import Commands
import Testing

/// Which workspace and which environment a command works on.
@Suite struct RunContextTests {
    private func bench(defaultEnvironment: String? = nil) throws -> Bench {
        let bench = try Bench()
        let choice = defaultEnvironment.map { "default_environment: \($0)\n" } ?? ""
        try bench.write(
            "version: 1\n\(choice)environments:\n  blue: {sandbox: {}}\n  green: {sandbox: {}}\n", to: "profilectl.yaml"
        )
        try bench.write(jane, to: "profiles/riders.yaml")
        return bench
    }

    private func environment(of run: Bench.Run) throws -> String? {
        try run.document().object("environment").text("name")
    }

    @Test func theFlagWinsOverTheVariable() async throws {
        let bench = try bench(defaultEnvironment: "blue")
        bench.set { $0.environment["PROFILECTL_ENV"] = "blue" }
        #expect(try environment(of: await bench.run("plan", "--env", "green", "--format", "json")) == "green")
    }

    @Test func theVariableWinsOverTheDefault() async throws {
        let bench = try bench(defaultEnvironment: "blue")
        bench.set { $0.environment["PROFILECTL_ENV"] = "green" }
        #expect(try environment(of: await bench.run("plan", "--format", "json")) == "green")
        bench.set { $0.environment["PROFILECTL_ENV"] = "" }
        #expect(try environment(of: await bench.run("plan", "--format", "json")) == "blue")
    }

    @Test func theOnlyEnvironmentNeedsNoName() async throws {
        #expect(try environment(of: await Bench.local().run("plan", "--format", "json")) == "local")
    }

    @Test func severalWithoutAChoiceAreAnErrorThatNamesThem() async throws {
        let run = try await bench().run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM201"))
        #expect(run.errors.contains("blue") && run.errors.contains("green"))
    }

    @Test(arguments: [["--env", "gren"], []])
    func anUnknownEnvironmentIsAnErrorThatSuggests(flags: [String]) async throws {
        let bench = try bench()
        bench.set { $0.environment["PROFILECTL_ENV"] = "gren" }
        let run = await bench.run(["plan"] + flags)
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM202"))
        #expect(run.errors.contains("green"))
        #expect(run.errors.contains(flags.isEmpty ? "PROFILECTL_ENV" : "--env"))
    }

    @Test func withoutAWorkspaceASandboxStandsIn() async throws {
        let bench = try Bench()
        try bench.write(jane, to: "riders.yaml")
        let plan = await bench.run("plan", "riders.yaml")
        #expect(plan.code == .done)
        #expect(plan.output.split(separator: "\n").first?.contains("embedded sandbox") == true)
        #expect(try bench.names() == ["riders.yaml"], "a plan leaves nothing behind")

        let document = try await bench.run("plan", "riders.yaml", "--format", "json").document()
        #expect(document.object("environment").text("name") == "local")
    }

    @Test func withoutAWorkspaceAndPathsNothingIsGuessed() async throws {
        let run = try await Bench().run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM105"))
        #expect(run.errors.contains("profilectl init"))
    }

    @Test func anotherDirectoryIsWorkedInAsIfStartedThere() async throws {
        let bench = try Bench()
        try bench.write(localWorkspace, to: "team/profilectl.yaml")
        try bench.write(jane, to: "team/profiles/riders.yaml")
        let run = await bench.run("plan", "-C", "team", "--out", "saved.json")
        #expect(run.code == .done)
        #expect(bench.exists("team/saved.json"))
        #expect(await bench.run("apply", "-C", "team", "saved.json", "--auto-approve").code == .done)
        #expect(bench.exists("team/.profilectl/local.sqlite"))
    }

    @Test func aDirectoryThatIsNotThereIsUsage() async throws {
        let run = try await Bench().run("plan", "-C", "nowhere")
        #expect(run.code == .usage)
        #expect(run.errors.contains("nowhere"))
    }

    @Test func aBrokenWorkspaceFileIsShownWithItsPlace() async throws {
        let bench = try Bench()
        try bench.write("version: 1\nenvironmnts: {}\n", to: "profilectl.yaml")
        for command in ["validate", "plan"] {
            let run = await bench.run(command)
            #expect(run.code == .invalidInput, "\(command)")
            #expect(run.errors.contains("profilectl.yaml:2:1"), "\(command)")
            #expect(run.errors.contains("environments"), "\(command)")
        }
    }

    @Test func variablesOfTheEnvironmentReachTheManifests() async throws {
        let bench = try Bench()
        try bench.write(
            """
            version: 1
            environments:
              local: {sandbox: {}, vars: {domain: "${env:DOMAIN}"}}

            """, to: "profilectl.yaml")
        try bench.write(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {email: "jane@${var:domain}"}}

            """, to: "profiles/riders.yaml")
        try bench.write(
            riders("ann").replacing("bike-of-ann", with: "\"of-${var:domain}\""), to: "profiles/more.yaml")
        let unset = await bench.run("plan")
        #expect(unset.code == .invalidInput)
        #expect(unset.errors.contains("DOMAIN") && unset.errors.contains("profilectl.yaml:3:"))
        #expect(unset.errors.contains("1 error\n"), "told once, although two manifests use it")
        bench.set { $0.environment["DOMAIN"] = "qa.example.com" }
        let run = await bench.run("plan")
        #expect(run.code == .done)
        #expect(run.output.contains("jane@qa.example.com"))
    }

    @Test func `a variable that nothing uses need not be set`() async throws {
        let bench = try Bench()
        try bench.write(
            """
            version: 1
            environments:
              staging:
                url: "${env:URL}"
                auth: {bearer: "${env:TOKEN}"}
                vars: {secret: "${env:SECRET}"}

            """, to: "profilectl.yaml")
        try bench.write(jane, to: "profiles/riders.yaml")
        for arguments in [["validate"], ["ledger", "unlock"]] {
            #expect(await bench.run(arguments).code == .done, "\(arguments)")
        }
        for arguments in [["ledger", "list"], ["show", "runs"]] {
            #expect(await bench.run(arguments).errors.contains("PM420"), "only the ledger is missed: \(arguments)")
        }
        bench.set { $0.environment["URL"] = "https://acme.zendesk.com" }
        let plan = await bench.run("plan")
        #expect(plan.code == .invalidInput)
        #expect(plan.errors.contains("TOKEN") && !plan.errors.contains("SECRET"))
    }
}

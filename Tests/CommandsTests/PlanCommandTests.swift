import Commands
import HTTPTypes
import ProfileModel
import Sandbox
import Testing

@Suite struct PlanCommandTests {
    @Test func itOnlyReads() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("plan").code == .done)
        #expect(!service.requests.isEmpty)
        #expect(service.requests.allSatisfy { $0.method == .get })
        #expect(try bench.names() == ["profilectl.yaml", "profiles"])
    }

    @Test func changesAreACodeOnlyWhenAskedFor() async throws {
        let bench = try Bench.local()
        for format in ["text", "json"] {
            #expect(await bench.run("plan", "--format", format).code == .done)
            #expect(await bench.run("plan", "--format", format, "--detailed-exitcode").code == .changesPending)
        }
    }

    @Test func whatIsBlockedOutweighsWhatIsPending() async throws {
        let bench = try Bench.local(riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("ann", "cleo"), to: "profiles/riders.yaml")
        for format in ["text", "json"] {
            let run = await bench.run("plan", "--format", format, "--detailed-exitcode")
            #expect(run.code == .blocked)
            #expect(run.output.contains("coolbikes/rider/cleo"))
        }
        #expect(await bench.run("plan", "--allow-delete", "--detailed-exitcode").code == .changesPending)
    }

    /// Nothing wanted is an error, unless the flag says that it is meant.
    @Test func theLastProfileCanBeDeletedOnPurpose() async throws {
        let bench = try Bench.local(riders("ann"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write("version: 1\nprofiles: {}\n", to: "profiles/riders.yaml")
        for command in [["plan"], ["plan", "--allow-delete"], ["apply", "--auto-approve"]] {
            let run = await bench.run(command)
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains("PM106"))
        }
        #expect(await bench.run("plan", "--allow-delete-all", "--detailed-exitcode").code == .changesPending)
        #expect(await bench.run("apply", "--allow-delete-all", "--auto-approve").code == .done)
        #expect(await !bench.run("ledger", "list").output.contains("coolbikes/rider/ann"))
    }

    @Test func deletingEverythingTakesItsOwnFlag() async throws {
        let bench = try Bench.local(riders("ann"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("bob"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--allow-delete").code == .blocked)
        #expect(await bench.run("plan", "--allow-delete-all").code == .done)
    }

    @Test func thePolicyOfTheEnvironmentHolds() async throws {
        let bench = try Bench.local(riders("ann", "bob", "cleo"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("ann"), to: "profiles/riders.yaml")
        try bench.write(
            "version: 1\nenvironments:\n  local: {sandbox: {}, policy: {allow_delete: true, max_delete: 1}}\n",
            to: "profilectl.yaml")
        #expect(await bench.run("plan").code == .blocked)
        try bench.write(riders("ann", "bob"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan").code == .done)
    }

    private static let sourcePolicy = """
        version: 1
        environments:
          local:
            sandbox: {}
            policy: {sources: {coolbike: {delete: never}, coolbikes: {max_update: 5}}}

        """

    /// A slip of the pen here would leave unprotected what was to be protected.
    @Test(arguments: [["validate"], ["plan"], ["apply", "--auto-approve"]])
    func aPolicyOfASourceThatIsNowhereIsTold(command: [String]) async throws {
        let bench = try Bench.local()
        try bench.write(Self.sourcePolicy, to: "profilectl.yaml")
        let run = await bench.run(command)
        #expect(run.code == .done)
        #expect(run.all.contains("warning[PM208]"), "\(run.all)")
        #expect(run.all.contains("profilectl.yaml:5:"))
        #expect(run.all.contains("did you mean \"coolbikes\"?"))
        #expect(run.all.matches(of: /warning\[PM208\]/).count == 1)
        // One file is not all that there is.
        #expect(!(await bench.run(command + ["profiles/riders.yaml"])).all.contains("PM208"))
    }

    @Test(arguments: ["validate", "plan"])
    func aSourceThatIsOnlyLeftInTheLedgerIsKnown(command: String) async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(riders("ann").replacing("coolbikes", with: "warmbikes"), to: "profiles/riders.yaml")
        try bench.write(Self.sourcePolicy.replacing("coolbike:", with: "warmbikes:"), to: "profilectl.yaml")
        #expect(!(await bench.run(command)).all.contains("PM208"))
    }

    @Test func pathsLeaveTheRestAlone() async throws {
        let bench = try Bench.local(riders("ann"))
        try bench.write(riders("bob"), to: "profiles/more.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let document = try await bench.run("plan", "profiles/more.yaml", "--format", "json").document()
        #expect(document.list("steps").isEmpty && document.list("blocked").isEmpty)
        #expect(document["complete"] == .bool(false))
        #expect(await bench.run("plan", "profiles/more.yaml").output.contains("only profiles/more.yaml"))
    }
}

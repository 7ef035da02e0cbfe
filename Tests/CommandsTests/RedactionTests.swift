import Commands
import HTTPTypes
import ProfileModel
import ProfilesAPI
import Sandbox
import Testing

/// Values of customers do not get into the logs of a pipeline.
@Suite struct RedactionTests {
    private static let values = [email, "silver", "gold-member"]
    private static let formats = [[], ["--format", "json"], ["--detail", "full"], ["--detail", "summary"]]

    private func expectNothingPersonal(
        _ run: Bench.Run, _ comment: Comment, _ location: SourceLocation = #_sourceLocation
    ) {
        for value in Self.values { #expect(!run.all.contains(value), comment, sourceLocation: location) }
        #expect(!run.all.contains("jane.smith"), comment, sourceLocation: location)
    }

    @Test(arguments: formats, ["auto", "always"])
    func planAndApplyShowPseudonyms(flags: [String], redact: String) async throws {
        let bench = try Bench.local()
        if redact == "auto" { bench.set { $0.environment["CI"] = "true" } }
        let options = flags + ["--redact", redact]
        let plan = await bench.run(["plan"] + options)
        #expect(plan.code == .done)
        expectNothingPersonal(plan, "plan")
        #expect(plan.output.contains("coolbikes/rider/jane"), "addresses stay")
        let apply = await bench.run(["apply", "--auto-approve"] + options)
        #expect(apply.code == .done)
        expectNothingPersonal(apply, "apply")

        try bench.write(jane(tier: "gold-member"), to: "profiles/riders.yaml")
        expectNothingPersonal(await bench.run(["plan"] + options), "update")
        try bench.write(riders("bob"), to: "profiles/riders.yaml")
        expectNothingPersonal(await bench.run(["plan"] + options), "delete")
    }

    @Test func readingCommandsShowPseudonymsToo() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        bench.set { $0.environment["CI"] = "true" }
        for command in [
            ["get", "coolbikes:rider:bike_id:77"], ["ledger", "list"], ["ledger", "show", "coolbikes/rider/jane"],
            ["show", "saved.json"],
        ] {
            for flags in [[], ["--format", "json"]] {
                let run = await bench.run(command + flags)
                #expect(run.code == .done)
                expectNothingPersonal(run, "\(command)")
            }
        }
    }

    /// A line of the manifest that is wrong may hold a customer's address.
    @Test(arguments: ["validate", "plan", "apply"], [[], ["--format", "json"]])
    func whatIsWrongIsToldWithoutValues(command: String, flags: [String]) async throws {
        let bench = try Bench.local(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {email: \(email)}, attributes: {tier: silver}}
              other: {identifiers: {email: \(email)}, atributes: {tier: silver}}

            """)
        bench.set { $0.environment["CI"] = "true" }
        let run = await bench.run([command] + (command == "apply" ? ["--auto-approve"] : []) + flags)
        #expect(run.code == .invalidInput)
        #expect(run.all.contains("PM108"))
        expectNothingPersonal(run, "\(command)")
    }

    @Test func whatTheServiceSaysIsRedacted() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        // Somebody else's profile takes the e-mail address after the plan was made.
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        let other = Profile(
            id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", userID: "77", source: "coolbikes", type: "rider", name: "Other",
            identifiers: [Identifier(type: "bike_id", value: "77")], attributes: [:])
        service.onRequest { [sandbox = service.sandbox] request in
            if request.method == .put { try? sandbox.load(.init(profiles: [other])) }
        }
        bench.set { $0.environment["CI"] = "true" }
        for flags in [["--first-run"], ["--format", "json"]] {
            let run = await bench.run(["apply", "saved.json", "--auto-approve"] + flags)
            expectNothingPersonal(run, "\(flags)")
        }
    }

    /// Who looks at a failed pipeline needs to know what it was about.
    @Test func whatIsNobodysStays() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        bench.set { $0.environment["CI"] = "true" }
        let second = Holder<Bench.Run>()
        service.onRequest { [unowned bench] request in
            guard request.method == .put, second.value == nil else { return }
            second.value = await bench.run("apply", "--auto-approve")
        }
        #expect(await bench.run("apply", "--auto-approve", "--first-run").code == .done)
        let late = try #require(second.value)
        #expect(late.errors.contains("ops on build-7 (process 4711), for 0 s"))

        bench.set { $0.service = HTTPTransport { _, _ throws(TransportFailure) in throw .cannotConnect("refused") } }
        try bench.write(
            stagingWorkspace.split(separator: "https://\(Service.host)").joined(separator: "http://127.0.0.1:8787"),
            to: "profilectl.yaml")
        #expect(await bench.run("get", "01ARZ3NDEKTSV4RRFFQ69G5FAV").errors.contains("127.0.0.1 cannot be reached"))
    }

    @Test(arguments: [["--redact", "never"], ["--redact", "auto"]])
    func aPersonAtATerminalSeesTheValues(flags: [String]) async throws {
        let bench = try Bench.local()
        #expect(await bench.run(["plan"] + flags).output.contains(email))
        bench.set { $0.environment["CI"] = "true" }
        #expect(await bench.run("plan", "--redact", "never").output.contains(email))
    }

    @Test(arguments: ["", "false", "0"])
    func aVariableThatSaysNoIsNotCI(value: String) async throws {
        let bench = try Bench.local()
        bench.set { $0.environment["CI"] = value }
        #expect(await bench.run("plan").output.contains(email))
    }

    @Test func publicAttributesAreShown() async throws {
        let bench = try Bench.local()
        try bench.write(localWorkspace + "sensitive: {public_attributes: [tier]}\n", to: "profilectl.yaml")
        let run = await bench.run("plan", "--redact", "always")
        #expect(run.output.contains("silver"))
        #expect(!run.output.contains(email))
    }

    @Test func aKeyMakesPseudonymsComparable() async throws {
        let bench = try Bench.local()
        bench.set { $0.environment["PROFILECTL_REDACTION_KEY"] = "a key of the team" }
        let first = await bench.run("plan", "--redact", "always").output
        #expect(await bench.run("plan", "--redact", "always").output == first)
        bench.set { $0.environment["PROFILECTL_REDACTION_KEY"] = "another" }
        #expect(await bench.run("plan", "--redact", "always").output != first)
    }

    /// As secrets are in the pipelines of forks: set, and empty. A known key would let anyone try values out.
    @Test func anEmptyKeyIsNoKey() async throws {
        let bench = try Bench.local()
        bench.set { $0.environment["PROFILECTL_REDACTION_KEY"] = "" }
        let first = await bench.run("plan", "--redact", "always").output
        #expect(await bench.run("plan", "--redact", "always").output != first)
    }
}

import Commands
import HTTPTypes
import ProfileModel
import ProfilesAPI
import Testing

@Suite struct ShowRunsTests {
    @Test func everyApplyIsARunThatIsListedAndShown() async throws {
        let service = try Service(faults: ["422,method=PUT,nth=2"])
        let bench = try Bench.staging(service, riders("ann", "bob", "cleo"))
        #expect(await bench.run("apply", "--auto-approve", "--parallelism", "1").code == .partlyApplied)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let list = try await bench.run("show", "runs", "--format", "json").document().list("runs")
        #expect(
            list.map { $0.object("counts")["done"] } == [
                .number(JSONNumber(text: "1")), .number(JSONNumber(text: "2")),
            ])
        #expect(list.map { $0.text("state") } == ["ended", "ended"])
        #expect(list.map { $0.text("started_by") } == ["ops on build-7", "ops on build-7"])
        let id = try #require(list.last?.text("id"))
        let run = await bench.run("show", id)
        #expect(run.code == .done)
        #expect(run.output.contains("1  + coolbikes/rider/ann  done: "))
        #expect(run.output.contains("2  + coolbikes/rider/bob  failed: 422 "))
        let steps = try await bench.run("show", String(id.dropLast(2)), "--format", "json").document().object("run")
        #expect(steps.list("steps").map { $0.text("ending") } == ["done", "failed", "done"])
    }

    @Test func anUnknownRunIsToldWithTheNearest() async throws {
        let bench = try Bench.local()
        let none = await bench.run("show", "20231114T221320Z-0000")
        #expect(none.code == .error)
        #expect(none.errors.contains("PM408"))
        #expect(none.errors.contains("nothing was applied"))
        #expect(!bench.exists(".profilectl"), "showing leaves no trace")
        #expect(await bench.run("show", "runs").output.contains("No run yet"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let run = await bench.run("show", "20231114T221320Z-000x")
        #expect(run.code == .error)
        #expect(run.errors.contains("did you mean \"20231114T221320Z-"))
    }

    @Test func inAPipelineTheNamesOfRunsStay() async throws {
        let bench = try Bench.local()
        for tier in ["silver", "gold"] {
            try bench.write(jane(tier: tier), to: "profiles/riders.yaml")
            #expect(await bench.run("apply", "--auto-approve").code == .done)
        }
        bench.set { $0.environment["CI"] = "true" }
        let runs = try await bench.run("show", "runs", "--format", "json").document().list("runs")
        let names = runs.compactMap { $0.text("id") }
        try #require(names.count == 2)
        let unsure = await bench.run("show", "20231114T2213")
        for name in names + ["'20231114T2213'"] { #expect(unsure.errors.contains(name), "\(unsure.errors)") }
        let mistyped = await bench.run("show", names[0] + "0", "--format", "json")
        #expect(mistyped.errors.contains("did you mean \"\(names[0])\""), "\(mistyped.errors)")
        #expect(mistyped.output.contains(names[0]))
    }

    /// What the service says of a value is as personal as the value: `show` hides what `apply` hid.
    @Test(arguments: ["text", "json"])
    func valuesInTheWordsOfTheServiceAreHidden(format: String) async throws {
        let service = try Service()
        let bench = try Bench.staging(
            service,
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {name: Jane Smith, identifiers: {external_id: AB-12}, attributes: {tier: silver}}

            """)
        bench.set { state in
            state.environment["CI"] = "true"
            state.service = HTTPTransport { request, body throws(TransportFailure) in
                guard request.method == .put else { return try await service.transport.send(request, body) }
                let refusal = answering(422, "application/json") { _ in
                    #"{"errors":[{"code":"Bad","title":"name Jane Smith is not allowed, external id AB-12 either"}]}"#
                }
                return try await refusal.send(request, body)
            }
        }
        #expect(await bench.run("apply", "--auto-approve", "--first-run").code == .error)
        let runs = try await bench.run("show", "runs", "--format", "json").document().list("runs")
        let run = await bench.run("show", try #require(runs.first?.text("id")), "--format", format)
        #expect(run.code == .done)
        #expect(run.output.contains("422 Bad the service's reason is hidden"), "\(run.output)")
        for value in ["Jane", "Smith", "AB-12"] { #expect(!run.output.contains(value), "\(value)") }
    }

    @Test func aFileComesFirstAndHasItsEnvironment() async throws {
        let bench = try Bench.local()
        try bench.write("no plan", to: "runs")
        #expect(await bench.run("show", "runs").code == .invalidInput)
        #expect(await bench.run("show", "runs", "--env", "local").code == .usage)
        #expect(await bench.run("show", "missing.json").errors.contains("PM001"))
    }
}

import Commands
import HTTPTypes
import ProfilesAPI
import Testing

/// The service's reason for a refusal may quote a customer in plain words, which no redaction of sentences can find.
@Suite struct HiddenReasonsTests {
    private static let words = ["Jane", "Smith"]
    private static let bodies = [
        #"{"errors":[{"code":"ClientError","title":"Jane Smith is taken"}]}"#,
        #"{"error":{"title":"Jane Smith","message":"taken by Smith"}}"#,
        #"{"error":"RecordInvalid","description":"Jane Smith","details":{"name":[{"description":"taken"}]}}"#,
        #"{"error":"Jane Smith is taken"}"#,
    ]

    /// The account, which refuses the calls of one method from now on.
    private func refuse(
        _ method: HTTPRequest.Method, _ service: Service, _ bench: Bench, status: Int = 422, _ body: String = bodies[0]
    ) {
        bench.set { state in
            state.service = HTTPTransport { request, sent throws(TransportFailure) in
                guard request.method == method else { return try await service.transport.send(request, sent) }
                return try await answering(status, "application/json") { _ in body }.send(request, sent)
            }
        }
    }

    private func managed() async throws -> (Service, Bench) {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(jane(tier: "gold"), to: "profiles/riders.yaml")
        return (service, bench)
    }

    private func expectHidden(_ run: Bench.Run, _ comment: Comment, _ location: SourceLocation = #_sourceLocation) {
        for word in Self.words { #expect(!run.all.contains(word), comment, sourceLocation: location) }
        #expect(run.all.contains("reason is hidden"), comment, sourceLocation: location)
        #expect(run.all.contains("--redact never"), comment, sourceLocation: location)
    }

    @Test(arguments: [401, 422])
    func `commands that read hide why they were refused`(status: Int) async throws {
        let (service, bench) = try await managed()
        for (index, body) in Self.bodies.enumerated() {
            refuse(.get, service, bench, status: status, body)
            for command in [
                ["plan"], ["plan", "--format", "json"], ["get", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--format", "json"],
                ["drift"], ["drift", "--format", "json"], ["snapshot", "--out", "live.json"],
                ["apply", "--auto-approve"],
            ] {
                let run = await bench.run(command + ["--redact", "always"])
                expectHidden(run, "\(index): \(command): \(run.all)")
                #expect(run.all.contains("\(status)"))
            }
        }
        #expect(await bench.run("plan").all.contains("Jane Smith is taken"))
    }

    @Test(arguments: ["text", "json"])
    func `a refused write is told and recorded without reason`(format: String) async throws {
        let (service, bench) = try await managed()
        refuse(.patch, service, bench)
        bench.set { $0.environment["CI"] = "true" }
        let apply = await bench.run("apply", "--auto-approve", "--format", format)
        #expect(apply.code == .partlyApplied || apply.code == .error, "\(apply.all)")
        expectHidden(apply, "\(apply.all)")
        #expect(apply.all.contains("ClientError"))
        let id = try #require(try await runs(bench).first)
        for redact in ["always", "never"] {
            let shown = await bench.run("show", id, "--format", format, "--redact", redact)
            expectHidden(shown, "\(shown.all)")
            #expect(shown.output.contains("422 ClientError"), "\(shown.all)")
        }
    }

    @Test(arguments: ["text", "json"])
    func `a reason that was recorded is hidden where values are`(format: String) async throws {
        let (service, bench) = try await managed()
        refuse(.patch, service, bench)
        #expect(await bench.run("apply", "--auto-approve").all.contains("Jane Smith is taken"))
        let id = try #require(try await runs(bench).first)
        #expect(await bench.run("show", id, "--format", format).output.contains("Jane Smith is taken"))
        let shown = await bench.run("show", id, "--format", format, "--redact", "always")
        expectHidden(shown, "\(shown.all)")
        #expect(shown.output.contains("422 "), "\(shown.all)")
    }

    private func runs(_ bench: Bench) async throws -> [String] {
        try await bench.run("show", "runs", "--format", "json").document().list("runs").compactMap { $0.text("id") }
    }
}

import Commands
import HTTPTypes
import ProfilesAPI
import Testing

@Suite struct SecretTests {
    private static let commands = [
        ["validate"], ["plan", "--detail", "full"], ["plan", "--format", "json"], ["plan", "--out", "saved.json"],
        ["apply", "--auto-approve", "--detail", "full"], ["apply", "--auto-approve", "--format", "json"],
        ["get", "coolbikes:rider:bike_id:77"], ["ledger", "list", "--format", "json"],
    ]

    @Test(arguments: commands)
    func theTokenIsInNoOutput(command: [String]) async throws {
        let bench = try Bench.staging(Service())
        #expect(!(await bench.run(command)).all.contains(Service.token))
    }

    /// Services are known to repeat what they were sent.
    @Test(
        arguments: commands, [(401, "application/json"), (403, "text/html"), (200, "text/html"), (500, "text/plain")])
    func aServiceThatEchoesTheTokenDoesNotLeakIt(command: [String], answer: (status: Int, type: String)) async throws {
        let bench = try Bench.staging(Service())
        bench.set { state in
            state.service = answering(answer.status, answer.type) { request in
                let header = request.headerFields[.authorization] ?? ""
                return answer.type.hasSuffix("json")
                    ? #"{"error":"Unauthorized","description":"invalid \#(header)"}"# : "<p>invalid \(header)</p>"
            }
        }
        let run = await bench.run(command)
        #expect(!run.all.contains(Service.token))
    }

    @Test func nothingThatIsKeptHasTheToken() async throws {
        let bench = try Bench.staging(Service())
        #expect(await bench.run("plan", "--out", "saved.json").code == .done)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(!(try bench.text("saved.json")).contains(Service.token))
        for name in try bench.names(in: ".profilectl") {
            #expect(!(try bench.text(".profilectl/\(name)")).contains(Service.token), "\(name)")
        }
    }

    @Test func aTokenInTheWorkspaceFileIsRefusedWithoutShowingIt() async throws {
        let bench = try Bench.staging(Service())
        try bench.write(
            stagingWorkspace.split(separator: "${env:TOKEN}").joined(separator: Service.token), to: "profilectl.yaml")
        for command in [["validate"], ["plan"], ["plan", "--format", "json"]] {
            let run = await bench.run(command)
            #expect(!run.all.contains(Service.token), "\(command)")
        }
    }
}

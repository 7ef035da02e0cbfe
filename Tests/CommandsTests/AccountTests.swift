import Commands
import HTTPTypes
import ProfileModel
import ProfilesAPI
import Sandbox
import Testing

/// Environments with a URL: what goes over the network, and what is made of what comes back.
@Suite struct AccountTests {
    @Test func everyRequestIsSignedAndGoesToTheAccount() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(!service.requests.isEmpty)
        for request in service.requests {
            #expect(request.headerFields[.authorization] == "Bearer \(Service.token)")
            #expect(request.scheme == "https")
            #expect(request.authority == Service.host)
            #expect(request.headerFields[.userAgent]?.hasPrefix("profilectl/") == true)
        }
        #expect(bench.connections.opened == 1)
        #expect(bench.connections.open == 0)
    }

    @Test func anAPITokenActsAsAUser() async throws {
        let service = try Service(["token:\(Service.token)"])
        let bench = try Bench.staging(service)
        try bench.write(
            workspace("api_token: {email: ops@acme.example, token: \"${env:TOKEN}\"}"), to: "profilectl.yaml")
        #expect(await bench.run("plan").code == .done)
        #expect(service.requests[0].headerFields[.authorization]?.hasPrefix("Basic ") == true)
    }

    @Test func aClientFetchesItsAccessToken() async throws {
        let service = try Service(["oauth:ci:\(Service.token)"])
        let bench = try Bench.staging(service)
        try bench.write(workspace("oauth_client: {id: ci, secret: \"${env:TOKEN}\"}"), to: "profilectl.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(service.sandbox.requests.count { $0.path == "/oauth/tokens" } == 1)
    }

    @Test func aClientThatIsNotKnownIsTold() async throws {
        let service = try Service(["oauth:other:\(Service.token)"])
        let bench = try Bench.staging(service)
        try bench.write(workspace("oauth_client: {id: ci, secret: \"${env:TOKEN}\"}"), to: "profilectl.yaml")
        let run = await bench.run("plan")
        #expect(run.code == .notPermitted)
        #expect(run.errors.contains("PM502"))
        #expect(!run.all.contains(Service.token))
    }

    @Test func credentialsThatAreNotTakenAreTold() async throws {
        let service = try Service(["bearer:another"])
        let bench = try Bench.staging(service)
        for command in [["plan"], ["apply", "--auto-approve"], ["get", "coolbikes:rider:bike_id:77"]] {
            let run = await bench.run(command)
            #expect(run.code == .notPermitted, "\(command)")
            #expect(run.errors.contains("PM502"))
            #expect(run.output.isEmpty)
            #expect(bench.connections.open == 0)
        }
    }

    @Test func aRoleThatMayNotWriteIsTold() async throws {
        let service = try Service(["bearer:\(Service.token),role=read_only_agent"])
        let bench = try Bench.staging(service)
        #expect(await bench.run("plan").code == .done)
        let run = await bench.run("apply", "--auto-approve")
        #expect(run.code == .notPermitted)
        #expect(run.output.contains("403"))
    }

    @Test func anAccountWithoutProfilesIsTold() async throws {
        let service = try Service(switches: ["feature=off"])
        let run = try await Bench.staging(service).run("plan")
        #expect(run.code == .notPermitted)
        #expect(run.errors.contains("PM503"))
    }

    @Test func aSignInPageIsNoAnswer() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        bench.set { $0.service = answering(200, "text/html") { _ in "<html><title>Sign in</title></html>" } }
        let run = await bench.run("plan")
        #expect(run.code == .error)
        #expect(run.errors.contains("PM504"))
        #expect(!run.errors.contains("Sign in"))
        #expect(run.errors.contains("url"))
    }

    @Test func aHostThatIsNotThereIsTold() async throws {
        let bench = try Bench.staging(Service())
        bench.set {
            $0.service = HTTPTransport { _, _ throws(TransportFailure) in throw .cannotConnect("no such host") }
        }
        let run = await bench.run("plan")
        #expect(run.code == .error)
        #expect(run.errors.contains("PM501"))
        #expect(run.errors.contains(Service.host))
        #expect(run.errors.contains("no such host"))
    }

    @Test func aMissingTokenIsToldBeforeAnyCall() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        bench.set { $0.environment["TOKEN"] = nil }
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM119"))
        #expect(run.errors.contains("profilectl.yaml:5:"))
        #expect(bench.connections.opened == 0)
        #expect(await bench.run("validate").code == .done, "checking manifests needs no credentials")
    }

    @Test func withoutTLSNothingIsSent() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        try bench.write(
            stagingWorkspace.split(separator: "https:").joined(separator: "http:"), to: "profilectl.yaml")
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput)
        #expect(service.requests.isEmpty)
    }

    @Test func waitingForTheRateIsToldAndGoesOn() async throws {
        let service = try Service(faults: ["429,nth=1,retry-after=30"])
        let bench = try Bench.staging(service)
        let run = await bench.run("plan")
        #expect(run.code == .done)
        #expect(run.errors.contains("waiting 30 s"))
        let machine = await bench.run("plan", "--format", "json")
        _ = try machine.document()
    }

    @Test func aLedgerOfAnotherAccountIsRefused() async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        let moved = stagingWorkspace.split(separator: Service.host).joined(separator: "other.zendesk.com")
        try bench.write(moved, to: "profilectl.yaml")
        let before = service.requests.count
        for command in [["plan"], ["apply", "--auto-approve"], ["ledger", "list"]] {
            let run = await bench.run(command)
            #expect(run.code == .error, "\(command)")
            #expect(run.errors.contains("PM304"))
            #expect(service.requests.count == before)
            #expect(bench.connections.open == 0, "\(command)")
        }
    }

    @Test func aBrokenLedgerIsToldAndConnectionsAreClosed() async throws {
        let bench = try Bench.staging(Service())
        try bench.write("this is no ledger at all, but a text that is long enough", to: ".profilectl/staging.sqlite")
        for command in [["plan"], ["apply", "--auto-approve"]] {
            let run = await bench.run(command)
            #expect(run.code == .error)
            #expect(run.errors.contains("PM403"))
            #expect(bench.connections.open == 0, "\(command)")
        }
    }
}

private func workspace(_ auth: String) -> String {
    """
    version: 1
    environments:
      staging:
        url: https://\(Service.host)
        auth: {\(auth)}
        rate_limit: {per_minute: 100000}

    """
}

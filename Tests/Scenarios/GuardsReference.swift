import HTTPTypes
import ProfileModel
import ProfilesAPI
import Sandbox
import Testing
import WireFormat

/// The samples of the reference as judge over both sides, which share no code: the client must read what
/// stands there, and the sandbox must answer it.
struct GuardsReference {
    private static let janeID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    private static let moment = Timestamp(seconds: 1_580_693_836)  // 2020-02-03T01:37:16Z
    private static let query = IdentifierQuery(
        source: "company", type: "contact", identifier: Identifier(type: "email", value: "jane@example.com"))
    private static let jane = Profile(
        id: janeID, userID: "123456", source: "company", type: "contact", name: "Jane Smith",
        identifiers: [
            Identifier(type: "email", value: "jane@example.com"), Identifier(type: "external_id", value: "0987654321"),
            Identifier(type: "phone_number", value: "+612345678"),
        ],
        attributes: ["membership": "gold"], createdAt: moment, updatedAt: moment)
    private static let values = ProfileValues(
        name: jane.name, identifiers: jane.identifiers, attributes: jane.attributes)

    // The client reads

    @Test func theClientReadsTheSampleOfTheReadingEndpoints() async throws {
        #expect(try await client(ReferenceSamples.profiles).reading.profiles(ofUser: "123456")?.profiles == [Self.jane])
        #expect(try await client(ReferenceSamples.profile).reading.profile(id: Self.janeID) == Self.jane)
        #expect(try await client(ReferenceSamples.profile).reading.profile(matching: Self.query) == Self.jane)
    }

    @Test func theClientReadsNumbersAndMilliseconds() async throws {
        let profile = try await client(ReferenceSamples.coolbikes).reading.profile(id: "01BX5ZZKBKACTAV9WEVGEMMVRY")
        #expect(profile == Self.coolbikes)
    }

    @Test(arguments: [200, 201])
    func theClientReadsTheAnswersToPut(_ status: Int) async throws {
        let client = self.client(ReferenceSamples.profile, status: status)
        let expected: WriteAnswer = status == 201 ? .created(Self.jane) : .replaced(Self.jane)
        #expect(try await client.perform(.putByQuery(Self.query, Self.values)) == expected)
        #expect(try await client.perform(.putUnderUser(userID: "123456", Self.query, Self.values)) == expected)
    }

    @Test func theClientReadsTheAnswersToUpdatesAndDelete() async throws {
        let client = self.client(ReferenceSamples.profile)
        let patch = ProfilePatch(attributes: ["membership": "gold"])
        #expect(try await client.perform(.put(id: Self.janeID, Self.values)) == .replaced(Self.jane))
        #expect(try await client.perform(.patch(id: Self.janeID, patch)) == .replaced(Self.jane))
        #expect(try await client.perform(.patchByQuery(Self.query, patch)) == .replaced(Self.jane))
        #expect(try await self.client("", status: 204).perform(.delete(id: Self.janeID)) == .deleted)
    }

    @Test(arguments: [400, 403, 404])
    func theClientReadsRefusals(_ status: Int) async throws {
        let failure = await #expect(throws: APIFailure.self) {
            try await client(ReferenceSamples.error, status: status).perform(.put(id: Self.janeID, Self.values))
        }
        switch (status, failure) {
        case (400, .refused(let error)), (403, .forbidden(let error)), (404, .notFound(let error)):
            #expect(error.status == status)
            #expect(error.code == "ClientError")
            #expect(error.title == "Some client caused error")
        default: Issue.record("\(status) became \(String(describing: failure))")
        }
    }

    @Test func theClientTakesNotFoundForAnAnswer() async throws {
        let client = self.client(ReferenceSamples.error, status: 404)
        #expect(try await client.reading.profile(id: Self.janeID) == nil)
        #expect(try await client.reading.profile(matching: Self.query) == nil)
        #expect(try await client.perform(.delete(id: Self.janeID)) == .alreadyGone)
    }

    // The client writes

    @Test func theClientSendsTheExampleBody() throws {
        let sample = try readJSON(ReferenceSamples.body)
        #expect(CallForm(.putByQuery(Self.query, Self.values)).body == sample)
        #expect(CallForm(.put(id: Self.janeID, Self.values)).body == sample)
        let patch = ProfilePatch(
            name: Self.values.name, identifiers: Self.values.identifiers, attributes: Self.values.attributes)
        #expect(CallForm(.patch(id: Self.janeID, patch)).body == sample)
    }

    // The sandbox answers

    @Test(arguments: [
        "GET user_profiles/\(janeID)", "GET user_profiles?identifier=company:contact:email:jane@example.com",
        "GET user_profiles?identifier=company%3Acontact%3Aemail%3Ajane%40example.com",
    ])
    func theSandboxAnswersTheSampleOfOneProfile(_ call: String) async throws {
        let (status, body) = try await answer(call, "")
        #expect(status == 200)
        #expect(body == (try readJSON(ReferenceSamples.profile)))
    }

    @Test func theSandboxAnswersTheSampleOfAUsersProfiles() async throws {
        let (status, body) = try await answer("GET users/123456/profiles", "")
        #expect(status == 200)
        #expect(body == (try readJSON(ReferenceSamples.profiles)))
    }

    @Test(arguments: [
        "PUT users/123456/profiles?identifier=company:contact:email:jane@example.com",
        "PUT user_profiles?identifier=company:contact:email:jane@example.com", "PUT user_profiles/\(janeID)",
        "PATCH user_profiles/\(janeID)", "PATCH user_profiles?identifier=company:contact:email:jane@example.com",
    ])
    func theSandboxTakesTheExampleBodies(_ call: String) async throws {
        let (status, body) = try await answer(call, ReferenceSamples.body)
        #expect(status == 200)
        #expect(body == (try readJSON(ReferenceSamples.profile)))
        // The curl samples write the name in one word, and the sandbox echoes what was sent (api notes, section 11).
        let named = ReferenceSamples.profile.replacing("\"Jane Smith\"", with: "\"JaneSmith\"")
        let (curlStatus, curlBody) = try await answer(call, ReferenceSamples.curlBody)
        #expect(curlStatus == 200)
        #expect(curlBody == (try readJSON(named)))
    }

    @Test func aPutByIDDropsWhatItDoesNotSend() async throws {
        let (status, body) = try await answer("PUT user_profiles/\(Self.janeID)", ReferenceSamples.curlBodyByID)
        #expect(status == 200)
        let profile = try Profile(json: try #require(body["profile"]))
        #expect(profile.identifiers.map(\.type) == ["email", "phone_number"])
    }

    @Test(arguments: [
        "PUT users/123456/profiles?identifier=company:contact:email:jane@example.com",
        "PUT user_profiles?identifier=company:contact:email:jane@example.com",
    ])
    func theSandboxAnswersTheSampleOfCreation(_ call: String) async throws {
        let (status, body) = try await answer(call, ReferenceSamples.body, isThere: false)
        #expect(status == 201)
        var profile = try Profile(json: try #require(body["profile"]))
        #expect(profile.id.count == 26)
        profile.id = Self.janeID
        if call.contains("users/") { #expect(profile.userID == "123456") } else { profile.userID = "123456" }
        #expect(profile == Self.jane)
    }

    @Test func theSandboxAnswersTheSampleWithNumbersAndMilliseconds() async throws {
        let switches = try SandboxSwitches(["timestamps=milliseconds", "number_echo=numbers"])
        let sandbox = try Sandbox(
            configuration: SandboxConfiguration(switches: switches), now: { Self.moment })
        try sandbox.load(SandboxWorld(profiles: [Self.coolbikes]))
        let answer = await sandbox.respond(to: request("GET", "user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY"), body: [])
        #expect(try readJSON(answer.body) == readJSON(ReferenceSamples.coolbikes))
    }

    @Test func theSandboxDeletesWithoutABody() async throws {
        let sandbox = try sandbox(isThere: true)
        let answer = await sandbox.respond(to: request("DELETE", "user_profiles/\(Self.janeID)"), body: [])
        #expect(answer.head.status.code == 204)
        #expect(answer.body.isEmpty)
    }

    /// The sample's texts are placeholders; its shape is what counts.
    @Test(arguments: [
        ("GET user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY", 404),
        ("GET user_profiles?identifier=company:contact:email", 400),
        ("PUT user_profiles?identifier=zendesk:contact:email:jane@example.com", 400),
        ("PUT user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY", 404),
    ])
    func theSandboxRefusesInTheShapeOfTheSample(_ call: String, _ expected: Int) async throws {
        let (status, body) = try await answer(call, ReferenceSamples.body)
        #expect(status == expected)
        #expect(shape(of: body) == shape(of: try readJSON(ReferenceSamples.error)))
    }

    private static let coolbikes = Profile(
        id: "01BX5ZZKBKACTAV9WEVGEMMVRY", userID: "123456", source: "coolbikes", type: "rider", name: "Jane Smith",
        identifiers: [
            Identifier(type: "email", value: "jane@example.com"), Identifier(type: "external_id", value: "0987654321"),
            Identifier(type: "coolbike_id", value: "0987654321"), Identifier(type: "phone_number", value: "12345678"),
        ],
        attributes: ["favorite_color": "red", "height": "103cm"],
        createdAt: Timestamp(seconds: 1_577_158_408, nanoseconds: 591_000_000),
        updatedAt: Timestamp(seconds: 1_577_158_408, nanoseconds: 591_000_000))

    private func client(_ body: String, status: Int = 200) -> WritingClient {
        let transport = HTTPTransport { _, _ in
            var head = HTTPResponse(status: HTTPResponse.Status(code: status))
            head.headerFields[.contentType] = "application/json; charset=utf-8"
            return HTTPAnswer(head: head, body: Array(body.utf8))
        }
        return WritingClient(
            reading: ReadingClient(
                origin: ServiceOrigin(url: "http://localhost:1")!, credentials: .none, transport: transport,
                limiter: .unlimited(), retry: .never, userAgent: "profilectl-scenarios"))
    }

    private func sandbox(isThere: Bool) throws -> Sandbox {
        let sandbox = try Sandbox(now: { Self.moment })
        let user = SandboxUser(
            id: "123456", name: "Jane Smith", externalID: "0987654321",
            identities: [Identifier(type: "email", value: "jane@example.com")])
        try sandbox.load(SandboxWorld(users: [user], profiles: isThere ? [Self.jane] : []))
        return sandbox
    }

    private func answer(_ call: String, _ body: String, isThere: Bool = true) async throws -> (Int, AttributeValue) {
        let words = call.split(separator: " ").map(String.init)
        let answer = try await sandbox(isThere: isThere).respond(
            to: request(words[0], words[1]), body: Array(body.utf8))
        return (answer.head.status.code, try readJSON(answer.body))
    }

    private func request(_ method: String, _ target: String) -> HTTPRequest {
        HTTPRequest(
            method: HTTPRequest.Method(method)!, scheme: "https", authority: "acme.zendesk.com",
            path: "/api/v2/\(target)", headerFields: [.contentType: "application/json"])
    }

    /// Keys and kinds without values.
    private func shape(of value: AttributeValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "bool"
        case .number: "number"
        case .string: "string"
        case .damaged(let shown, _): shape(of: shown)
        case .array(let items): "[\(items.map(shape).joined(separator: ","))]"
        case .object(let object):
            "{\(object.members.map { "\($0.key):\(shape(of: $0.value))" }.joined(separator: ","))}"
        }
    }
}

extension AttributeValue {
    fileprivate subscript(key: String) -> AttributeValue? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }
}

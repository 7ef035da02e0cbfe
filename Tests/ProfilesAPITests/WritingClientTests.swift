import HTTPTypes
import ProfileModel
import ProfilesAPI
import Testing

@Suite struct WritingClientTests {
    private let putBody = """
        {"profile":{"attributes":{"membership":"gold"},"identifiers":[{"type":"email","value":"jane@example.com"},\
        {"type":"external_id","value":"0987654321"},{"type":"phone_number","value":"+612345678"}],\
        "name":"Jane Smith"}}
        """
    private let patch = ProfilePatch(attributes: ["membership": "silver"])
    private let patchBody = #"{"profile":{"attributes":{"membership":"silver"}}}"#

    @Test func makesTheSixCallsOfTheReference() async throws {
        let calls: [(ProfileWrite, line: String, body: String, status: Int, WriteAnswer)] = [
            (
                .putUnderUser(userID: "123456", janeQuery, janeValues),
                "PUT /api/v2/users/123456/profiles?identifier=company%3Acontact%3Aemail%3Ajane%40example.com",
                putBody, 201, .created(jane)
            ),
            (
                .putUnderUser(userID: "1/2", janeQuery, janeValues),
                "PUT /api/v2/users/1%2F2/profiles?identifier=company%3Acontact%3Aemail%3Ajane%40example.com", putBody,
                200, .replaced(jane)
            ),
            (.putByQuery(janeQuery, janeValues), "PUT \(janeTarget)", putBody, 201, .created(jane)),
            (.putByQuery(janeQuery, janeValues), "PUT \(janeTarget)", putBody, 200, .replaced(jane)),
            (.put(id: janeID, janeValues), "PUT /api/v2/user_profiles/\(janeID)", putBody, 200, .replaced(jane)),
            (.patch(id: janeID, patch), "PATCH /api/v2/user_profiles/\(janeID)", patchBody, 200, .replaced(jane)),
            (.patchByQuery(janeQuery, patch), "PATCH \(janeTarget)", patchBody, 200, .replaced(jane)),
        ]
        for (write, line, body, status, expected) in calls {
            let service = FakeService([.answer(status, janeAnswer)])
            #expect(try await service.writing().perform(write) == expected)
            let asked = try #require(service.asked.first)
            #expect(asked.line == line)
            #expect(asked.body == body)
            #expect(asked.header(.contentType) == "application/json")
            #expect(asked.header(.accept) == "application/json")
            #expect(asked.header(.userAgent) != nil)
        }
    }

    @Test func deletesWithAContentTypeAndWithoutABody() async throws {
        let service = FakeService([.answer(204, "", [:])])
        #expect(try await service.writing().delete(id: janeID) == .deleted)
        let asked = try #require(service.asked.first)
        #expect(asked.line == "DELETE /api/v2/user_profiles/\(janeID)")
        #expect(asked.header(.contentType) == "application/json")
        #expect(asked.body.isEmpty)
    }

    @Test(
        arguments: [
            ([.answer(200, "null")], .deleted), ([.answer(200, "", [:])], .deleted),
            ([.answer(404, clientError)], .alreadyGone),
            ([.answer(400, clientError), .answer(404, clientError)], .alreadyGone),
        ] as [([FakeService.Line], WriteAnswer)])
    func whatIsGoneIsDeleted(_ script: [FakeService.Line], _ expected: WriteAnswer) async throws {
        #expect(try await FakeService(script).writing().perform(.delete(id: janeID)) == expected)
    }

    @Test(arguments: [
        FakeService.Line.answer(200, janeAnswer), .answer(403, clientError), .answer(500, clientError),
        .failure(.timedOut),
    ])
    func aRefusedDeleteStaysRefused(_ get: FakeService.Line) async throws {
        let client = try FakeService([.answer(400, clientError), get]).writing(retry: .never)
        let refusal = ServiceError(status: 400, code: "ClientError", title: "Some client caused error")
        #expect(
            await failure { () throws(APIFailure) in try await client.delete(id: janeID) } == .refused(refusal))
    }

    @Test func aPageForPeopleDeletesNothing() async throws {
        for status in [200, 404] {
            let client = try FakeService([.answer(status, "<html>", ["content-type": "text/html"])]).writing()
            let found = await failure { () throws(APIFailure) in try await client.delete(id: janeID) }
            #expect(found == .notJSON(contentType: "text/html", bytes: 6, status: status))
        }
    }

    @Test func doesNotBelieveAnAnswerAboutAnotherProfile() async throws {
        let rider = janeAnswer.replacing("contact", with: "rider")
        let otherID = APIFailure.unexpected(.otherProfile(asked: "01BX"))
        let otherType = APIFailure.unexpected(.otherProfile(asked: "company:contact"))
        let writes: [(ProfileWrite, APIFailure)] = [
            (.put(id: "01BX", janeValues), otherID), (.patch(id: "01BX", patch), otherID),
            (.putByQuery(janeQuery, janeValues), otherType), (.patchByQuery(janeQuery, patch), otherType),
            (.putUnderUser(userID: "7", janeQuery, janeValues), otherType),
        ]
        for (write, expected) in writes {
            let client = try FakeService([.answer(200, rider)]).writing()
            let found = await failure { () throws(APIFailure) in try await client.perform(write) }
            #expect(found == expected)
            #expect(found?.outcomeIsUnknown == true)
        }
    }

    @Test func nothingIsEverUnheardOf() async throws {
        let client = try FakeService([.answer(404, clientError)]).writing()
        let error = ServiceError(status: 404, code: "ClientError", title: "Some client caused error")
        #expect(
            await failure { () throws(APIFailure) in try await client.perform(.patch(id: janeID, patch)) }
                == .notFound(error))
    }
}

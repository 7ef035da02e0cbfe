import ProfileModel
import ProfilesAPI
import Testing
import WireFormat

/// What the caller is told of answers that are not profiles.
@Suite struct AnswerTests {
    private func reading(_ line: FakeService.Line) async throws -> APIFailure? {
        let client = try FakeService([line]).reading(.bearer(Secret("tok-4711")), retry: .never)
        return await failure { () throws(APIFailure) in try await client.profile(id: janeID) }
    }

    private func writing(_ line: FakeService.Line) async throws -> APIFailure? {
        let client = try FakeService([line]).writing(.bearer(Secret("tok-4711")), retry: .never)
        return await failure { () throws(APIFailure) in try await client.perform(.put(id: janeID, janeValues)) }
    }

    private static func error(_ status: Int) -> ServiceError {
        ServiceError(status: status, code: "ClientError", title: "Some client caused error")
    }

    @Test(
        arguments: [
            (400, APIFailure.refused(error(400)), false), (401, .unauthenticated(error(401)), false),
            (403, .forbidden(error(403)), false), (404, .notFound(error(404)), false),
            (405, .refused(error(405)), false), (409, .refused(error(409)), false),
            (422, .refused(error(422)), false), (429, .rateLimited(retryAfter: nil, error(429)), false),
            (500, .serverError(error(500)), true), (501, .serverError(error(501)), true),
            (502, .serverError(error(502)), true), (503, .serverError(error(503)), true),
            (504, .serverError(error(504)), true), (204, .unexpected(.status(204)), true),
            (202, .unexpected(.status(202)), true), (201, .unexpected(.status(201)), true),
            (302, .unexpected(.redirect(status: 302, host: nil)), false),
        ])
    func theStatusDecides(_ status: Int, _ expected: APIFailure, _ isUnknown: Bool) async throws {
        let found = try #require(await writing(.answer(status, clientError)))
        #expect(found == expected)
        #expect(found.outcomeIsUnknown == isUnknown)
    }

    @Test func aSignInPageIsNoAnswer() async throws {
        let page = "<!DOCTYPE html><title>Sign in</title> you sent tok-4711"
        let html = ["Content-Type": "text/html; charset=utf-8"]
        for status in [200, 201, 404] {
            let expected = APIFailure.notJSON(contentType: "text/html", bytes: page.utf8.count, status: status)
            #expect(try await reading(.answer(status, page, html)) == expected)
        }
        #expect(try await writing(.answer(200, page, html))?.outcomeIsUnknown == true)
        #expect(try await writing(.answer(404, page, html))?.outcomeIsUnknown == false)
        let title = "the answer gives no reason that can be read (\(page.utf8.count) bytes, an HTML page)"
        #expect(
            try await writing(.answer(502, page, html)) == .serverError(ServiceError(status: 502, title: title)))
    }

    @Test func aBodyThatIsNoJSONIsNoAnswer() async throws {
        #expect(try await reading(.answer(200, "OK")) == .unexpected(.malformedJSON))
        #expect(try await reading(.answer(200, "OK", [:])) == .notJSON(contentType: nil, bytes: 2, status: 200))
        #expect(try await reading(.answer(200, "", [:])) == .notJSON(contentType: nil, bytes: 0, status: 200))
        #expect(try await writing(.answer(200, "{]"))?.outcomeIsUnknown == true)
    }

    @Test func aBodyThatStopsShortIsCutOff() async throws {
        let cut = String(janeAnswer.dropLast(40))
        #expect(try await reading(.answer(200, cut)) == .truncated(expected: nil, got: cut.utf8.count))
        #expect(try await writing(.answer(200, cut))?.outcomeIsUnknown == true)
    }

    @Test func wrongTypesAreNamed() async throws {
        let wrong = janeAnswer.replacing("\"company\"", with: "{}")
        guard case .unexpected(.notAProfile(let error))? = try await reading(.answer(200, wrong)) else {
            Issue.record("not refused")
            return
        }
        #expect(error.field == "source")
        #expect(try await reading(.answer(200, "{}")) == .unexpected(.missingMember("profile")))
        #expect(try await reading(.answer(200, "[]")) == .unexpected(.missingMember("profile")))
        #expect(try await reading(.answer(200, "null")) == .unexpected(.missingMember("profile")))
        #expect(try await writing(.answer(200, wrong))?.outcomeIsUnknown == true)
    }

    @Test func namesTheHostOfARedirectAndDoesNotGoThere() async throws {
        let service = FakeService([.answer(307, "", ["Location": "https://evil.example/api/v2/user_profiles"])])
        let client = try service.writing(.bearer(Secret("tok")))
        let found = await failure { () throws(APIFailure) in try await client.perform(.delete(id: janeID)) }
        #expect(found == .unexpected(.redirect(status: 307, host: "evil.example")))
        #expect(service.asked.count == 1)
    }

    @Test(
        arguments: [
            (TransportFailure.cannotConnect("refused"), false), (.insecure("certificate"), false),
            (.connectionLost(sent: false, "reset"), false), (.connectionLost(sent: true, "reset"), true),
            (.timedOut, true), (.cancelled, true), (.truncated(expected: 9, got: 1), true), (.tooLarge(limit: 9), true),
        ])
    func onlyWhatWasSentCanHaveAnUnknownOutcome(_ lost: TransportFailure, _ isUnknown: Bool) async throws {
        let found = try #require(await writing(.failure(lost)))
        #expect(found.outcomeIsUnknown == isUnknown)
        switch lost {
        case .truncated(let expected, let got): #expect(found == .truncated(expected: expected, got: got))
        case .tooLarge(let limit): #expect(found == .unexpected(.answerTooLarge(limit: limit)))
        case _ where isUnknown: #expect(found == .interruptedAfterSending(lost, host: "acme.example.com"))
        default: #expect(found == .unreachable(lost, host: "acme.example.com"))
        }
    }

    @Test func aLostReadIsJustUnreachable() async throws {
        #expect(try await reading(.failure(.timedOut)) == .unreachable(.timedOut, host: "acme.example.com"))
        #expect(try await reading(.failure(.cancelled)) == .cancelled)
    }
}

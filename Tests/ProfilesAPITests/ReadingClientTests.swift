import HTTPTypes
import ProfileModel
import ProfilesAPI
import Testing

@Suite struct ReadingClientTests {
    @Test func readsAProfileByID() async throws {
        let service = FakeService([.answer(200, janeAnswer)])
        #expect(try await service.reading().profile(id: janeID) == jane)
        #expect(service.lines == ["GET /api/v2/user_profiles/\(janeID)"])
    }

    @Test func readsAProfileByQueryEncodedOnce() async throws {
        let service = FakeService([.answer(200, janeAnswer)])
        #expect(try await service.reading().profile(matching: janeQuery) == jane)
        #expect(service.lines == ["GET \(janeTarget)"])
    }

    @Test func readsTheProfilesOfAUser() async throws {
        let service = FakeService([.answer(200, "{\"profiles\":[\(janeJSON)]}"), .answer(200, #"{"profiles":[]}"#)])
        let client = try service.reading()
        #expect(try await client.answer(.user("123456")) == LookupAnswer([jane]))
        #expect(try await client.profiles(ofUser: "7") == LookupAnswer())
        #expect(service.lines == ["GET /api/v2/users/123456/profiles", "GET /api/v2/users/7/profiles"])
    }

    @Test func findsNothingWhere404Says() async throws {
        let service = FakeService([
            .answer(404, clientError), .answer(404, clientError), .answer(404, ""), .answer(404, "", [:]),
        ])
        let client = try service.reading()
        #expect(try await client.profile(id: janeID) == nil)
        #expect(try await client.profile(matching: janeQuery) == nil)
        #expect(try await client.profiles(ofUser: "7") == nil)
        #expect(try await client.answer(.query(janeQuery)) == nil)
    }

    @Test func sendsTheHeadersThatTheServiceAsksFor() async throws {
        let service = FakeService([.answer(200, janeAnswer)])
        _ = try await service.reading(.bearer(Secret("tok"))).profile(id: janeID)
        let asked = try #require(service.asked.first)
        #expect(asked.header(.accept) == "application/json")
        #expect(asked.header(.userAgent) == "profilectl/1.0 (+https://profilectl.example)")
        #expect(asked.header(.authorization) == "Bearer tok")
        #expect(asked.header(.contentType) == nil)
        #expect(asked.request.scheme == "https" && asked.request.authority == "acme.example.com")
        #expect(asked.body.isEmpty)
    }

    @Test func sendsAnAPITokenAsBasic() async throws {
        let service = FakeService([.answer(404), .answer(404)])
        _ = try await service.reading(.apiToken(email: "ops@acme.example", Secret("s3cret"))).profile(id: "x")
        _ = try await service.reading(.none).profile(id: "x")
        // printf 'ops@acme.example/token:s3cret' | base64
        let basic = "Basic b3BzQGFjbWUuZXhhbXBsZS90b2tlbjpzM2NyZXQ="
        #expect(service.asked.map { $0.header(.authorization) } == [basic, nil])
    }

    @Test func doesNotBelieveAnAnswerAboutAnotherProfile() async throws {
        let service = FakeService([.answer(200, janeAnswer), .answer(200, janeAnswer), .answer(200, janeAnswer)])
        let client = try service.reading()
        #expect(
            await failure { () throws(APIFailure) in try await client.profile(id: "01BX") }
                == .unexpected(.otherProfile(asked: "01BX")))
        var query = janeQuery
        query.type = "rider"
        #expect(
            await failure { () throws(APIFailure) in try await client.profile(matching: query) }
                == .unexpected(.otherProfile(asked: "company:rider")))
        query = janeQuery
        query.source = "COMPANY"
        #expect(try await client.profile(matching: query) == jane)
    }
}

@Suite struct PagingTests {
    private func page(_ more: String) -> FakeService.Line { .answer(200, "{\"profiles\":[\(janeJSON)]\(more)}") }

    @Test(arguments: [
        #"{"next":"https://acme.example.com/api/v2/users/7/profiles?page[after]=x"}"#,
        #"[{"prev":null},{"next":"https://ACME.example.com:443/api/v2/users/7/profiles?page[after]=x#top"}]"#,
        #"{"next":"/api/v2/users/7/profiles?page[after]=x"}"#,
    ])
    func followsTheNextPageAtTheSameOrigin(_ links: String) async throws {
        let service = FakeService([page(#","meta":{"has_more":true},"links":\#(links)"#), page(#","meta":{}"#)])
        #expect(try await service.reading(.bearer(Secret("tok"))).profiles(ofUser: "7") == LookupAnswer([jane, jane]))
        #expect(service.lines.last == "GET /api/v2/users/7/profiles?page[after]=x")
    }

    @Test(arguments: [
        #"{"next":"https://evil.example/api/v2/users/7/profiles"}"#,
        #"{"next":"http://acme.example.com/api/v2/users/7/profiles"}"#,
        #"{"next":"https://acme.example.com:8443/x"}"#, #"{"next":"https://acme.example.com@evil.example/x"}"#,
        #"{"next":"https://acme.example.com\\@evil.example/x"}"#, #"{"next":"//evil.example/x"}"#,
        #"{"next":"/x y"}"#, #"{"next":null}"#, "{}", "[]", "null",
    ])
    func takesCredentialsNowhereElse(_ links: String) async throws {
        let service = FakeService([page(#","meta":{"has_more":true},"links":\#(links)"#)])
        let client = try service.reading(.bearer(Secret("tok")))
        #expect(
            await failure { () throws(APIFailure) in try await client.profiles(ofUser: "7") }
                == .unexpected(.badPageLink))
        #expect(service.asked.count == 1)
    }

    @Test func endsWhenPagesDoNot() async throws {
        let endless = page(#","meta":{"has_more":true},"links":{"next":"/again"}"#)
        let service = FakeService(Array(repeating: endless, count: 100))
        let client = try service.reading()
        #expect(
            await failure { () throws(APIFailure) in try await client.profiles(ofUser: "7") }
                == .unexpected(.tooManyPages(limit: 100)))
    }

    @Test func aPageThatIsGoneIsNoEndOfTheList() async throws {
        let service = FakeService([
            page(#","meta":{"has_more":true},"links":{"next":"/more"}"#), .answer(404, clientError),
        ])
        let client = try service.reading()
        let error = ServiceError(status: 404, code: "ClientError", title: "Some client caused error")
        #expect(
            await failure { () throws(APIFailure) in try await client.profiles(ofUser: "7") } == .notFound(error))
    }
}

import ProfileModel
import Testing
import WireFormat

@Suite struct CallFormTests {
    static let query = IdentifierQuery(
        source: "company", type: "contact", identifier: Identifier(type: "email", value: "jane@example.com"))
    static let encodedQuery = "identifier=company%3Acontact%3Aemail%3Ajane%40example.com"
    static let values = ProfileValues(
        name: "Jane", identifiers: [query.identifier], attributes: ["tier": "gold"])
    static let body =
        #"{"profile":{"attributes":{"tier":"gold"},"identifiers":[{"type":"email","value":"jane@example.com"}],"name":"Jane"}}"#

    @Test func readsAreTheReferencesEndpoints1To3() {
        expect(.init(.user("123456")), "GET", "users/123456/profiles", nil, nil, "GET users/{user_id}/profiles")
        expect(.init(.profile(id: "01AR")), "GET", "user_profiles/01AR", nil, nil, "GET user_profiles/{profile_id}")
        expect(
            .init(.query(Self.query)), "GET", "user_profiles", Self.encodedQuery, nil,
            "GET user_profiles?identifier={identifier}")
    }

    @Test func writesAreTheReferencesEndpoints4To9() {
        let patch = ProfilePatch(name: "Jane")
        let patchBody = #"{"profile":{"name":"Jane"}}"#
        expect(
            .init(.putUnderUser(userID: "123456", Self.query, Self.values)), "PUT", "users/123456/profiles",
            Self.encodedQuery, Self.body, "PUT users/{user_id}/profiles?identifier={identifier}")
        expect(
            .init(.putByQuery(Self.query, Self.values)), "PUT", "user_profiles", Self.encodedQuery, Self.body,
            "PUT user_profiles?identifier={identifier}")
        expect(
            .init(.put(id: "01AR", Self.values)), "PUT", "user_profiles/01AR", nil, Self.body,
            "PUT user_profiles/{profile_id}")
        expect(
            .init(.patch(id: "01AR", patch)), "PATCH", "user_profiles/01AR", nil, patchBody,
            "PATCH user_profiles/{profile_id}")
        expect(
            .init(.patchByQuery(Self.query, patch)), "PATCH", "user_profiles", Self.encodedQuery, patchBody,
            "PATCH user_profiles?identifier={identifier}")
        expect(
            .init(.delete(id: "01AR")), "DELETE", "user_profiles/01AR", nil, nil, "DELETE user_profiles/{profile_id}")
    }

    @Test(arguments: [
        ("+61 2 3456 78", "%2B61%202%203456%2078"), ("a&b=c#d?e/f", "a%26b%3Dc%23d%3Fe%2Ff"), ("100%", "100%25"),
        ("%2B", "%252B"), ("a:b:c", "a%3Ab%3Ac"), ("日本é", "%E6%97%A5%E6%9C%AC%C3%A9"), ("AZaz09-._~", "AZaz09-._~"),
        ("\r\n\u{0}", "%0D%0A%00"), ("😀", "%F0%9F%98%80"),
    ])
    func queryValuesAreEncodedOnce(value: String, encoded: String) {
        let query = IdentifierQuery(source: "s", type: "t", identifier: Identifier(type: "i", value: value))
        #expect(CallForm(.query(query)).query == "identifier=s%3At%3Ai%3A" + encoded)
    }

    @Test(arguments: [("a/b", "a%2Fb"), ("..", "%2E%2E"), (".", "%2E"), ("a?b#c", "a%3Fb%23c"), ("a..b", "a..b")])
    func anIDStaysOnePartOfThePath(id: String, encoded: String) {
        #expect(CallForm(.profile(id: id)).path == "/api/v2/user_profiles/" + encoded)
        #expect(CallForm(.user(id)).path == "/api/v2/users/\(encoded)/profiles")
    }

    @Test func jsonSaysWhatTheCallHas() {
        #expect(
            writeJSON(CallForm(.delete(id: "01AR")).json) == #"{"method":"DELETE","path":"/api/v2/user_profiles/01AR"}"#
        )
        #expect(
            writeJSON(CallForm(.patchByQuery(Self.query, ProfilePatch(name: "Jane"))).json)
                == #"{"body":{"profile":{"name":"Jane"}},"method":"PATCH","path":"/api/v2/user_profiles","#
                + #""query":"identifier=company%3Acontact%3Aemail%3Ajane%40example.com"}"#)
    }

    private func expect(
        _ form: CallForm, _ method: String, _ path: String, _ query: String?, _ body: String?, _ endpoint: String,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        #expect(form.method == method, sourceLocation: sourceLocation)
        #expect(form.path == "/api/v2/" + path, sourceLocation: sourceLocation)
        #expect(form.query == query, sourceLocation: sourceLocation)
        #expect(form.body.map { writeJSON($0) } == body, sourceLocation: sourceLocation)
        #expect(form.endpoint == endpoint, sourceLocation: sourceLocation)
    }
}

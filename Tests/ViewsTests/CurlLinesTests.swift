import ProfileModel
import Testing

@testable import Views

@Suite struct CurlLinesTests {
    private let patch = ProfileWrite.patch(id: "01A", ProfilePatch(name: "it's \u{1B}[0m é \u{1F600}"))

    @Test func `a line holds the call, quoted for a shell, and no token`() {
        #expect(
            CurlLines("https://acme.zendesk.com")?.line(patch)
                == #"curl -X PATCH 'https://acme.zendesk.com/api/v2/user_profiles/01A' "#
                + #"-H "Authorization: Bearer $ZENDESK_OAUTH_TOKEN" -H 'Content-Type: application/json' "#
                + #"-d '{"profile":{"name":"it'\''s \u001b[0m \u00E9 \uD83D\uDE00"}}'"#)
    }

    @Test func `a delete has no body`() {
        #expect(
            CurlLines("http://127.0.0.1:1")?.line(.delete(id: "a/b"))
                == #"curl -X DELETE 'http://127.0.0.1:1/api/v2/user_profiles/a%2Fb' "#
                + #"-H "Authorization: Bearer $ZENDESK_OAUTH_TOKEN" -H 'Content-Type: application/json'"#)
    }

    @Test func `an embedded sandbox has to be served first`() throws {
        let lines = try #require(CurlLines("sandbox:it's/here.sqlite"))
        #expect(lines.line(.delete(id: "1")).hasPrefix("curl -X DELETE 'http://127.0.0.1:8787/api/"))
        #expect(!lines.line(.delete(id: "1")).contains("TOKEN"))
        #expect(lines.preparation?.plain.hasSuffix(#"serve --port 8787 --data 'it'\''s/here.sqlite'"#) == true)
    }

    @Test(arguments: ["", "acme", "ftp://x", "https://a b", "https://a\u{1B}", "sandbox:\n", "sandbox:"])
    func `what is no service gets no line`(service: String) {
        #expect(CurlLines(service) == nil)
    }

    @Test func `a quote in the service stays within the word`() {
        #expect(CurlLines("https://a';id'")?.line(.delete(id: "1")).contains(#"'https://a'\'';id'\''/api/"#) == true)
    }
}

import ProfilesAPI
import Testing

@Suite struct ServiceOriginTests {
    @Test(arguments: [
        ("https://acme.zendesk.com", "https://acme.zendesk.com"),
        ("https://Acme.Zendesk.com/", "https://acme.zendesk.com"),
        ("HTTPS://acme.zendesk.com:443", "https://acme.zendesk.com"),
        ("https://acme.zendesk.com:8443", "https://acme.zendesk.com:8443"),
        ("http://localhost:8787", "http://localhost:8787"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.200.3.4:80", "http://127.200.3.4"),
        ("http://[::1]:8787/", "http://[::1]:8787"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ])
    func reads(_ url: String, _ origin: String) {
        #expect(ServiceOrigin(url: url)?.description == origin)
    }

    @Test(arguments: [
        "http://acme.zendesk.com", "http://127.evil.example", "http://127.0.0.1.evil.example", "http://128.0.0.1",
        "http://localhost.evil.example", "http://[2001:db8::1]", "http://127.0.0", "http://127.0.0.256",
    ])
    func refusesPlainHTTPToOtherMachines(_ url: String) {
        #expect { try ServiceOrigin(parsing: url) } throws: {
            guard case APIFailure.insecureURL = $0 else { return false }
            return true
        }
    }

    @Test(
        arguments: [
            ("acme.zendesk.com", URLFlaw.noScheme), ("", .noScheme), ("acme:443", .noScheme),
            ("ftp://acme.example", .otherScheme), ("https://", .noHost), ("https:///x", .noHost),
            ("https://ops:hunter2@acme.example", .userInfo), ("https://acme.example@evil.example", .userInfo),
            ("https://acme.example:0", .badPort), ("https://acme.example:99999", .badPort),
            ("https://acme.example:x", .badPort), ("https://acme.example/api/v2", .morePath),
            ("https://acme.example?x=1", .morePath), ("https://acme example", .badHost),
            ("https://münchen.example", .badHost), ("https://[::1", .badHost),
        ])
    func namesTheFlaw(_ url: String, _ flaw: URLFlaw) {
        #expect(throws: APIFailure.malformedURL(flaw)) { try ServiceOrigin(parsing: url) }
    }
}

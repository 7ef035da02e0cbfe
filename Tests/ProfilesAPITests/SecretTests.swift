import Testing

@testable import ProfilesAPI

@Suite struct SecretTests {
    private let token = "tok-4711"

    @Test func showsItselfNowhere() {
        let secret = Secret(token)
        var dumped = ""
        dump(secret, to: &dumped)
        var printed = ""
        print(secret, terminator: "", to: &printed)
        #expect(printed == "⟨secret⟩")
        for text in [dumped, "\(secret)", String(reflecting: secret), "\(Mirror(reflecting: secret).children.count)"] {
            #expect(!text.contains(token))
        }
    }

    @Test(arguments: [
        Credentials.bearer(Secret("tok-4711")), .apiToken(email: "ops@acme.example", Secret("tok-4711")),
        .oauthClient(id: "ci", Secret("tok-4711")),
    ])
    func staysHiddenInsideOtherValues(_ credentials: Credentials) throws {
        let service = FakeService([])
        let client = try service.writing(credentials)
        var dumped = ""
        dump(credentials, to: &dumped)
        dump(client, to: &dumped)
        dumped += "\(credentials) \(String(reflecting: credentials)) \(client) \([Secret?.some(Secret(token))])"
        #expect(!dumped.contains(token))
        #expect(dumped.contains("⟨secret⟩"))
    }

    @Test func hidesItInTextsOfOthers() {
        #expect("you sent tok-4711, tok-4711!".hiding([Secret(token)]) == "you sent ⟨secret⟩, ⟨secret⟩!")
        #expect("nothing to hide".hiding([Secret(""), Secret(token)]) == "nothing to hide")
    }
}

import Testing

@testable import ProfilesAPI

@Suite struct ErrorBodyTests {
    private func error(_ status: Int, _ body: String, _ headers: [String: String] = [:]) -> ServiceError {
        ServiceError(HTTPAnswer(status, body, headers), hiding: [Secret("tok-4711")])
    }

    @Test(
        arguments: [
            (clientError, "ClientError", "Some client caused error"),
            (#"{"errors":[{"code":"A","title":"one"},{"code":"B","title":"two"}]}"#, "A", "one; two"),
            (
                #"{"error":[{"code":"InvalidProfileTypeLength","title":"Profile type length > 40 chars"}]}"#,
                "InvalidProfileTypeLength", "Profile type length > 40 chars"
            ),
            (
                #"{"error":[{"title":"RouteNotFound","description":"no such host"}]}"#, nil,
                "RouteNotFound: no such host"
            ),
            (
                #"{"error":{"title":"Invalid attribute","message":"You passed an invalid value"}}"#, nil,
                "Invalid attribute: You passed an invalid value"
            ),
            (#"{"error":"Couldn't authenticate you"}"#, nil, "Couldn't authenticate you"),
            (#"{"error":"RecordNotFound","description":"Not found"}"#, "RecordNotFound", "Not found"),
            (
                #"{"error":"RecordInvalid","description":"Record validation errors","#
                    + #""details":{"name":[{"description":"Name: cannot be blank","error":"BlankValue"}]}}"#,
                "RecordInvalid", "Record validation errors; name: Name: cannot be blank"
            ),
            (
                #"{"error":"invalid_client","error_description":"The client is unknown"}"#, "invalid_client",
                "The client is unknown"
            ),
            (#"{"error":"Forbidden"}"#, "Forbidden", "Forbidden"),
            (#"{"message":"odd"}"#, nil, "odd"),
            (
                #"{"error":"RecordInvalid","details":{"nickname":[{"description":"too long"}]}}"#, "RecordInvalid",
                "too long"
            ),
            (#"{"error":"jane@example.com"}"#, nil, "jane@example.com"),
            (#"{"errors":[{"code":"Jane Smith","title":"taken"}]}"#, nil, "taken"),
            (#"{"errors":[{"code":"0298765432","title":"taken"}]}"#, nil, "taken"),
            (#"{"errors":[{"code":"jane.smith","title":"taken"}]}"#, nil, "taken"),
            (#"{"errors":[{"code":12,"title":null}]}"#, "12", unreadable(37)),
            (#"{"profile":{"name":"Jane"}}"#, nil, unreadable(27)),
            ("Bad gateway", nil, unreadable(11)),
            ("", nil, "the answer gives no reason"),
            (#"{"errors":"#, nil, unreadable(10)),
        ] as [(String, String?, String)])
    func readsEveryKnownForm(_ body: String, _ code: String?, _ title: String) {
        #expect(error(400, body) == ServiceError(status: 400, code: code, title: title))
    }

    @Test func `A reason that is hidden leaves status, code and request`() {
        let body = #"{"errors":[{"code":"Taken","title":"Jane Smith is taken"}],"details":{"name":[{"error":"Jane"}]}}"#
        let answer = HTTPAnswer(422, body, ["x-request-id": "8f2c"])
        let hidden = ServiceError(status: 422, code: "Taken", title: nil, requestID: "8f2c")
        #expect(ServiceError(answer, hiding: [], reasons: .hidden) == hidden)
    }

    @Test func `Our own words about an answer are not hidden`() {
        let error = ServiceError(HTTPAnswer(502, "Jane", [:]), hiding: [], reasons: .hidden)
        #expect(error.title == "the answer gives no reason that can be read (4 bytes, an unknown format)")
    }

    private static func unreadable(_ bytes: Int) -> String {
        "the answer gives no reason that can be read (\(bytes) bytes, an unknown format)"
    }

    @Test func `A page is named and not repeated`() {
        let page = error(502, "<html>Jane Smith</html>", ["Content-Type": "Text/HTML; charset=utf-8"])
        #expect(page.title == "the answer gives no reason that can be read (23 bytes, an HTML page)")
        let text = error(502, "Jane Smith", ["Content-Type": "text/plain"])
        #expect(text.title == "the answer gives no reason that can be read (10 bytes, text/plain)")
        let odd = error(502, "Jane Smith", ["Content-Type": "Jane Smith"])
        #expect(odd.title == Self.unreadable(10))
    }

    @Test func `A long sentence is cut`() {
        let long = String(repeating: "x", count: 10_000)
        #expect(error(400, #"{"errors":[{"title":"\#(long)"}]}"#).title?.count == 500)
    }

    @Test func `A request id that is no id is not kept`() {
        #expect(error(400, "", ["x-request-id": "jane smith"]).requestID == nil)
        #expect(error(400, "", ["x-request-id": "jane@example.com"]).requestID == nil)
    }

    @Test func keepsTheRequestID() {
        #expect(error(400, "", ["X-Zendesk-Request-Id": "abc", "X-Request-Id": "def"]).requestID == "abc")
        #expect(error(400, "", ["x-request-id": "def"]).requestID == "def")
        #expect(error(400, "").requestID == nil)
    }

    @Test func doesNotRepeatASecretThatTheServiceEchoes() {
        let echo = error(400, #"{"error":"Bad_tok-4711","description":"bad header: Bearer tok-4711"}"#)
        #expect(echo.title == "bad header: Bearer ⟨secret⟩")
        #expect(echo.code == "Bad_⟨secret⟩")
    }
}

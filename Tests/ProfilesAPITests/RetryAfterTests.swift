import ProfileModel
import Testing

@testable import ProfilesAPI

@Suite struct RetryAfterTests {
    /// 08:49:37 on 6 November 1994.
    private let now = Timestamp(seconds: 784_111_777)

    private func seconds(_ headers: [String: String]) -> Double? {
        RetryAfter.seconds(in: HTTPAnswer(429, "", headers), date: { now })
    }

    @Test func readsSeconds() {
        #expect(seconds(["Retry-After": "93"]) == 93)
        #expect(seconds(["retry-after": " 0 "]) == 0)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:50:37 GMT", "Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:50:37 1994",
    ])
    func readsEveryFormOfADate(_ date: String) throws {
        let year = try #require(RetryAfter.timestamp(httpDate: date))
        // A year of two digits is of this century.
        #expect([784_111_837, 784_111_837 + 3_155_760_000].contains(year.seconds))
        #expect(try #require(seconds(["retry-after": date])) >= 60)
    }

    @Test func measuresADateByTheClockOfTheAnswer() {
        let headers = ["retry-after": "Wed, 01 Jan 2025 00:02:00 GMT", "date": "Wed, 01 Jan 2025 00:01:30 GMT"]
        #expect(seconds(headers) == 30)
    }

    @Test func neverWaitsForThePast() {
        #expect(seconds(["retry-after": "Sat, 05 Nov 1994 08:49:37 GMT"]) == 0)
    }

    @Test(arguments: ["", "soon", "-5", "1.5", "Sun, 06 Foo 1994 08:49:37 GMT", "a b c d e", "99999999999999999999"])
    func passesOverNonsense(_ text: String) {
        #expect(seconds(["retry-after": text]) == nil)
    }

    @Test func isNilWithoutTheField() {
        #expect(seconds([:]) == nil)
    }
}

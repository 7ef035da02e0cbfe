import ProfileModel
import Testing

@testable import Sandbox

/// Ids and times (api notes, section 9).
@Suite struct IdentityOfProfilesTests {
    @Test func aULIDReadsAsItIsWritten() throws {
        let id = try #require(ULID("01EFBG6RD3TGWSCATKEF4ZYDZF"))
        #expect(id.text == "01EFBG6RD3TGWSCATKEF4ZYDZF")
        // 2020-08-10T06:16:29.859Z
        #expect(id.milliseconds == 1_597_040_189_859)
        #expect(ULID("01EFBG6RD3TGWSCATKEF4ZYDZI") == nil)
        #expect(ULID("81EFBG6RD3TGWSCATKEF4ZYDZF") == nil)
        #expect(ULID("01EFBG6RD3TGWSCATKEF4ZYDZ") == nil)
    }

    @Test func idsRiseWhateverTheClockDoes() {
        var issuer = Issuer(seed: 3)
        let moments = [5, 5, 5, 4, 9, 0, 9].map { Timestamp(seconds: 1_600_000_000 + $0) }
        let ids = moments.map { issuer.profileID(at: $0) }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 26 && ULID($0) != nil })
    }

    @Test func theSuccessorCarries() {
        let full = ULID(milliseconds: 1, high: 0, low: .max)
        #expect(full.successor == ULID(milliseconds: 1, high: 1, low: 0))
        #expect(ULID(milliseconds: 1, high: .max, low: .max).successor > full)
    }

    @Test func runsRepeatWithTheSeed() async throws {
        let first = try Desk()
        let second = try Desk()
        #expect(try await first.create("s:t:m:1") == (try await second.create("s:t:m:1")))
        #expect(first.sandbox.world() == second.sandbox.world())
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_580_693_836, "2020-02-03T01:37:16Z", "Mon, 03 Feb 2020 01:37:16 GMT"),
        (1_582_934_400, "2020-02-29T00:00:00Z", "Sat, 29 Feb 2020 00:00:00 GMT"),
        (951_782_399, "2000-02-28T23:59:59Z", "Mon, 28 Feb 2000 23:59:59 GMT"),
        (4_107_542_400, "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
        (1_767_225_599, "2025-12-31T23:59:59Z", "Wed, 31 Dec 2025 23:59:59 GMT"),
        (-1, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func momentsAreWritten(seconds: Int64, text: String, date: String) {
        #expect(timeText(Timestamp(seconds: seconds), as: .seconds) == text)
        #expect(httpDate(Timestamp(seconds: seconds)) == date)
    }
}

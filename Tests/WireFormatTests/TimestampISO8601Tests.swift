import ProfileModel
import Testing
import WireFormat

@Suite struct TimestampISO8601Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, 0), ("2020-02-03T01:37:16Z", 1_580_693_836, 0),
        ("2019-12-24T03:33:28.591Z", 1_577_158_408, 591_000_000),
        ("2019-12-24t03:33:28.591z", 1_577_158_408, 591_000_000),
        ("2019-12-24 03:33:28.5Z", 1_577_158_408, 500_000_000),
        ("2019-12-24T03:33:28.123456789Z", 1_577_158_408, 123_456_789),
        ("2019-12-24T03:33:28+00:00", 1_577_158_408, 0), ("2019-12-24T14:03:28+10:30", 1_577_158_408, 0),
        ("2019-12-23T19:33:28-08:00", 1_577_158_408, 0), ("2020-02-29T00:00:00Z", 1_582_934_400, 0),
        ("2000-02-29T23:59:59Z", 951_868_799, 0), ("1969-12-31T23:59:59.999999999Z", -1, 999_999_999),
        ("0000-01-01T00:00:00Z", -62_167_219_200, 0), ("9999-12-31T23:59:59Z", 253_402_300_799, 0),
        ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
    ])
    func reads(text: String, seconds: Int64, nanoseconds: Int32) {
        #expect(Timestamp(iso8601: text) == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
    }

    @Test(arguments: [
        "", "2020", "2020-02-03", "2020-02-03T01:37:16", "2020-02-03T01:37Z", "2020-2-3T01:37:16Z",
        "2020-02-30T00:00:00Z", "2019-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2020-13-01T00:00:00Z",
        "2020-00-01T00:00:00Z", "2020-01-00T00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z",
        "2020-01-01T00:00:61Z", "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00.1234567890Z", "2020-01-01T00:00:00+0000",
        "2020-01-01T00:00:00+24:00", "2020-01-01T00:00:00ZZ", " 2020-01-01T00:00:00Z", "2020-01-01_00:00:00Z",
        "٢٠٢٠-01-01T00:00:00Z", "+020-01-01T00:00:00Z",
    ])
    func refusesWhatIsNoMoment(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test(arguments: [
        (Timestamp(seconds: 1_580_693_836), "2020-02-03T01:37:16Z"),
        (Timestamp(seconds: 1_577_158_408, nanoseconds: 591_000_000), "2019-12-24T03:33:28.591Z"),
        (Timestamp(seconds: 0, nanoseconds: 1), "1970-01-01T00:00:00.000000001Z"),
        (Timestamp(seconds: -1), "1969-12-31T23:59:59Z"), (Timestamp(seconds: 951_782_400), "2000-02-29T00:00:00Z"),
    ])
    func writes(time: Timestamp, text: String) {
        #expect(time.iso8601 == text)
    }

    @Test(arguments: UInt64(0)..<200)
    func whatIsWrittenIsReadAgain(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let time = random.timestamp()
        #expect(Timestamp(iso8601: time.iso8601) == time)
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() {
        var expected = (year: 1900, month: 1, day: 1)
        for day in -25_567..<120_530 {
            let text = Timestamp(seconds: Int64(day) * 86_400).iso8601
            guard text == "\(expected.year)-\(two(expected.month))-\(two(expected.day))T00:00:00Z" else {
                Issue.record("day \(day) is written \(text)")
                return
            }
            expected = dayAfter(expected)
        }
    }

    @Test(arguments: [Int64.min, Int64.max, -62_167_219_201])
    func momentsFarOutsideTheCalendarAreWrittenWithoutACrash(seconds: Int64) {
        #expect(Timestamp(seconds: seconds).iso8601.hasSuffix("Z"))
    }
}

private func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}

/// Written apart from the arithmetic under test, as a wall calendar would have it.
private func dayAfter(_ date: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int) {
    let isLeap = date.year % 400 == 0 || (date.year % 4 == 0 && date.year % 100 != 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
    return date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
}

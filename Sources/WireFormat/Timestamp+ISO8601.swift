package import ProfileModel

extension Timestamp {
    /// Reads `2020-02-03T01:37:16Z` with up to nine digits of a fraction, `Z` or an offset `±hh:mm`,
    /// and `T` or a space between date and time; letters in either case. Nil for anything else.
    package init?(iso8601 text: some StringProtocol) {
        var digits = Scanner(rest: Array(text.utf8)[...])
        guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2), digits.skip("-"),
            let day = digits.number(2), digits.skip("T") || digits.skip("t") || digits.skip(" "),
            let hour = digits.number(2), digits.skip(":"), let minute = digits.number(2), digits.skip(":"),
            let second = digits.number(2), let nanoseconds = digits.fraction(), let offset = digits.offset(),
            digits.rest.isEmpty
        else { return nil }
        // A leap second counts as the first second of the next minute.
        guard 1...12 ~= month, 1...daysInMonth(year: year, month) ~= day, hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = daysSinceEpoch(year: Int64(year), month: Int64(month), day: Int64(day))
        let secondsOfDay = Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(seconds: days * 86_400 + secondsOfDay, nanoseconds: nanoseconds)
    }

    /// As `iso8601`, without the fraction: fine enough for people.
    package var wholeSeconds: String { Timestamp(seconds: seconds).iso8601 }

    /// In UTC, without a fraction when it is zero: `2020-02-03T01:37:16Z`, `2019-12-24T03:33:28.591Z`.
    package var iso8601: String {
        let days = seconds.flooredDivision(by: 86_400)
        let secondOfDay = Int((seconds % 86_400 + 86_400) % 86_400)
        let date = civilDate(daysSinceEpoch: days)
        let sign = date.year < 0 ? "-" : ""
        let day = "\(sign)\(padded(date.year.magnitude, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        let time = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { padded($0, 2) }
        return "\(day)T\(time.joined(separator: ":"))\(fractionText)Z"
    }

    private var fractionText: String {
        guard nanoseconds != 0 else { return "" }
        let digits = padded(nanoseconds, 9)
        let significant = digits.utf8.lastIndex { $0 != UInt8(ascii: "0") } ?? digits.startIndex
        return ".\(digits[...significant])"
    }
}

private struct Scanner {
    var rest: ArraySlice<UInt8>

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly `count` digits.
    mutating func number(_ count: Int) -> Int? {
        guard rest.count >= count, rest.prefix(count).allSatisfy(isDigit) else { return nil }
        defer { rest.removeFirst(count) }
        return rest.prefix(count).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Nanoseconds; 0 when no fraction stands here.
    mutating func fraction() -> Int32? {
        guard skip(".") else { return 0 }
        let count = rest.prefix(while: isDigit).count
        guard 1...9 ~= count, let digits = number(count) else { return nil }
        return Int32((count..<9).reduce(digits) { value, _ in value * 10 })
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard skip("+") || skip("-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
            minutes < 60
        else { return nil }
        return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
}

private func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

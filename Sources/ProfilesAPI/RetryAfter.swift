import HTTPTypes
import ProfileModel
import WireFormat

/// Reads `Retry-After` and `Date` (RFC 9110, sections 5.6.7 and 10.2.3).
enum RetryAfter {
    /// Seconds to wait; nil when the field is neither seconds nor a date. A date is measured against the
    /// answer's own `Date`, so that the clock of this machine does not matter, else against `date`.
    static func seconds(in answer: HTTPAnswer, date: () -> Timestamp) -> Double? {
        guard let text = answer.head.headerFields.value("retry-after") else { return nil }
        if let seconds = UInt32(text.filter { $0 != " " }) { return Double(seconds) }
        guard let until = timestamp(httpDate: text) else { return nil }
        let now = self.date(of: answer) ?? date()
        return Double(max(0, until.seconds - now.seconds))
    }

    /// When the answer was made, by the service's own clock.
    static func date(of answer: HTTPAnswer) -> Timestamp? {
        answer.head.headerFields.value("date").flatMap { timestamp(httpDate: $0) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, and the two older forms that a recipient must know:
    /// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
    static func timestamp(httpDate text: String) -> Timestamp? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
        guard words.count >= 5 else { return nil }
        let isAsctime = month(words[1]) != nil
        let (dayWord, monthWord) = isAsctime ? (words[2], words[1]) : (words[1], words[2])
        let (yearWord, time) = isAsctime ? (words[4], words[3]) : (words[3], words[4])
        guard let day = UInt8(dayWord), let month = month(monthWord), let year = UInt16(yearWord) else { return nil }
        // Two digits: the reference's service is younger than 1970, so no date here is of the last century.
        let fullYear = yearWord.count == 2 ? 2000 + year : year
        let date = "\(padded(Int(fullYear), 4))-\(padded(month, 2))-\(padded(Int(day), 2))"
        return Timestamp(iso8601: "\(date)T\(time)Z")
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func month(_ word: Substring) -> Int? {
        months.firstIndex(of: word.lowercased()).map { $0 + 1 }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

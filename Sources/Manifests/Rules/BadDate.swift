import Diagnostics

/// Days are written `2027-01-31`.
func badDate(_ text: String, _ what: String, at location: SourceLocation) -> Diagnostic? {
    guard !isDay(text) else { return nil }
    return Diagnostic(
        .badDate, "\(what) must be a day such as 2027-01-31, not \"\(shortened(text))\"", at: location,
        help: "year, month and day with hyphens; it is the last day that counts, in UTC")
}

private func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
        let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return days.indices.contains(month - 1) && (1...days[month - 1]).contains(day)
}

import ProfileModel

/// A moment as civil date and time in UTC, for the few forms that answers need.
struct CivilTime {
    var year: Int64
    var month: Int64
    var day: Int64
    var hour: Int64
    var minute: Int64
    var second: Int64
    /// Sunday is 0.
    var weekday: Int64

    init(_ moment: Timestamp) {
        let days = (moment.seconds >= 0 ? moment.seconds : moment.seconds - 86_399) / 86_400
        let secondOfDay = moment.seconds - days * 86_400
        (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        // Days since 0000-03-01, in eras of 400 years: the leap day ends the year.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

/// As the switch asks for: `2020-02-03T01:37:16Z`, `….000Z` or `…+00:00`.
func timeText(_ moment: Timestamp, as form: SandboxSwitches.Timestamps) -> String {
    let time = CivilTime(moment)
    let start =
        "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
        + "T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    return switch form {
    case .seconds: start + "Z"
    case .milliseconds: start + ".\(padded(Int64(moment.nanoseconds) / 1_000_000, 3))Z"
    case .offset: start + "+00:00"
    }
}

/// The form of RFC 9110, section 5.6.7: `Mon, 03 Feb 2020 01:37:16 GMT`.
func httpDate(_ moment: Timestamp) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let time = CivilTime(moment)
    return "\(days[Int(time.weekday)]), \(padded(time.day, 2)) \(months[Int(time.month) - 1]) \(padded(time.year, 4)) "
        + "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2)) GMT"
}

private func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

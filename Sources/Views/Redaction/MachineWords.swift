import ProfileModel
import WireFormat

// These have as many digits as telephone numbers, and messages are of little use without them.

/// Whether a word is a time, an IPv4 address, or the name of a run.
func isMachineWord(_ word: String) -> Bool {
    if Timestamp(iso8601: word) != nil || isNameOfRun(word) { return true }
    let octets = word.split(separator: ".", omittingEmptySubsequences: false)
    return octets.count == 4 && octets.allSatisfy { UInt8($0) != nil }
}

/// `20261126T153736Z-30d9`, and what users write of one: a beginning that has the day, or the whole with a slip in its end.
private func isNameOfRun(_ word: String) -> Bool {
    guard let match = word.wholeMatch(of: /([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{0,6}|[0-9]{6}Z(-[0-9a-z]{0,5})?)/)
    else {
        return false
    }
    return Timestamp(iso8601: "\(match.1)-\(match.2)-\(match.3)T00:00:00Z") != nil
}

/// `(process 4711)` at the beginning of a text: how messages name who holds a lock. Linux counts up to seven digits.
func processInBrackets(startingAt text: Substring) -> Substring? {
    text.prefixMatch(of: /\(process [0-9]{1,7}\)/)?.output
}

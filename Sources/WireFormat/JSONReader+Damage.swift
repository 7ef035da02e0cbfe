import ProfileModel

extension JSONReader {
    /// Passes over a value of any depth, without a call inside a call.
    mutating func skipValue() throws(JSONError) {
        var ends: [UInt8] = []
        repeat {
            switch try nextToken() {
            case UInt8(ascii: "{"):
                if try opens(endingWith: UInt8(ascii: "}"), &ends) {
                    try skipKey()
                    continue
                }
            case UInt8(ascii: "["):
                if try opens(endingWith: UInt8(ascii: "]"), &ends) { continue }
            default: _ = try readScalar()
            }
            while let end = ends.last {
                if try readComma(orEnd: end) {
                    if end == UInt8(ascii: "}") { try skipKey() }
                    break
                }
                ends.removeLast()
            }
        } while !ends.isEmpty
    }

    /// Whether anything stands in the object or array that begins here.
    private mutating func opens(endingWith end: UInt8, _ ends: inout [UInt8]) throws(JSONError) -> Bool {
        offset += 1
        guard try nextToken() != end else {
            offset += 1
            return false
        }
        ends.append(end)
        return true
    }

    private mutating func skipKey() throws(JSONError) {
        let first = try nextToken()
        guard first == UInt8(ascii: "\"") else { throw unexpected(first) }
        _ = try readString()
        try readColon()
    }
}

extension AttributeValue {
    /// The value under a key that is damaged itself.
    func damaged(with damage: Damage) -> AttributeValue {
        .damaged(self, Damage(damage.flaw, of: littleEndian(damage.fingerprint) + traces))
    }

    /// The value of a key that is there again. Which one counts is not known, so none is shown; the last object or list is,
    /// because its parts say what the values are about.
    func repeated(as last: AttributeValue) -> AttributeValue {
        .damaged(last.shownForAll, Damage(.duplicateKey, of: traces + [0] + last.traces))
    }

    private var shownForAll: AttributeValue {
        switch self {
        case .array, .object: self
        case .damaged(let shown, _): shown.shownForAll
        case .null, .bool, .number, .string: "\u{FFFD}"
        }
    }

    /// Bytes that differ when two values do, also where they are shown alike.
    private var traces: [UInt8] {
        var bytes = Array(writeJSON(self).utf8)
        for mark in damageMarks(in: self) { bytes += littleEndian(mark.damage.fingerprint) }
        return bytes
    }
}

private func littleEndian(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}

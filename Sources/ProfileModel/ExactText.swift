// Texts are compared by what is sent, as the service does. Swift's own comparison also takes texts for one that
// only look alike (é as one scalar, or as e and an accent); the nouns use what is here instead.

extension String {
    /// Whether both are the same scalars.
    package func isExactly(_ other: String) -> Bool {
        // Mostly it is one text at two places.
        if isIdentical(to: other) { return true }
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { bytes in other.withBytes { areSame(bytes, $0) } }
    }

    /// Whether both are the same bytes in memory, not only bytes that are the same. A short text is its own memory.
    private func isIdentical(to other: String) -> Bool {
        let (own, others) = (unsafeBitCast(self, to: Words.self), unsafeBitCast(other, to: Words.self))
        return own == others
    }

    private typealias Words = (UInt64, UInt64)

    /// Whether this comes first when texts are put in the order of their scalars: one order for all that differs.
    package func precedes(_ other: String) -> Bool {
        withBytes { bytes in other.withBytes { isLess(bytes, $0) } }
    }

    /// Feeds what `isExactly` compares.
    package func hashExactly(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: $0) }
        // No text has this byte, so that what follows is never taken for a part of it.
        hasher.combine(0xFF as UInt8)
    }

    @inline(__always)
    private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
        var text = self
        return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}

/// Eight at a time, for this is asked by the million. Of the same length.
private func areSame(_ bytes: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer) -> Bool {
    var place = 0
    while place + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        guard word == others.loadUnaligned(fromByteOffset: place, as: UInt64.self) else { return false }
        place += 8
    }
    while place < bytes.count {
        guard bytes[place] == others[place] else { return false }
        place += 1
    }
    return true
}

/// By the first bytes that differ, else the shorter one.
private func isLess(_ bytes: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer) -> Bool {
    let common = min(bytes.count, others.count)
    var place = 0
    while place + 8 <= common {
        let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let other = others.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        guard word == other else { return UInt64(bigEndian: word) < UInt64(bigEndian: other) }
        place += 8
    }
    while place < common {
        guard bytes[place] == others[place] else { return bytes[place] < others[place] }
        place += 1
    }
    return bytes.count < others.count
}

extension String? {
    /// Whether both are nothing, or the same scalars.
    package func isExactly(_ other: String?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let a?, let b?): a.isExactly(b)
        case (nil, _?), (_?, nil): false
        }
    }
}

/// A text as a key of a set or a dictionary.
package struct ExactText: Sendable, Hashable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package static func == (a: ExactText, b: ExactText) -> Bool { a.text.isExactly(b.text) }

    package func hash(into hasher: inout Hasher) { text.hashExactly(into: &hasher) }
}

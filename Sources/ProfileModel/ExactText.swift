// Texts are compared by what is sent, as the service does. Swift's own comparison also takes texts for one that
// only look alike (é as one scalar, or as e and an accent); the nouns use what is here instead.

extension String {
    /// Whether both are the same scalars.
    package func isExactly(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { bytes in other.withBytes { areSame(bytes, $0) } }
    }

    /// Whether this comes first when texts are put in the order of their scalars: one order for all that differs.
    package func precedes(_ other: String) -> Bool {
        withBytes { bytes in
            other.withBytes { others in
                for (byte, other) in zip(bytes, others) where byte != other { return byte < other }
                return bytes.count < others.count
            }
        }
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

/// Hands out one String for texts that come again and again (types, keys, frequent values), so that a file
/// with 100,000 of them neither makes nor keeps 100,000 copies.
///
/// A small table in which a new text takes the place of an old one: what is forgotten costs only a copy.
package struct SharedTexts: Sendable {
    private struct Slot {
        var digest: UInt64 = 0
        var text = ""
    }

    private static let slotCount: UInt64 = 256
    /// Longer texts seldom come twice.
    private static let longest = 128
    private var slots = [Slot](repeating: Slot(), count: Int(slotCount))

    package init() {}

    /// The text of a scalar, as `YAMLNode.text`.
    package mutating func text(of node: YAMLNode) -> String {
        node.withTextBytes { shared($0) }
    }

    /// The meaning of a scalar, as `YAMLNode.scalar`.
    package mutating func scalar(of node: YAMLNode) -> YAMLScalar {
        node.isText ? .string(text(of: node)) : node.scalar
    }

    /// A text that was made of a scalar, as it was last handed out.
    package mutating func shared(_ text: String) -> String {
        text.utf8.withContiguousStorageIfAvailable { shared($0) } ?? text
    }

    private mutating func shared(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard bytes.count <= Self.longest else { return String(decoding: bytes, as: UTF8.self) }
        let digest = TextDigest(UnsafeRawBufferPointer(bytes)).bits
        let place = Int(digest % Self.slotCount)
        if slots[place].digest == digest, slots[place].text.hasBytes(bytes) { return slots[place].text }
        let text = String(decoding: bytes, as: UTF8.self)
        slots[place] = Slot(digest: digest, text: text)
        return text
    }
}

extension String {
    fileprivate func hasBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        utf8.withContiguousStorageIfAvailable { haveSameBytes($0, bytes) } ?? false
    }
}

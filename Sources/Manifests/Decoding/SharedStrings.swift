/// Hands out one String for texts that come again and again (types, attribute keys), so that
/// 100,000 profiles do not keep 100,000 copies. A small table; a forgotten entry costs only memory.
struct SharedStrings {
    private static let slotCount = 128
    private var slots = [String](repeating: "", count: slotCount)

    /// Texts up to this size live inside the String itself.
    private static let inlineSize = 15

    mutating func shared(_ text: String) -> String {
        let count = text.utf8.count
        guard count > Self.inlineSize, let first = text.utf8.first, let last = text.utf8.last else { return text }
        let slot = (count &* 31 &+ Int(first) &* 7 &+ Int(last)) % Self.slotCount
        if slots[slot] == text { return slots[slot] }
        slots[slot] = text
        return text
    }
}

package import ProfileModel

/// A glob on addresses, as `--target` and `--exclude` take it: `coolbikes/rider/*`, `*/*/jane-*`, `**`.
///
/// `*`, `?` and `[…]` match within one of the three parts, `**` as a part matches any number of parts;
/// `\` takes the meaning of the next character away. A dot is a character like others here.
package struct AddressPattern: Sendable, Hashable {
    package let text: String
    let parts: [PartPattern]

    /// Nil for an empty text or part, an unclosed bracket, or a backslash at the end.
    package init?(_ text: String) {
        var parts: [PartPattern] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            guard !part.isEmpty, let pattern = PartPattern(part) else { return nil }
            parts.append(pattern)
        }
        self.text = text
        self.parts = parts
    }

    package func matches(_ address: Address) -> Bool {
        parts[...].match(Self.parts(of: address)[...], hidesDots: false)
    }

    static func parts(of address: Address) -> [Substring] {
        [address.source[...], address.type[...], address.name[...]]
    }
}

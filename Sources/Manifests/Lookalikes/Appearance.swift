/// What a text looks like, as another text: two texts of one appearance cannot be told apart by eye.
///
/// Marks that compose a letter are left to Swift, which compares texts by canonical equivalence (é as one scalar or as
/// two). ASCII looks like itself: `l` and `1` are not taken for each other here.
struct Appearance: Hashable {
    private let text: String

    init(_ text: String, ignoringCase: Bool = false) {
        let plain = isASCII(text) ? text : Self.plain(text)
        self.text = ignoringCase ? plain.lowercased() : plain
    }

    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
            plain.append(Lookalikes.latin(for: scalar) ?? scalar)
        }
        return String(plain)
    }
}

func isASCII(_ text: String) -> Bool {
    // Without a branch the compiler looks at many bytes at once.
    let isASCII = text.utf8.withContiguousStorageIfAvailable { bytes in
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        return all < 0x80
    }
    return isASCII ?? text.utf8.allSatisfy { $0 < 0x80 }
}

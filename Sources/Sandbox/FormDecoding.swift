/// The parameters of a query or a form: percent-decoded once, `+` is a space. Nil where the text is no
/// percent-encoded UTF-8. Raw `:` and `@` stand for themselves, as the reference's samples send them.
func formParameters(_ text: some StringProtocol) -> [(name: String, value: String)]? {
    var parameters: [(name: String, value: String)] = []
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
        let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = percentDecoded(parts[0], plusIsSpace: true) else { return nil }
        guard let value = percentDecoded(parts.count > 1 ? parts[1] : parts[0].suffix(0), plusIsSpace: true)
        else { return nil }
        parameters.append((name, value))
    }
    return parameters
}

func percentDecoded(_ text: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    var rest = text.makeIterator()
    while let byte = rest.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else { return nil }
            bytes.append(high << 4 | low)
        case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
        default: bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self)
}

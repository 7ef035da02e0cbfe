import Crypto

/// A stand-in for a personal value: `email:⟨a7f31c09⟩`. Equal values of a kind have equal stand-ins under
/// one key; without the key nobody can try values out.
package struct Pseudonym: Sendable {
    private let key: SymmetricKey

    package init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    package func of(_ value: String, kind: String) -> String {
        let message = Array(kind.utf8) + [0] + Array(value.utf8)
        let code = HMAC<SHA256>.authenticationCode(for: message, using: key)
        return "\(kind):⟨\(hexadecimal(code.prefix(4)))⟩"
    }

    /// Whether a value looks like a stand-in of the kind, so that the kind need not be said twice.
    static func isPseudonym(_ value: String, of kind: String) -> Bool {
        value.hasSuffix("⟩") && value.hasPrefix("\(kind):⟨")
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
        text.unicodeScalars.append(hexadecimalDigits[Int(byte >> 4)])
        text.unicodeScalars.append(hexadecimalDigits[Int(byte & 0xF)])
    }
    return text
}

private let hexadecimalDigits = Array("0123456789abcdef".unicodeScalars)

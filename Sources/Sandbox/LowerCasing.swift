// "Any upper case letters are automatically converted to lower case" (reference, "Standard identifiers"): by which
// table, nobody says. Languages and libraries differ in a few letters.

extension SandboxSwitches.LowerCase {
    func apply(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return self == .turkish ? turkish(text) : text.lowercased() }
        return switch self {
        case .unicode: text.lowercased()
        case .ascii: mapped(text) { $0.isASCII ? $0.properties.lowercaseMapping : String($0) }
        case .simple: mapped(text) { $0 == capitalDottedI ? "i" : $0.properties.lowercaseMapping }
        case .finalSigma: withFinalSigmas(text)
        case .turkish: turkish(text)
        }
    }

    private func turkish(_ text: String) -> String {
        mapped(text) { scalar in
            switch scalar {
            case "I": "ı"
            case capitalDottedI: "i"
            default: scalar.properties.lowercaseMapping
            }
        }
    }

    private func withFinalSigmas(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = ""
        for (place, scalar) in scalars.enumerated() {
            let follows = place > 0 && scalars[place - 1].properties.isAlphabetic
            let ends = place + 1 == scalars.count || !scalars[place + 1].properties.isAlphabetic
            result += scalar == "Σ" && follows && ends ? "ς" : scalar.properties.lowercaseMapping
        }
        return result
    }
}

private let capitalDottedI: Unicode.Scalar = "\u{130}"

private func mapped(_ text: String, _ map: (Unicode.Scalar) -> String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += map($1) }
}

import Diagnostics

/// The name of a profile in the workspace becomes part of its address, which is printed everywhere.
func badProfileName(_ name: String, at location: @autoclosure () -> SourceLocation) -> Diagnostic? {
    guard !isHarmless(name) else { return nil }
    var problem: String?
    var holdsAt = false
    for scalar in name.unicodeScalars {
        switch scalar.value {
        case 0x2F: problem = problem ?? "the name of a profile cannot hold a slash"
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029:
            problem = problem ?? "the name of a profile cannot hold control characters"
        case 0x40: holdsAt = true
        default: break
        }
    }
    if name.isEmpty { problem = "the name of a profile is empty" }
    if let problem {
        return Diagnostic(
            .badProfileName, problem, at: location(),
            help: "use a short name such as jane-smith; addresses are written source/type/name")
    }
    guard holdsAt else { return nil }
    return Diagnostic(
        .badProfileName, "this name looks like an e-mail address, and names are printed in every plan and log",
        severity: .warning, at: location(),
        help: "use a name without personal data, such as jane-smith; the address belongs under identifiers")
}

/// Whether a name is of the common kind: saves most profiles the closer look.
private func isHarmless(_ name: String) -> Bool {
    let isHarmless = name.utf8.withContiguousStorageIfAvailable { bytes in
        bytes.allSatisfy { byte in
            isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
    return !name.isEmpty && isHarmless ?? false
}

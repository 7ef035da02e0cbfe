import Diagnostics

/// The name of an environment becomes part of file names.
func badEnvironmentName(_ name: String, at location: SourceLocation) -> Diagnostic? {
    let isGood =
        !name.isEmpty
        && name.utf8.allSatisfy { byte in
            isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    guard !isGood else { return nil }
    return Diagnostic(
        .badEnvironmentName, "\"\(shortened(name))\" cannot be the name of an environment", at: location,
        help: "use letters, digits, '-' and '_'; its ledger is kept in a file of that name")
}

import Diagnostics

/// An identifier query is `source:type:identifier_type:value` (reference, "Identifier queries") and has
/// no way to escape a colon, so only the value may hold one.
func colonInName(_ text: String, _ what: String, at location: @autoclosure () -> SourceLocation) -> Diagnostic? {
    guard holds(UInt8(ascii: ":"), text) else { return nil }
    return Diagnostic(
        .colonInName, "\(what) cannot hold a colon", at: location(),
        help: "the service separates the parts of an identifier query by colons; use '-' or '_'")
}

/// An address is `source/type/name` and has no way to escape a slash.
func slashInName(_ text: String, _ what: String, at location: @autoclosure () -> SourceLocation) -> Diagnostic? {
    guard holds(UInt8(ascii: "/"), text) else { return nil }
    return Diagnostic(
        .colonInName, "\(what) cannot hold a slash", at: location(),
        help: "addresses are written source/type/name; use '-' or '_'")
}

/// Asked for every identifier, so without the iterator of a String.
private func holds(_ byte: UInt8, _ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.contains(byte) } ?? text.utf8.contains(byte)
}

import Diagnostics

/// An address is `source/type/name`.
func badAddress(_ text: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .badAddress, "\"\(shortened(text))\" is not an address", at: location,
        help: "an address has three parts, source/type/name, such as coolbikes/rider/jane-smith")
}

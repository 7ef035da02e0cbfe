package import Diagnostics

/// A credential is a text without blanks around it.
/// - Parameter what: as in "the bearer token".
package func badCredential(_ text: String, _ what: String, at location: SourceLocation?) -> Diagnostic? {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
    let scalars = text.unicodeScalars
    if scalars.allSatisfy(isBlank) {
        return Diagnostic(
            .badAuthentication, "\(what) is \(scalars.isEmpty ? "empty" : "blank")", at: location,
            help: "set the variable that it comes from; without a credential the account refuses every call")
    }
    guard scalars.first.map(isBlank) == true || scalars.last.map(isBlank) == true else { return nil }
    return Diagnostic(
        .badAuthentication, "\(what) begins or ends with white space", at: location,
        help: "remove it where the value comes from; it would be sent as part of the credential")
}

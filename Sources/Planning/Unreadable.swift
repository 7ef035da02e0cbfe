package import Diagnostics
package import ProfileModel

// What a plan says of profiles that cannot be read, and of values that cannot be sent back.

extension UnreadableProfile {
    /// Why it cannot be read, as a clause.
    package var words: String {
        let field = field.map { "'\($0)'" } ?? "the profile"
        return switch problem {
        case .notJSON: "the answer is not JSON"
        case .malformedJSON: "the answer breaks the grammar of JSON"
        case .truncated: "the answer ends too early"
        case .tooLarge: "the answer is too large"
        case .missing: "\(field) is missing"
        case .wrongType: "\(field) has the wrong type"
        case .badID: "\(field) is not an id"
        case .ambiguous: "\(field) is not the same for every reader of JSON"
        case .otherProfile: "the answer is about another profile"
        case .unexpectedAnswer: "the API reference does not describe such an answer"
        }
    }

    /// - Parameter location: of the manifest that describes the profile.
    package func diagnostic(
        of address: Address, at location: SourceLocation?, severity: Diagnostic.Severity = .warning
    ) -> Diagnostic {
        let id = id.map { " (\($0))" } ?? ""
        return Diagnostic(
            .unreadableProfile, "the live profile of \(address)\(id) cannot be read: \(words)", severity: severity,
            at: location,
            help: "other profiles are not affected; correct the live profile, or ask the service's support about it")
    }
}

extension DamagedField {
    /// As a path, without regard to what an output has to escape.
    fileprivate var path: String {
        switch self {
        case .name: "name"
        case .identifiers: "identifiers"
        case .attribute(let key): "attributes.\(key)"
        }
    }
}

func damageDiagnostic(
    _ fields: [DamagedField], of address: Address, at location: SourceLocation?
) -> Diagnostic {
    let paths = fields.map(\.path).joined(separator: ", ")
    return Diagnostic(
        .notReproducible, "\(address) is not written: the call would send a damaged value of \(paths)",
        severity: .warning, at: location,
        help: "give the field a value in the manifest, or correct the live profile; `get` shows U+FFFD in its place")
}

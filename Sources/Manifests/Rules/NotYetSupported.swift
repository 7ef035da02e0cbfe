import Diagnostics
import YAMLSyntax

/// `moved`, `removed` and `import` are known, but not acted on yet: better refused than ignored.
func notYetSupported(_ key: DocumentKey, _ value: YAMLNode, at location: SourceLocation) -> Diagnostic? {
    let isEmpty =
        switch value.kind {
        case .scalar: value.isNull
        case .sequence: value.items.isEmpty
        case .mapping: false
        }
    guard !isEmpty else { return nil }
    let instead =
        switch key {
        case .moved: "rename the profile in the ledger with `profilectl ledger move`"
        case .removed: "forget the profile with `profilectl ledger forget`"
        case .imported: "write the profile with its key identifier; a live profile that has it is taken over"
        case .version, .defaults, .profiles: "remove it"
        }
    return Diagnostic(
        .notYetSupported, "\"\(key.rawValue)\" is not supported yet", at: location, help: instead)
}

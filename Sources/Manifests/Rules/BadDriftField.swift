import Diagnostics
import ProfileModel

/// `profile` for one that is gone, `name`, `identifiers.TYPE`, or an attribute as `attributes.tier`, deeper
/// with more dots. `\.` is a dot inside a key.
func driftField(_ text: String) -> DriftField? {
    guard let path = dottedPath(text) else { return nil }
    switch (path[0], path.count) {
    case ("profile", 1): return .profile
    case ("name", 1): return .name
    case ("identifiers", 2): return .identifiers(type: path[1])
    case ("attributes", 2...): return .attribute(Array(path.dropFirst()))
    default: return nil
    }
}

func badDriftField(_ text: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .badDriftField, "\"\(shortened(text))\" is not a field whose drift can be accepted", at: location,
        help: "write name, identifiers.TYPE, attributes.KEY, or profile for one that is gone; "
            + "`profilectl drift` shows the fields")
}

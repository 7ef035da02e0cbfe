import Diagnostics

/// `ignore_changes` names what may differ once the profile exists: `name`, `identifiers`, `attributes`,
/// or one attribute as `attributes.last_seen`, deeper with more dots. `\.` is a dot inside a key.
/// - Returns: the keys of the path, or nil when it names nothing that can be ignored.
func ignoredPath(_ text: String) -> [String]? {
    guard let path = dottedPath(text) else { return nil }
    switch path[0] {
    case "name", "identifiers": return path.count == 1 ? path : nil
    case "attributes": return path
    default: return nil
    }
}

/// Keys with dots between them, the outermost first; never empty. `\.` is a dot inside a key. Nil for an empty key.
func dottedPath(_ text: String) -> [String]? {
    var path = [""]
    var isEscaped = false
    for character in text.unicodeScalars {
        if isEscaped {
            guard character == "." || character == "\\" else { return nil }
            path[path.count - 1].unicodeScalars.append(character)
            isEscaped = false
        } else if character == "\\" {
            isEscaped = true
        } else if character == "." {
            path.append("")
        } else {
            path[path.count - 1].unicodeScalars.append(character)
        }
    }
    return isEscaped || path.contains("") ? nil : path
}

func badIgnoreChanges(_ text: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .badIgnoreChanges, "\"\(shortened(text))\" is not a field whose changes can be ignored", at: location,
        help: "write name, identifiers, attributes, or attributes.KEY")
}

import Diagnostics
import ProfileModel

/// The service documents all profile properties as strings (api notes, section 9).
/// What it does with other values is not known, hence a warning, or an error where the workspace says so.
func nonStringAttribute(
    _ name: String, _ value: AttributeValue, isError: Bool, at location: @autoclosure () -> SourceLocation
) -> Diagnostic? {
    let what: String
    switch value {
    case .string: return nil
    case .null: what = "null"
    case .bool: what = "true or false"
    case .number: what = "a number"
    case .array: what = "a list"
    case .object: what = "a mapping"
    case .damaged(let shown, _): return nonStringAttribute(name, shown, isError: isError, at: location())
    }
    return Diagnostic(
        .nonStringAttribute, "attribute \"\(shortened(name))\" is \(what); the service documents texts only",
        severity: isError ? .error : .warning, at: location(), help: help(for: value))
}

private func help(for value: AttributeValue) -> String {
    switch value {
    case .null: "leave the attribute out, or write \"\" for an empty text"
    case .bool, .number, .string: "write the value in quotes to send it as a text"
    case .array, .object, .damaged: "write one attribute for each value, or one text"
    }
}

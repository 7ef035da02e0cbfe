import Diagnostics
import ProfileModel

/// Source and type of a profile never change, so an import finds them as its address has them.
func importedAcrossTypes(_ wanted: ProfileImport) -> Diagnostic? {
    guard case .query(let query) = wanted.selector,
        query.source != wanted.to.source || query.type != wanted.to.type
    else { return nil }
    return Diagnostic(
        .badImport, "a profile of \(query.source)/\(query.type) cannot be \(wanted.to)",
        at: location(of: wanted.selector.description, at: wanted.selectorOrigin),
        help: "source and type of a profile cannot change; correct the query or the address")
}

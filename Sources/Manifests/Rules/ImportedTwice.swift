import Diagnostics
import ProfileModel

/// An address is one profile, and a profile has one address.
func importedTwice(_ imports: [ProfileImport]) -> [Diagnostic] {
    var addresses: [Address: ProfileImport] = [:]
    var selectors: [SelectedProfile: ProfileImport] = [:]
    var problems: [Diagnostic] = []
    for wanted in imports {
        let selected = SelectedProfile(wanted)
        if let first = addresses[wanted.to] {
            problems.append(
                importedTwice(
                    "\(wanted.to) is imported twice", at: location(of: wanted.to, at: wanted.origin),
                    first: location(of: first.to, at: first.origin)))
        } else if let first = selectors[selected] {
            problems.append(
                importedTwice(
                    "\(first.to) and \(wanted.to) import the same profile",
                    at: location(of: wanted.selector.description, at: wanted.selectorOrigin),
                    first: location(of: first.selector.description, at: first.selectorOrigin)))
        }
        if addresses[wanted.to] == nil { addresses[wanted.to] = wanted }
        if selectors[selected] == nil { selectors[selected] = wanted }
    }
    return problems
}

private func importedTwice(_ message: String, at location: SourceLocation, first: SourceLocation) -> Diagnostic {
    Diagnostic(
        .importedTwice, message, at: location, notes: [Diagnostic.Note("the first import is here", at: first)],
        help: "keep one of the two")
}

/// What an import means, equal for two that must mean one profile.
private enum SelectedProfile: Hashable {
    case id(String)
    case query(source: String, type: String, identifierType: String, value: String)
    case user(String, source: String, type: String)

    init(_ wanted: ProfileImport) {
        switch wanted.selector {
        case .id(let id): self = .id(id)
        case .query(let query):
            self = .query(
                source: query.source, type: query.type, identifierType: Normalised.type(query.identifier.type),
                value: Normalised.value(query.identifier))
        case .user(let user): self = .user(user, source: wanted.to.source, type: wanted.to.type)
        }
    }
}

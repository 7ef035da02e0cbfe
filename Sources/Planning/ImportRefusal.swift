import Diagnostics
import ProfileModel

/// Why a live profile is not imported.
enum ImportRefusal {
    case notFound
    /// Of the user's profiles, so many have the source and type.
    case several([String])
    case otherType(Profile)
    case managed(id: String, as: Address, isDescribed: Bool)
    case otherThanManaged(managed: String, named: String)
    case keySelects(Profile, key: Identifier, not: Profile)

    func diagnostic(_ wanted: ProfileImport) -> Diagnostic {
        let (message, help) = words(wanted)
        return Diagnostic(
            .impossibleImport, message, at: wanted.selectorOrigin.location(of: wanted.selector.description), help: help)
    }

    // Values of identifiers are personal and not repeated; the line that is shown has them.
    private func words(_ wanted: ProfileImport) -> (message: String, help: String) {
        let to = wanted.to
        switch self {
        case .notFound:
            return (
                "\(to) cannot be imported: \(missing(wanted))",
                "correct it, or remove the import: the profile is then created, unless its key selects one"
            )
        case .several(let ids):
            return (
                "\(to) cannot be imported: the user has \(ids.count) profiles of \(to.source)/\(to.type), "
                    + ids.joined(separator: ", "),
                "name the one that is meant by its id"
            )
        case .otherType(let profile):
            return (
                "\(to) cannot be imported: \(profile.id) is a profile of \(profile.source)/\(profile.type)",
                "source and type of a profile cannot change; correct the import or the address"
            )
        case .managed(let id, let owner, let isDescribed):
            return (
                "\(to) cannot be imported: \(id) is managed as \(owner)",
                isDescribed
                    ? "a live profile has one address; correct the import, or remove one of the two profiles"
                    : "for the same profile under a new name write moved: [{from: \(owner), to: \(to)}]"
            )
        case .otherThanManaged(let managed, let named):
            return (
                "\(to) cannot be imported as \(named): it is managed as \(managed)",
                "remove the import; to manage the other profile instead, first run: profilectl ledger forget \(to)"
            )
        case .keySelects(let other, let key, let profile):
            return (
                "\(to) cannot be imported as \(profile.id): its key \(key.type) selects \(other.id)",
                "name as key an identifier of the imported profile, or import the other one"
            )
        }
    }

    private func missing(_ wanted: ProfileImport) -> String {
        switch wanted.selector {
        case .id(let id): "there is no profile \(id)"
        case .query(let query): "no profile answers to this \(query.identifier.type)"
        case .user: "the user has no profile of \(wanted.to.source)/\(wanted.to.type)"
        }
    }
}

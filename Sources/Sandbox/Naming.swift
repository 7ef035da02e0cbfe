import ProfileModel

/// The name of a profile that was given none (reference, the table under "Standard identifiers"):
/// the first type of the table that is present decides, and of several values of it the first.
func derivedName(_ identifiers: [Identifier]) -> String {
    for kind in StandardIdentifier.allCases {
        guard let identifier = identifiers.first(where: { $0.standard == kind }) else { continue }
        return switch kind {
        case .email: identifier.value
        case .externalID, .phoneNumber: "User \(identifier.value)"
        case .twitter: "Twitter user \(identifier.value)"
        case .facebook: "Facebook user \(identifier.value)"
        case .sdk: "SDK user \(identifier.value)"
        }
    }
    return identifiers.first.map { "\($0.type) user \($0.value)" } ?? ""
}

import ProfileModel

/// The identifier types that Zendesk ties to users (reference, "Standard identifiers"),
/// in the order in which a profile's name is derived from them.
enum StandardIdentifier: String, CaseIterable {
    case email
    case externalID = "external_id"
    case phoneNumber = "phone_number"
    case twitter
    case facebook
    case sdk
}

extension Identifier {
    var standard: StandardIdentifier? { StandardIdentifier(rawValue: type) }

    /// The form that is stored: "any upper case letters are automatically converted to lower case"
    /// in email and twitter (reference, "Standard identifiers").
    func normalised(_ lowerCase: SandboxSwitches.LowerCase) -> Identifier {
        switch standard {
        case .email, .twitter: Identifier(type: type, value: lowerCase.apply(value))
        case .externalID, .phoneNumber, .facebook, .sdk, nil: self
        }
    }

    /// The form that is compared: external ids are not case-sensitive either (api notes, section 2).
    func folded(_ lowerCase: SandboxSwitches.LowerCase) -> Identifier {
        switch standard {
        case .email, .twitter, .externalID: Identifier(type: type, value: lowerCase.apply(value))
        case .phoneNumber, .facebook, .sdk, nil: self
        }
    }
}

/// What makes a user and a standard identifier one: a folded value of a kind.
struct IdentityKey: Hashable {
    var kind: StandardIdentifier
    var value: String

    /// Nil for identifiers that never match a user.
    init?(_ identifier: Identifier, _ lowerCase: SandboxSwitches.LowerCase) {
        guard let kind = identifier.standard else { return nil }
        self.kind = kind
        value = identifier.folded(lowerCase).value
    }

    /// An identity of type `google` is "internally matched with an identifier type of email".
    init?(identity: Identifier, _ lowerCase: SandboxSwitches.LowerCase) {
        self.init(
            identity.type == "google" ? Identifier(type: "email", value: identity.value) : identity, lowerCase)
    }

    init(externalID: String, _ lowerCase: SandboxSwitches.LowerCase) {
        kind = .externalID
        value = lowerCase.apply(externalID)
    }

    static func == (a: IdentityKey, b: IdentityKey) -> Bool {
        a.kind == b.kind && a.value.hasBytes(of: b.value)
    }
}

extension SandboxUser {
    /// Everything a standard identifier of a profile may match this user by.
    func keys(_ lowerCase: SandboxSwitches.LowerCase) -> [IdentityKey] {
        identities.compactMap { IdentityKey(identity: $0, lowerCase) }
            + (externalID.map { [IdentityKey(externalID: $0, lowerCase)] } ?? [])
    }
}

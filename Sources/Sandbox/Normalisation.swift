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
    var normalised: Identifier {
        switch standard {
        case .email, .twitter: Identifier(type: type, value: value.lowercased())
        case .externalID, .phoneNumber, .facebook, .sdk, nil: self
        }
    }

    /// The form that is compared: external ids are not case-sensitive either (api notes, section 2).
    var folded: Identifier {
        switch standard {
        case .email, .twitter, .externalID: Identifier(type: type, value: value.lowercased())
        case .phoneNumber, .facebook, .sdk, nil: self
        }
    }
}

/// What makes a user and a standard identifier one: a folded value of a kind.
struct IdentityKey: Hashable {
    var kind: StandardIdentifier
    var value: String

    /// Nil for identifiers that never match a user.
    init?(_ identifier: Identifier) {
        guard let kind = identifier.standard else { return nil }
        self.kind = kind
        value = identifier.folded.value
    }

    /// An identity of type `google` is "internally matched with an identifier type of email".
    init?(identity: Identifier) {
        self.init(identity.type == "google" ? Identifier(type: "email", value: identity.value) : identity)
    }

    init(externalID: String) {
        kind = .externalID
        value = externalID.lowercased()
    }

    static func == (a: IdentityKey, b: IdentityKey) -> Bool {
        a.kind == b.kind && a.value.hasBytes(of: b.value)
    }
}

extension SandboxUser {
    /// Everything a standard identifier of a profile may match this user by.
    var keys: [IdentityKey] {
        identities.compactMap(IdentityKey.init(identity:)) + (externalID.map { [IdentityKey(externalID: $0)] } ?? [])
    }
}

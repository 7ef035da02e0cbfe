import ProfileModel

/// How the service compares identifiers (reference, "Standard identifiers"; api notes, sections 2 and 3.2).
enum Normalised {
    /// `google` identities are matched as `email`.
    static func type(_ type: String) -> String {
        isGoogle(type) ? "email" : type
    }

    /// The service lower-cases email and twitter, and does not tell the cases of external ids apart (see `foldedCase`).
    static func ignoresCase(type: String) -> Bool {
        // By length first: asked for every identifier.
        switch type.utf8.count {
        case 5: type == "email"
        case 6: type == "google"
        case 7: type == "twitter"
        case 11: type == "external_id"
        default: false
        }
    }

    private static func isGoogle(_ type: String) -> Bool { type.utf8.count == 6 && type == "google" }

    /// The types that the service takes for identities of a user.
    static let standardTypes = ["email", "google", "phone_number", "facebook", "twitter", "sdk", "external_id"]

    /// Whether the service takes the type for an identity of a user.
    static func isStandard(type: String) -> Bool {
        switch type {
        case "email", "google", "phone_number", "facebook", "twitter", "sdk", "external_id": true
        default: false
        }
    }

    static func value(_ identifier: Identifier) -> String {
        guard ignoresCase(type: identifier.type), mayChangeWhenFolded(identifier.value) else {
            return identifier.value
        }
        return identifier.value.foldedCase
    }

    static func areSame(_ a: Identifier, _ b: Identifier) -> Bool {
        guard a.type.isExactly(b.type) || type(a.type).isExactly(type(b.type)) else { return false }
        return a.value.isExactly(b.value) || value(a).isExactly(value(b))
    }

    private static func mayChangeWhenFolded(_ text: String) -> Bool {
        // Without a branch the compiler looks at many bytes at once.
        let found = text.utf8.withContiguousStorageIfAvailable { bytes in
            var found: UInt8 = 0
            for byte in bytes { found |= (byte & 0x80) | (byte &- 0x41 < 26 ? 1 : 0) }
            return found != 0
        }
        return found ?? true
    }
}

import ProfileModel

/// The name that the service gives to a profile that has none (reference, table in "Standard identifiers";
/// api notes, section 3.6). Empty only without identifiers.
func derivedName(of identifiers: [Identifier]) -> String {
    derivedName(ofStored: identifiers.map(\.stored))
}

/// - Parameter identifiers: as the service answers them, in whatever case it keeps them.
func derivedName(ofStored identifiers: [Identifier]) -> String {
    for (type, prefix) in namingOrder {
        if let identifier = identifiers.first(where: { $0.type == type }) { return prefix + identifier.value }
    }
    return identifiers.first.map { "\($0.type) user \($0.value)" } ?? ""
}

private let namingOrder = [
    ("email", ""),
    ("external_id", "User "),
    ("phone_number", "User "),
    ("twitter", "Twitter user "),
    ("facebook", "Facebook user "),
    ("sdk", "SDK user "),
]

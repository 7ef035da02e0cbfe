/// The keys of `drift-baseline.yaml`.
enum BaselineKey: String, CaseIterable {
    case version, accepted

    static let known = KnownKeys<BaselineKey>()
}

enum AcceptedKey: String, CaseIterable {
    case address, field, value, owner, reason, expires

    static let known = KnownKeys<AcceptedKey>()
}

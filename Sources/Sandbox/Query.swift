import ProfileModel

/// What the identifier of a query or a profile is found by.
struct ProfileKey: Hashable {
    var source: String
    var type: String
    /// Folded.
    var identifier: Identifier

    init(source: String, type: String, identifier: Identifier, _ lowerCase: SandboxSwitches.LowerCase) {
        self.source = source
        self.type = type
        self.identifier = identifier.folded(lowerCase)
    }

    static func == (a: ProfileKey, b: ProfileKey) -> Bool {
        a.identifier == b.identifier && a.type.hasBytes(of: b.type) && a.source.hasBytes(of: b.source)
    }
}

extension IdentifierQuery {
    /// `source:type:identifier_type:value` from the `identifier` parameter, split at the first three colons
    /// (reference, "Identifier queries"; api notes, section 2).
    init(parameterOf query: Substring?, limits: SandboxLimits) throws(Refusal) {
        guard let parameters = formParameters(query ?? "") else {
            throw Refusal(400, .invalidIdentifierQuery, "the query string is not percent-encoded UTF-8")
        }
        let texts = parameters.filter { $0.name == "identifier" }.map(\.value)
        guard let text = texts.first else {
            throw Refusal(
                400, .missingIdentifierQuery,
                "the parameter 'identifier' is missing; it takes source:type:identifier_type:identifier_value")
        }
        guard texts.count == 1 else {
            throw Refusal(400, .invalidIdentifierQuery, "the parameter 'identifier' is given \(texts.count) times")
        }
        // Bytes, because a colon and a combining mark after it are one Character.
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count == 4, parts.allSatisfy({ !$0.isEmpty }) else {
            throw Refusal(
                400, .invalidIdentifierQuery,
                "the identifier query '\(text)' needs four parts: source:type:identifier_type:identifier_value")
        }
        self.init(source: parts[0], type: parts[1], identifier: Identifier(type: parts[2], value: parts[3]))
        try checkLengths(limits)
    }

    private func checkLengths(_ limits: SandboxLimits) throws(Refusal) {
        guard source.unicodeScalars.count <= limits.sourceLength else {
            throw Refusal(400, .invalidProfileSourceLength, "Profile source length > \(limits.sourceLength) chars")
        }
        guard type.unicodeScalars.count <= limits.typeLength else {
            throw Refusal(400, .invalidProfileTypeLength, "Profile type length > \(limits.typeLength) chars")
        }
        try identifier.checkLengths(limits)
    }

    /// "The source 'zendesk' is reserved and cannot be used to create a profile", in whatever case.
    func checkNotReserved() throws(Refusal) {
        guard source.lowercased() != "zendesk" else {
            throw Refusal(400, .reservedSource, "the source '\(source)' is reserved and cannot be used for a profile")
        }
    }

    /// How the query looks a profile up.
    func key(_ switches: SandboxSwitches) -> ProfileKey? {
        let identifier = Identifier(
            type: identifier.type, value: StoredTexts(switches: switches).text(identifier.value))
        let key = ProfileKey(source: source, type: type, identifier: identifier, switches.lowerCase)
        // Stored emails have no upper case, so one compared as sent is never found.
        if switches.emailQuery == .exact, identifier != identifier.normalised(switches.lowerCase) { return nil }
        return key
    }
}

extension Identifier {
    func checkLengths(_ limits: SandboxLimits) throws(Refusal) {
        guard type.unicodeScalars.count <= limits.identifierTypeLength else {
            throw Refusal(
                400, .invalidIdentifierTypeLength, "Identifier type length > \(limits.identifierTypeLength) chars")
        }
        if let limit = limits.identifierValueLength, value.unicodeScalars.count > limit {
            throw Refusal(400, .invalidIdentifierValueLength, "Identifier value length > \(limit) chars")
        }
    }
}

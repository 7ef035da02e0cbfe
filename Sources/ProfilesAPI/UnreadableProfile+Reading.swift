package import ProfileModel
import WireFormat

extension APIFailure {
    /// Not nil when the service gave an answer to the lookup that cannot be read: that concerns the profile of the
    /// lookup and no other. Nil where the service did not answer or refused.
    package func unreadable(in lookup: Lookup) -> UnreadableProfile? {
        let id: String? = if case .profile(let id) = lookup { id } else { nil }
        return switch self {
        case .notJSON: UnreadableProfile(id: id, .notJSON)
        case .truncated: UnreadableProfile(id: id, .truncated)
        case .unexpected(let answer): UnreadableProfile(answer, id: id)
        case .unreachable, .interruptedAfterSending, .unauthenticated, .noAccessToken, .forbidden, .notFound, .refused,
            .rateLimited, .serverError, .insecureURL, .malformedURL, .notPermitted, .lookAgain, .cancelled:
            nil
        }
    }

    /// Whether the way to the service is to blame and not a profile: a proxy or a login page answered, or the connection
    /// ended before the announced length.
    package var isOfTheWay: Bool {
        switch self {
        case .notJSON, .unexpected(.redirect), .truncated(expected: .some, _): true
        case .truncated, .unexpected, .unreachable, .interruptedAfterSending, .unauthenticated, .noAccessToken,
            .forbidden, .notFound, .refused, .rateLimited, .serverError, .insecureURL, .malformedURL, .notPermitted,
            .lookAgain, .cancelled:
            false
        }
    }
}

extension UnreadableProfile {
    fileprivate init(_ answer: UnexpectedAnswer, id: String?) {
        switch answer {
        case .malformedJSON: self.init(id: id, .malformedJSON)
        case .missingMember(let name): self.init(id: id, .missing, field: name)
        case .repeatedMember(let name): self.init(id: id, .ambiguous, field: name)
        case .notAProfile(let error): self.init(error, id: id)
        case .otherProfile: self.init(id: id, .otherProfile)
        case .answerTooLarge: self.init(id: id, .tooLarge)
        case .redirect, .status, .tooManyPages, .badPageLink: self.init(id: id, .unexpectedAnswer)
        }
    }

    init(_ error: ProfileDecodingError, id: String?) {
        let field = error.field.isEmpty ? nil : error.field
        switch error.problem {
        case .missing: self.init(id: id, .missing, field: field)
        case .wrongKind: self.init(id: id, .wrongType, field: field)
        case .empty, .badID: self.init(id: id, .badID, field: field)
        case .ambiguous: self.init(id: id, .ambiguous, field: field)
        }
    }
}

extension AttributeValue {
    /// The id of a profile that cannot be read, where at least that can be told.
    var profileID: String? {
        guard case .object(let members) = self, case .string(let id)? = members["id"], isID(id) else { return nil }
        return id
    }
}

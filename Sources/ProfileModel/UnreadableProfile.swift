/// A live profile that an answer is about and that cannot be read. It holds facts about the answer, and nothing that
/// the answer's body says, apart from the profile's id.
package struct UnreadableProfile: Sendable, Hashable {
    package enum Problem: String, Sendable, CaseIterable {
        /// A page, or another text that is no JSON.
        case notJSON = "not_json"
        /// It begins like JSON and breaks the grammar.
        case malformedJSON = "malformed_json"
        case truncated
        case tooLarge = "too_large"
        /// The field is absent or null.
        case missing
        /// The field has another type than the reference gives it.
        case wrongType = "wrong_type"
        /// The field is an id in a form that no id has.
        case badID = "bad_id"
        /// The field is there more than once, or has characters that no text can hold.
        case ambiguous
        /// The answer is about another profile than the one that was asked for.
        case otherProfile = "other_profile"
        /// A status, a redirect or pages that the reference does not know.
        case unexpectedAnswer = "unexpected_answer"
    }

    /// As the question named it, or as the answer tells; nil where neither does.
    package var id: String?
    package var problem: Problem
    /// The way to the field, as `identifiers[2].value`; nil where it is about the whole answer.
    package var field: String?

    package init(id: String?, _ problem: Problem, field: String? = nil) {
        self.id = id
        self.problem = problem
        self.field = field
    }
}

/// What a lookup found.
package struct LookupAnswer: Sendable, Hashable {
    package var profiles: [Profile]
    /// Profiles of the answer that cannot be read.
    package var unreadable: [UnreadableProfile]

    package init(_ profiles: [Profile] = [], unreadable: [UnreadableProfile] = []) {
        self.profiles = profiles
        self.unreadable = unreadable
    }
}

/// One switch as a help text lists it.
package struct SandboxSwitch: Sendable {
    package let name: String
    /// The first one is the default.
    package let values: [String]
    package let meaning: String
    private let assign: @Sendable (inout SandboxSwitches, String) -> Bool
    private let read: @Sendable (SandboxSwitches) -> String

    fileprivate init<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ path: any WritableKeyPath<SandboxSwitches, Value> & Sendable, _ meaning: String
    ) {
        self.name = name
        let standard = SandboxSwitches()[keyPath: path].rawValue
        values = [standard] + Value.allCases.map(\.rawValue).filter { $0 != standard }
        self.meaning = meaning
        assign = { switches, text in
            guard let value = Value(rawValue: text) else { return false }
            switches[keyPath: path] = value
            return true
        }
        read = { $0[keyPath: path].rawValue }
    }

    /// The value that is set.
    package func value(in switches: SandboxSwitches) -> String { read(switches) }

    fileprivate func set(_ text: String, in switches: inout SandboxSwitches) -> Bool { assign(&switches, text) }
}

extension SandboxSwitches {
    /// Turns the switch that `text`, of the form `name=value`, names.
    package mutating func set(_ text: String) throws(SandboxFailure) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let entry = Self.catalogue.first(where: { $0.name == parts[0] }) else {
            throw .unknownSwitch(name: parts[0], known: Self.catalogue.map(\.name))
        }
        guard parts.count == 2, entry.set(parts[1], in: &self) else {
            throw .unknownSwitchValue(name: entry.name, value: parts.dropFirst().first ?? "", known: entry.values)
        }
    }

    /// The defaults with these switches turned, each `name=value`; of the same switch the last one counts.
    package init(_ texts: some Sequence<String>) throws(SandboxFailure) {
        self.init()
        for text in texts { try set(text) }
    }

    /// Every switch, in the order of a help text.
    package static let catalogue: [SandboxSwitch] = [
        .init("patch_null", \.patchNull, "null in the attributes of a PATCH deletes the key, is ignored, or is stored"),
        .init("put_null", \.putNull, "null in the attributes of a PUT is stored, or its key is dropped"),
        .init(
            "patch_nested", \.patchNested, "an object in the attributes of a PATCH merges with the old or replaces it"),
        .init(
            "body_mismatch", \.bodyMismatch, "source or type in a PUT's body that differ from the query or the profile"),
        .init(
            "body_user", \.bodyUser,
            "user_id in a PUT's body: must be the profile's, and chooses the user of a new one; or is ignored"),
        .init(
            "query_identifier", \.queryIdentifier,
            "on create the query's identifier may be missing in the body, must be there, or is added"),
        .init("absent_attributes", \.absentAttributes, "PUT without attributes empties them or keeps them"),
        .init("absent_name", \.absentName, "PUT without name derives it again or keeps it"),
        .init("empty_name", \.emptyName, "the name \"\" is kept, derived, or refused with 400"),
        .init("attributes", \.attributes, "attribute values may be any JSON, or only strings"),
        .init(
            "attribute_numbers", \.attributeNumbers,
            "numbers in attributes are stored exactly, rounded to doubles, or as texts like true and false"),
        .init(
            "empty_texts", \.emptyTexts,
            "an attribute that is \"\" is stored, or its key is dropped, or a PATCH with it changes nothing"),
        .init(
            "write_answer", \.writeAnswer,
            "a write is answered with name and attributes as they are stored, or as they were sent"),
        .init(
            "text_form", \.textForm, "texts are stored as they are sent, composed (NFC), or decomposed (NFD)"),
        .init("outer_space", \.outerSpace, "white space at the ends of texts is kept or trimmed"),
        .init(
            "lower_case", \.lowerCase,
            "emails are lower-cased by Unicode, in ASCII only, one letter for one, with ς at the ends of words, or as in Turkish"
        ),
        .init("identifier_values", \.identifierValues, "numbers as identifier values are taken as text, or refused"),
        .init("unknown_keys", \.unknownKeys, "unknown keys in a body are ignored, or refused with 400"),
        .init(
            "changed_identity_on_put", \.changedIdentityOnPut,
            "a PUT that changes an identifier's value leaves the user's identities alone, or adds the new one"),
        .init(
            "external_id", \.externalID,
            "a user that has an external id keeps it when a profile brings another one, or gets the new one"),
        .init(
            "profile_overlap", \.profileOverlap,
            "an identifier of another profile with that source and type, of the same user, is refused or allowed"),
        .init("slots", \.slots, "a source or type counts while a profile has it, or for ever"),
        .init(
            "email_query", \.emailQuery,
            "email and twitter values in a query are lower-cased first, or compared as sent"),
        .init(
            "number_echo", \.numberEcho, "identifier values that look like numbers are answered as strings or numbers"),
        .init("user_id_echo", \.userIDEcho, "user_id is answered as string or number"),
        .init("timestamps", \.timestamps, "2020-02-03T01:37:16Z, ….000Z, or …+00:00"),
        .init("noop_write", \.noopWrite, "a write that changes nothing moves updated_at, or keeps it"),
        .init("second_delete", \.secondDelete, "the status of DELETE for an id that is not there"),
        .init("delete_body", \.deleteBody, "the body of 204; a served sandbox never sends one"),
        .init("unknown_user", \.unknownUser, "listing an unknown user's profiles: 404, or an empty list"),
        .init("list_order", \.listOrder, "a user's profiles, oldest or newest first"),
        .init("json_suffix", \.jsonSuffix, "paths that end in .json"),
        .init("limit_status", \.limitStatus, "the status when a user's, source or type limit is passed"),
        .init("conflict_status", \.conflictStatus, "the status when an identifier belongs to someone else"),
        .init(
            "error_shape", \.errorShape,
            #"{"errors":[…]}, {"error":[…]}, {"error":"…","description":"…"}, or plain text"#),
        .init("rate_counts", \.rateCounts, "the rate limit counts all requests, or only writes"),
        .init("retry_after", \.retryAfter, "Retry-After of 429 in seconds, as a date, or absent"),
        .init("throttle_body", \.throttleBody, "the body of 429 is JSON or HTML"),
        .init("feature", \.feature, "profiles are activated in the account, or every call answers 403"),
    ]
}

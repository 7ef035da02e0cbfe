package import ProfileModel

extension Profile {
    /// With the member names of the reference ("JSON format") and without the envelope.
    /// What the profile does not know is left out. Where values are damaged, `not_reproducible` lists them.
    package var json: AttributeValue {
        let members = object([
            ("attributes", .object(attributes)),
            ("created_at", createdAt.map { .string($0.iso8601) }),
            ("id", .string(id)),
            ("identifiers", list(identifiers)),
            ("name", name.map { string($0, nameDamage) }),
            ("source", .string(source)),
            ("type", .string(type)),
            ("updated_at", updatedAt.map { .string($0.iso8601) }),
            ("user_id", userID.map { .string($0) }),
        ])
        return .object(members.listingDamage())
    }
}

extension ProfileValues {
    /// `attributes` and `identifiers` always, `name` unless it is left to the service; without the envelope.
    /// Where values are damaged, `not_reproducible` lists them.
    package var json: AttributeValue { .object(members.listingDamage()) }

    private var members: AttributeObject {
        object([
            ("attributes", .object(attributes)),
            ("identifiers", list(identifiers)),
            ("name", name.map { string($0, nameDamage) }),
        ])
    }

    /// What a PUT carries. Source and type stand in the query or belong to the id, and the user in the
    /// path; none of the three is in the body (api notes, section 11, rows 1 to 3).
    package var body: AttributeValue {
        .object(["profile": .object(members)])
    }
}

extension ProfilePatch {
    /// What a PATCH carries: only what it sets.
    package var body: AttributeValue {
        let profile = AttributeValue.object(
            object([
                ("attributes", attributes.isEmpty ? nil : .object(attributes)),
                ("identifiers", identifiers.isEmpty ? nil : list(identifiers)),
                ("name", name.map { .string($0) }),
            ]))
        return .object(["profile": profile])
    }
}

private func list(_ identifiers: [Identifier]) -> AttributeValue {
    .array(identifiers.map { .object(["type": .string($0.type), "value": string($0.value, $0.damage)]) })
}

private func string(_ text: String, _ damage: Damage?) -> AttributeValue {
    damage.map { .damaged(.string(text), $0) } ?? .string(text)
}

private func object(_ members: [(String, AttributeValue?)]) -> AttributeObject {
    AttributeObject(list: members.compactMap { key, value in value.map { (key, $0) } })
}

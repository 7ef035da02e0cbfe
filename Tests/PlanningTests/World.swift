import Planning
import ProfileModel

/// The smallest service that plans can be carried out on: PUT replaces, PATCH merges (RFC 7396) and adds
/// identifiers, names are derived, email and twitter lose their case. It traps on what the service refuses.
struct World {
    private(set) var profiles: [String: Profile]
    private var nextID = 1

    init(_ profiles: [Profile]) {
        self.profiles = Dictionary(uniqueKeysWithValues: profiles.map { ($0.id, $0) })
    }

    func answer(_ lookup: Lookup) -> [Profile] {
        switch lookup {
        case .user(let userID): profiles.values.filter { $0.userID == userID }
        case .profile(let id): profiles[id].map { [$0] } ?? []
        case .query(let query): find(query).map { [$0] } ?? []
        }
    }

    func answers(to planner: Planner) -> LiveState {
        var live = LiveState()
        while case let lookups = planner.lookups(after: live), !lookups.isEmpty {
            for lookup in lookups {
                precondition(live.answers[lookup] == nil, "asked twice: \(lookup)")
                live.answers[lookup] = answer(lookup)
            }
        }
        return live
    }

    func find(_ query: IdentifierQuery) -> Profile? {
        profiles.values.first { profile in
            profile.source == query.source && profile.type == query.type
                && profile.identifiers.contains { folded($0) == folded(query.identifier) }
        }
    }

    /// The profile written; nil for a delete. Nil, too, when the service would refuse: `problem` says why.
    mutating func perform(_ write: ProfileWrite, problem: inout String?) -> Profile? {
        switch write {
        case .putUnderUser(let userID, let query, let values):
            return create(query, values, userID: userID, problem: &problem)
        case .putByQuery(let query, let values):
            return create(query, values, userID: nil, problem: &problem)
        case .put(let id, let values):
            guard let old = profiles[id] else {
                problem = "404 for \(id)"
                return nil
            }
            return store(replaced(old, values), problem: &problem)
        case .patch(let id, let patch):
            guard let old = profiles[id] else {
                problem = "404 for \(id)"
                return nil
            }
            return store(patched(old, patch), problem: &problem)
        case .patchByQuery:
            problem = "PATCH by query is not planned"
            return nil
        case .delete(let id):
            if profiles.removeValue(forKey: id) == nil { problem = "404 for \(id)" }
            return nil
        }
    }

    private mutating func create(
        _ query: IdentifierQuery, _ values: ProfileValues, userID: String?, problem: inout String?
    ) -> Profile? {
        if let found = find(query) {
            problem = "would replace \(found.id)"
            return nil
        }
        if !values.identifiers.contains(where: { folded($0) == folded(query.identifier) }) {
            problem = "the key is not in the body"
        }
        defer { nextID += 1 }
        let blank = Profile(
            id: "new-\(nextID)", userID: userID ?? "user-\(nextID)", source: query.source, type: query.type, name: nil,
            identifiers: [], attributes: [:])
        return store(replaced(blank, values), problem: &problem)
    }

    private mutating func store(_ profile: Profile, problem: inout String?) -> Profile {
        let mine = Set(profile.identifiers.map(folded))
        if mine.isEmpty { problem = "no identifier left on \(profile.id)" }
        if mine.count != profile.identifiers.count { problem = "an identifier twice on \(profile.id)" }
        for other in profiles.values
        where other.id != profile.id && other.source == profile.source && other.type == profile.type {
            if other.identifiers.contains(where: { mine.contains(folded($0)) }) {
                problem = "\(profile.id) takes an identifier of \(other.id)"
            }
        }
        profiles[profile.id] = profile
        return profile
    }
}

private func replaced(_ old: Profile, _ values: ProfileValues) -> Profile {
    var new = old
    new.identifiers = values.identifiers.map(stored)
    new.attributes = values.attributes
    new.name = values.name ?? name(from: new.identifiers)
    return new
}

private func patched(_ old: Profile, _ patch: ProfilePatch) -> Profile {
    var new = old
    new.name = patch.name ?? old.name
    let present = Set(old.identifiers.map(folded))
    new.identifiers += patch.identifiers.filter { !present.contains(folded($0)) }.map(stored)
    if case .object(let attributes) = merged(.object(old.attributes), .object(patch.attributes)) {
        new.attributes = attributes
    }
    return new
}

/// RFC 7396, section 2, as its pseudo code has it.
func merged(_ target: AttributeValue?, _ patch: AttributeValue) -> AttributeValue {
    guard case .object(let patch) = patch else { return patch }
    var result: AttributeObject = [:]
    if case .object(let object)? = target { result = object }
    for member in patch.members {
        result[member.key] = member.value == .null ? nil : merged(result[member.key], member.value)
    }
    return .object(result)
}

private func stored(_ identifier: Identifier) -> Identifier {
    let isFolded = identifier.type == "email" || identifier.type == "twitter"
    return isFolded ? Identifier(type: identifier.type, value: identifier.value.lowercased()) : identifier
}

private func folded(_ identifier: Identifier) -> Identifier {
    let isFolded = ["email", "twitter", "external_id"].contains(identifier.type)
    return isFolded ? Identifier(type: identifier.type, value: identifier.value.lowercased()) : identifier
}

private func name(from identifiers: [Identifier]) -> String {
    let rules = [
        ("email", ""), ("external_id", "User "), ("phone_number", "User "), ("twitter", "Twitter user "),
        ("facebook", "Facebook user "), ("sdk", "SDK user "),
    ]
    for (type, prefix) in rules {
        if let found = identifiers.first(where: { $0.type == type }) { return prefix + found.value }
    }
    return "\(identifiers[0].type) user \(identifiers[0].value)"
}

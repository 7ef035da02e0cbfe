package import Planning
import ProfileModel
import WireFormat

/// A snapshot as it is kept: `schemas/snapshot.schema.json` describes the document. It is data and holds the
/// values as they are. Equal snapshots give equal texts.
package enum SnapshotJSON {
    package static let formatVersion = "1.0"
    /// Of a snapshot with profiles that cannot be read, or with damaged values: a version that does not know of them
    /// would take them for absent, or for whole.
    package static let formatVersionWithDamage = "1.1"

    package static func render(_ snapshot: Snapshot, version: String) -> String {
        let document: AttributeValue = .object([
            "format_version": .string(snapshot.live.isWhole ? formatVersion : formatVersionWithDamage),
            "profilectl_version": .string(version),
            "environment": .object([
                "name": .string(snapshot.environment.name), "service": .string(snapshot.environment.service),
            ]),
            "created_at": .string(snapshot.createdAt.iso8601),
            "answers": .array(
                snapshot.live.inOrder.map { .object(snapshot.live.members($0.lookup, $0.profiles)) }),
        ])
        return Escaping.visibleJSON(writeJSON(document, pretty: true)) + "\n"
    }
}

extension LiveState {
    /// The answers, by users, ids and queries. Of one that cannot be read the profiles are none.
    var inOrder: [(lookup: Lookup, profiles: [Profile])] {
        let unreadable = unreadable.keys.filter { answers[$0] == nil }.map { (lookup: $0, profiles: [Profile]()) }
        return (answers.map { (lookup: $0.key, profiles: $0.value) } + unreadable)
            .sorted { $0.lookup.rank < $1.lookup.rank }
    }

    fileprivate var isWhole: Bool {
        unreadable.isEmpty && !answers.values.joined().contains { !$0.values.damagedFields.isEmpty }
    }
}

extension LiveState {
    fileprivate func members(_ lookup: Lookup, _ profiles: [Profile]) -> AttributeObject {
        var members: AttributeObject = ["profiles": .array(profiles.map(\.json))]
        if let unreadable = unreadable[lookup] {
            members["readable"] = .bool(answers[lookup] != nil)
            members["unreadable"] = .array(unreadable.map(\.json))
        }
        switch lookup {
        case .user(let id):
            members["kind"] = "user"
            members["user_id"] = .string(id)
            members["exists"] = .bool(!unknownUsers.contains(id))
        case .profile(let id):
            members["kind"] = "profile"
            members["id"] = .string(id)
        case .query(let query):
            members["kind"] = "query"
            members["identifier"] = query.json
        }
        return members
    }
}

extension Lookup {
    fileprivate var rank: (Int, String) {
        switch self {
        case .user(let id): (0, id)
        case .profile(let id): (1, id)
        case .query(let query): (2, query.description)
        }
    }

    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Lookup {
        let kind = try node.required("kind")
        switch try kind.text() {
        case "user": return .user(try node.text("user_id"))
        case "profile": return .profile(id: try node.text("id"))
        case "query": return .query(try IdentifierQuery.read(node.required("identifier")))
        case let other: throw kind.failure(.unknownName(other))
        }
    }
}

extension Snapshot {
    /// Whether a document is meant to be a snapshot, right or wrong.
    package static func isLikely(_ bytes: [UInt8]) -> Bool {
        guard case .object(let document)? = try? readJSON(bytes) else { return false }
        return document["answers"] != nil
    }

    /// Reads what `SnapshotJSON` writes. A document of a later format is refused.
    package init(json bytes: [UInt8]) throws(PlanDocumentFailure) {
        let root: DocumentNode
        do { root = DocumentNode(value: try readJSON(bytes), path: "") } catch { throw .notJSON(error) }
        let version = try root.member("format_version")
        let versions = [SnapshotJSON.formatVersion, SnapshotJSON.formatVersionWithDamage]
        guard versions.contains(where: { version?.value == .string($0) }) else {
            throw .unsupportedVersion(try version?.text())
        }
        let environment = try root.required("environment")
        var live = LiveState()
        let answers = try root.list("answers") { node throws(PlanDocumentFailure) in
            let profiles = try node.list("profiles") { profile throws(PlanDocumentFailure) in try profile.profile() }
            return (lookup: try Lookup.read(node), profiles: profiles, node: node)
        }
        for answer in answers {
            guard !live.wasAsked(answer.lookup) else { throw answer.node.failure(.repeated) }
            let unreadable = try answer.node.unreadableProfiles()
            if !unreadable.isEmpty { live.unreadable[answer.lookup] = unreadable }
            let isReadable = try unreadable.isEmpty ? true : answer.node.bool("readable")
            if isReadable { live.answers[answer.lookup] = answer.profiles }
            if case .user(let id) = answer.lookup, try !answer.node.bool("exists") { live.unknownUsers.insert(id) }
        }
        self.init(
            environment: EnvironmentStamp(
                name: try environment.text("name"), service: try environment.text("service")),
            createdAt: try root.required("created_at").time(), live: live)
    }
}

extension DocumentNode {
    fileprivate func unreadableProfiles() throws(PlanDocumentFailure) -> [UnreadableProfile] {
        guard try member("unreadable") != nil else { return [] }
        return try list("unreadable") { node throws(PlanDocumentFailure) in try UnreadableProfile.read(node) }
    }
}

import GRDB
import ProfileModel

/// The tables of the data file and how records stand in them. Lists and attributes are JSON.
enum SandboxRows {
    static let schema = """
        CREATE TABLE user (
            id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, external_id TEXT, identities TEXT NOT NULL,
            is_anonymous INTEGER NOT NULL) STRICT;
        CREATE TABLE profile (
            id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL,
            name TEXT NOT NULL, identifiers TEXT NOT NULL, attributes TEXT NOT NULL,
            created_at INTEGER NOT NULL, created_ns INTEGER NOT NULL,
            updated_at INTEGER NOT NULL, updated_ns INTEGER NOT NULL, events INTEGER NOT NULL) STRICT;
        CREATE TABLE slot (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT;
        CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
        """

    static func write(_ change: Change, _ db: Database) throws {
        switch change {
        case .user(let user):
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO user VALUES (?, ?, ?, ?, ?)").execute(arguments: [
                user.id, user.name, user.externalID, text(list(user.identities)), user.isAnonymous,
            ])
        case .profile(let profile):
            try write(profile, db)
        case .removal(let id):
            try db.cachedStatement(sql: "DELETE FROM profile WHERE id = ?").execute(arguments: [id])
        }
    }

    static func write(_ issuer: Issuer, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: "INSERT OR REPLACE INTO counter VALUES (?, ?)")
        try statement.execute(arguments: ["last_user_id", String(issuer.lastUserID)])
        if let id = issuer.lastProfileID { try statement.execute(arguments: ["last_profile_id", id.text]) }
    }

    private static func write(_ profile: StoredProfile, _ db: Database) throws {
        let sql = "INSERT OR REPLACE INTO profile VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        try db.cachedStatement(sql: sql).execute(arguments: [
            profile.id, profile.userID, profile.source, profile.type, profile.name, text(list(profile.identifiers)),
            text(.value(.object(profile.attributes))), profile.createdAt.seconds, profile.createdAt.nanoseconds,
            profile.updatedAt.seconds, profile.updatedAt.nanoseconds, profile.events,
        ])
        let slot = try db.cachedStatement(sql: "INSERT OR IGNORE INTO slot VALUES (?, ?)")
        try slot.execute(arguments: ["source", profile.source])
        try slot.execute(arguments: ["type", profile.type])
    }

    static func user(_ row: Row) throws -> SandboxUser {
        SandboxUser(
            id: row["id"], name: row["name"], externalID: row["external_id"],
            identities: try identifiers(row["identities"]), isAnonymous: row["is_anonymous"])
    }

    static func profile(_ row: Row) throws -> StoredProfile {
        guard case .object(let attributes) = try read(row["attributes"]) else { throw Damage() }
        return StoredProfile(
            id: row["id"], userID: row["user_id"], source: row["source"], type: row["type"], name: row["name"],
            identifiers: try identifiers(row["identifiers"]), attributes: attributes,
            createdAt: Timestamp(seconds: row["created_at"], nanoseconds: row["created_ns"]),
            updatedAt: Timestamp(seconds: row["updated_at"], nanoseconds: row["updated_ns"]), events: row["events"])
    }

    /// A row that this code did not write.
    struct Damage: Error, CustomStringConvertible {
        var description: String { "a row is damaged" }
    }

    private static func list(_ identifiers: [Identifier]) -> Document {
        .list(identifiers.map { ["type": .text($0.type), "value": .text($0.value)] })
    }

    private static func text(_ document: Document) -> String { String(decoding: document.bytes, as: UTF8.self) }

    private static func read(_ text: String) throws -> AttributeValue {
        try JSONReader.read(Array(text.utf8), depthLimit: 4_096)
    }

    private static func identifiers(_ text: String) throws -> [Identifier] {
        guard case .array(let items) = try read(text) else { throw Damage() }
        return try items.map { item in
            guard case .object(let object) = item, case .string(let type)? = object["type"],
                case .string(let value)? = object["value"]
            else { throw Damage() }
            return Identifier(type: type, value: value)
        }
    }
}

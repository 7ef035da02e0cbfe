package import Ledger
package import Planning
package import ProfileModel
import WireFormat

/// What a look at the service makes of an intent without an outcome. Decides; asks and writes nothing.
package struct Settlement: Sendable, Hashable {
    package var finding: SettledStep.Finding
    /// What the ledger learns.
    package var change: LedgerChange?

    package init(finding: SettledStep.Finding, change: LedgerChange? = nil) {
        self.finding = finding
        self.change = change
    }
}

extension Settlement {
    /// What must be asked to settle the row; nil when nothing would help.
    package static func question(for row: JournalRow) -> Lookup? {
        guard let intent = row.intent, let call = intent.storedCall else { return nil }
        if let prior = intent.prior { return .profile(id: prior.id) }
        // A create: the key that it was made by is the one of its identifiers that the call names.
        return intent.after?.identifiers.lazy
            .map { IdentifierQuery(source: row.address.source, type: row.address.type, identifier: $0) }
            .map { Lookup.query($0) }
            .first { CallForm($0).query == call.query }
    }

    /// - Parameter found: the answer to `question`; nil when there is no such profile.
    package init(_ row: JournalRow, found: Profile?) {
        guard let intent = row.intent, Self.question(for: row) != nil else {
            self.init(finding: .cannotBeTold(.notKept))
            return
        }
        guard let found else {
            self = Self.absent(intent)
            return
        }
        if let after = intent.after, isSame(found, as: after), intent.isUnder(found.userID) {
            self.init(finding: .tookEffect(profileID: found.id), change: intent.change?.naming(found, row.priorEntry))
        } else if intent.after == nil {
            // A delete: the profile is still there, whatever became of it.
            self.init(finding: .hadNoEffect)
        } else if let prior = intent.prior, isSame(found, as: prior.values) {
            self.init(finding: .hadNoEffect)
        } else if let after = intent.after, isLikelyResult(found, of: after), intent.isUnder(found.userID) {
            self.init(
                finding: .tookEffect(profileID: found.id), change: intent.change?.naming(found, row.priorEntry))
        } else {
            self.init(finding: .cannotBeTold(.differs(profileID: found.id)))
        }
    }

    private static func absent(_ intent: JournalIntent) -> Settlement {
        guard let prior = intent.prior else { return Settlement(finding: .hadNoEffect) }
        if intent.after == nil { return Settlement(finding: .tookEffect(profileID: prior.id), change: intent.change) }
        return Settlement(finding: .cannotBeTold(.gone(profileID: prior.id)))
    }

    /// How the journal keeps it.
    package var outcome: JournalOutcome {
        switch finding {
        case .tookEffect(let id): JournalOutcome(DoneOutcome(profileID: id, finding: .later))
        case .hadNoEffect: JournalOutcome(.failed, detail: "without effect, found out by a later run")
        case .cannotBeTold(.differs(let id)):
            JournalOutcome(.unknown, detail: "\(id) was found neither as before nor as planned")
        case .cannotBeTold(.gone(let id)): JournalOutcome(.unknown, detail: "\(id) was found to be gone")
        case .cannotBeTold(.notKept): JournalOutcome(.unknown, detail: "the journal does not say what the call was")
        case .cannotBeTold(.unreadable): JournalOutcome(.unknown, detail: "the profile could not be read")
        }
    }
}

extension JournalIntent {
    fileprivate struct StoredCall {
        var path: String
        var query: String?
    }

    fileprivate var storedCall: StoredCall? {
        guard let call, case .object(let members)? = try? readJSON(Array(call.utf8)),
            case .string(let path)? = members["path"]
        else { return nil }
        guard case .string(let query)? = members["query"] else { return StoredCall(path: path) }
        return StoredCall(path: path, query: query)
    }

    /// A profile that is made for one user and is found under another is not the one that was made.
    fileprivate func isUnder(_ userID: String?) -> Bool {
        guard let path = storedCall?.path, path.hasPrefix(Self.usersPath) else { return true }
        return userID.map { path == CallForm(Lookup.user($0)).path } ?? false
    }

    private static let usersPath = "/api/v2/users/"
}

extension LedgerChange {
    /// The same with the ids of the profile that was found, and the forms of its values.
    fileprivate func naming(_ profile: Profile, _ prior: LedgerEntry?) -> LedgerChange {
        switch self {
        case .put(let entry): .put(entry.naming(profile, prior))
        case .move(let from, let entry): .move(from: from, entry.naming(profile, prior))
        case .remove: self
        }
    }
}

extension LedgerEntry {
    fileprivate func naming(_ profile: Profile, _ prior: LedgerEntry?) -> LedgerEntry {
        var entry = self
        entry.profileID = profile.id
        entry.userID = profile.userID
        entry.kept = KeptForms(
            declared: lastApplied, write: nil, answer: profile, entry: prior)
        return entry
    }
}

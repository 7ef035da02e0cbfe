package import Ledger
package import Planning
package import ProfileModel
package import ProfilesAPI

/// Finds out what became of the calls whose end nobody saw, by reading; nothing is sent again.
package struct Settler: Sendable {
    private let client: ReadingClient
    private let ledger: LedgerFile
    private let lock: LockToken
    private let now: @Sendable () -> Timestamp

    package init(
        client: ReadingClient, ledger: LedgerFile, lock: LockToken, now: @escaping @Sendable () -> Timestamp
    ) {
        self.client = client
        self.ledger = ledger
        self.lock = lock
        self.now = now
    }

    package enum Failure: Error {
        case ledger(LedgerFailure)
        case service(APIFailure)
    }

    /// Asks, and writes down what came out, with what the ledger learns. Where the answer cannot be read nothing is
    /// written down, so that a later run asks again.
    package func settle(_ row: JournalRow) async throws(Failure) -> SettledStep {
        let settlement: Settlement
        switch try await answer(to: Settlement.question(for: row)) {
        case .found(let profile): settlement = Settlement(row, found: profile)
        case .unreadable(let profile): return settled(row, .cannotBeTold(.unreadable(profileID: profile.id)))
        }
        do throws(LedgerFailure) {
            try ledger.recordOutcome(
                run: row.run, step: row.step, address: row.address, outcome: settlement.outcome,
                change: try change(of: row, settlement), at: now(), lock: lock)
        } catch {
            throw .ledger(error)
        }
        return settled(row, settlement.finding)
    }

    /// What the ledger learns, where the profile is now. What was forgotten since does not come back, and what was moved
    /// stays where it is.
    private func change(of row: JournalRow, _ settlement: Settlement) throws(LedgerFailure) -> LedgerChange? {
        guard let change = settlement.change else { return nil }
        var entry = try ledger.entry(for: row.place)
        entry?.heldBack = nil
        if entry == row.priorEntry {
            guard case .tookEffect(let id) = settlement.finding else { return change }
            let isElsewhere = try ledger.entries(ofProfile: id).contains { $0.address != row.place }
            return isElsewhere ? nil : change
        }
        guard entry == nil, let prior = row.priorEntry else { return nil }
        let present = try ledger.entries(ofProfile: prior.profileID)
        guard present.count == 1, present[0].isMoved(prior) else { return nil }
        return change.made(at: present[0].address)
    }

    private func settled(_ row: JournalRow, _ finding: SettledStep.Finding) -> SettledStep {
        SettledStep(
            run: row.run, number: row.step, address: row.address, action: row.intent?.action ?? "", finding: finding)
    }

    private enum Look {
        case found(Profile?)
        case unreadable(UnreadableProfile)
    }

    private func answer(to question: Lookup?) async throws(Failure) -> Look {
        guard let question else { return .found(nil) }
        do throws(APIFailure) {
            return .found(try await client.answer(question)?.profiles.first)
        } catch {
            guard !error.isOfTheWay, let unreadable = error.unreadable(in: question) else { throw .service(error) }
            return .unreadable(unreadable)
        }
    }
}

extension LedgerEntry {
    /// Whether this is the other entry under another address.
    fileprivate func isMoved(_ other: LedgerEntry) -> Bool {
        var same = self
        (same.address, same.heldBack) = (other.address, other.heldBack)
        return same == other
    }
}

extension LedgerChange {
    /// The same for an entry that has another address by now.
    fileprivate func made(at address: Address) -> LedgerChange {
        switch self {
        case .put(var entry), .move(_, var entry):
            entry.address = address
            return .put(entry)
        case .remove: return .remove(address)
        }
    }
}

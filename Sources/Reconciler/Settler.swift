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

    /// Asks, and writes down what came out, with what the ledger learns.
    package func settle(_ row: JournalRow) async throws(Failure) -> SettledStep {
        let settlement = Settlement(row, found: try await answer(to: Settlement.question(for: row)))
        do throws(LedgerFailure) {
            try ledger.recordOutcome(
                run: row.run, step: row.step, address: row.address, outcome: settlement.outcome,
                change: try change(of: row, settlement), at: now(), lock: lock)
        } catch {
            throw .ledger(error)
        }
        return SettledStep(
            run: row.run, number: row.step, address: row.address, action: row.intent?.action ?? "",
            finding: settlement.finding)
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

    private func answer(to question: Lookup?) async throws(Failure) -> Profile? {
        guard let question else { return nil }
        do throws(APIFailure) {
            return try await client.answer(question)?.first
        } catch {
            throw .service(error)
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

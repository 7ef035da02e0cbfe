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
            // What was forgotten or moved since is not to come back.
            var entry = try ledger.entry(for: row.place)
            entry?.heldBack = nil
            try ledger.recordOutcome(
                run: row.run, step: row.step, address: row.address, outcome: settlement.outcome,
                change: entry == row.priorEntry ? settlement.change : nil, at: now(), lock: lock)
        } catch {
            throw .ledger(error)
        }
        return SettledStep(
            run: row.run, number: row.step, address: row.address, action: row.intent?.action ?? "",
            finding: settlement.finding)
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

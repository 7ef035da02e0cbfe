import GRDB
package import ProfileModel

extension LedgerFile {
    /// All runs, the latest first.
    /// - Parameter now: whoever holds the lock then is at work on the run that began since it was taken.
    package func recordedRuns(now: Timestamp) throws(LedgerFailure) -> [RecordedRun] {
        let lock = try lock()
        let counts = try countsByRun()
        let runs = try runs()
        let heldSince = lock.flatMap { now < $0.expiresAt ? $0.acquiredAt : nil }
        return runs.enumerated().map { place, run in
            let isUnderWay = place == 0 && heldSince.map { run.startedAt >= $0 } ?? false
            let unfinished: RecordedRun.Ending = isUnderWay ? .underWay : .cutOff
            return RecordedRun(
                id: run.id, environment: run.environment, startedAt: run.startedAt,
                ending: run.endedAt.map { .ended($0) } ?? unfinished, startedBy: run.startedBy, ciURL: run.ciURL,
                undoes: run.undoes, counts: counts[run.id] ?? [:])
        }
    }

    private func countsByRun() throws(LedgerFailure) -> [String: [RecordedStep.Ending: Int]] {
        try read(absent: [:]) { db in
            let sql = """
                SELECT run, coalesce(outcome, iif(detail IS NULL, NULL, 'unknown')), intent_at IS NOT NULL, count(*)
                FROM journal GROUP BY 1, 2, 3
                """
            var counts: [String: [RecordedStep.Ending: Int]] = [:]
            for row in try Row.fetchAll(db, sql: sql) {
                let outcome = try outcome(row[1], detail: nil)
                counts[row[0], default: [:]][RecordedStep.Ending(outcome, hasIntent: row[2]), default: 0] += row[3]
            }
            return counts
        }
    }
}

extension JournalRow {
    package var recordedStep: RecordedStep {
        RecordedStep(
            number: step, address: address, action: intent?.action,
            ending: RecordedStep.Ending(outcome, hasIntent: intentAt != nil), detail: outcome?.detail)
    }
}

extension RecordedStep.Ending {
    fileprivate init(_ outcome: JournalOutcome?, hasIntent: Bool) {
        self =
            switch outcome?.class {
            case .done: .done
            case .failed: .failed
            case .stale: .stale
            case .unknown: .unknown
            case .notAttempted: .notAttempted
            case nil: hasIntent ? .inFlight : .notReached
            }
    }
}

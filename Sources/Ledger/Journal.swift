import GRDB
package import ProfileModel
import WireFormat

/// One apply.
package struct RunRecord: Sendable, Hashable {
    package var id: String
    package var environment: String
    package var startedAt: Timestamp
    /// Nil while it runs, and for ever when it was killed.
    package var endedAt: Timestamp?
    /// JSON.
    package var summary: String?
    /// `ops on build-7`.
    package var startedBy: String?
    /// The page of the pipeline's run.
    package var ciURL: String?
    /// The run that this one rolls back.
    package var undoes: String?

    package init(
        id: String, environment: String, startedAt: Timestamp, endedAt: Timestamp? = nil,
        summary: String? = nil, startedBy: String? = nil, ciURL: String? = nil, undoes: String? = nil
    ) {
        self.id = id
        self.environment = environment
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.summary = summary
        self.startedBy = startedBy
        self.ciURL = ciURL
        self.undoes = undoes
    }
}

/// A step that a run is to make.
package struct PlannedStep: Sendable, Hashable {
    package var step: Int
    package var address: Address
    /// The plan's word for it.
    package var action: String

    package init(step: Int, address: Address, action: String) {
        self.step = step
        self.address = address
        self.action = action
    }
}

/// How a step ended, as the journal keeps it.
package struct JournalOutcome: Sendable, Hashable {
    package enum Class: String, Sendable, CaseIterable {
        case done, failed, stale, unknown
        case notAttempted = "not_attempted"
    }

    package var `class`: Class
    package var detail: String?

    package init(_ class: Class, detail: String? = nil) {
        self.class = `class`
        self.detail = detail
    }
}

/// What a step is about to do, so that whoever comes later can tell whether it was done, and undo it.
package struct JournalIntent: Sendable, Hashable {
    /// The plan's word for it: `create`, `update`, `delete` and so on.
    package var action: String
    /// The call as JSON; nil for a step without one.
    package var call: String?
    /// The profile as it was before; nil for one that is to be created.
    package var prior: Profile?
    /// What the profile holds when the step is done; nil for one that is gone then.
    package var after: ProfileValues?
    /// What the ledger learns when the step is done; an id that is not known yet is empty.
    package var change: LedgerChange?

    package init(
        action: String, call: String? = nil, prior: Profile? = nil, after: ProfileValues? = nil,
        change: LedgerChange? = nil
    ) {
        self.action = action
        self.call = call
        self.prior = prior
        self.after = after
        self.change = change
    }
}

extension JournalIntent {
    /// Where the ledger has the profile of this address before the step.
    fileprivate func place(of address: Address) -> Address {
        if case .move(let from, _) = change { from } else { address }
    }
}

extension JournalRow {
    /// Where the ledger had the profile before the step.
    package var place: Address { intent?.place(of: address) ?? address }
}

/// One step of a run: what was about to be done, and how it ended.
package struct JournalRow: Sendable, Hashable {
    package var run: String
    package var step: Int
    package var address: Address
    /// Nil for a step of which nothing but its end is known.
    package var intent: JournalIntent?
    /// What the ledger held before of the profile, be it under another address; nil for nothing.
    package var priorEntry: LedgerEntry?
    /// When the intent was written, before the call; nil for a step that did not come so far.
    package var intentAt: Timestamp?
    /// Nil with an intent: the call may have been made, and nobody saw the answer. `unknown` until a later run found
    /// out, or could not.
    package var outcome: JournalOutcome?
    package var outcomeAt: Timestamp?

    package init(
        run: String, step: Int, address: Address, intent: JournalIntent? = nil, priorEntry: LedgerEntry? = nil,
        intentAt: Timestamp? = nil, outcome: JournalOutcome? = nil, outcomeAt: Timestamp? = nil
    ) {
        self.run = run
        self.step = step
        self.address = address
        self.intent = intent
        self.priorEntry = priorEntry
        self.intentAt = intentAt
        self.outcome = outcome
        self.outcomeAt = outcomeAt
    }
}

// Every write takes the token of the lock: who lost the lock learns it before the next call, not after.
extension LedgerFile {
    /// - Parameter steps: all that the run is to make, so that it is known later what was not reached.
    package func begin(
        _ run: RunRecord, steps: [PlannedStep] = [], lock: LockToken? = nil
    ) throws(LedgerFailure) {
        try write { db in
            try require(lock, db)
            guard try !hasRun(run.id, db) else { throw LedgerFailure.duplicateRun(run.id) }
            try db.execute(
                sql: """
                    INSERT INTO runs (
                        id, environment, started_at, ended_at, summary, started_by, ci_url, undoes)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.id, run.environment, run.startedAt.iso8601, run.endedAt?.iso8601, run.summary,
                    run.startedBy, run.ciURL, run.undoes,
                ])
            let plan = try db.cachedStatement(sql: putPlanned)
            for step in steps {
                let address = step.address
                try plan.execute(arguments: [
                    run.id, step.step, address.source, address.type, address.name, step.action,
                ])
            }
        }
    }

    /// - Parameters:
    ///   - summary: JSON.
    ///   - notAttempted: for each step of which the journal knows no outcome, why it has none.
    package func end(
        run: String, at time: Timestamp, summary: String, notAttempted: [Int: String] = [:], lock: LockToken? = nil
    ) throws(LedgerFailure) {
        try write(for: .afterCall) { db in
            try require(lock, db)
            let leave = try db.cachedStatement(sql: putNotAttempted)
            for (step, reason) in notAttempted { try leave.execute(arguments: [reason, time.iso8601, run, step]) }
            try db.execute(
                sql: "UPDATE runs SET ended_at = ?, summary = ? WHERE id = ?", arguments: [time.iso8601, summary, run])
            guard db.changesCount == 1 else { throw LedgerFailure.unknownRun(run) }
        }
    }

    /// Before the call. When this returns, the intent is on the disk.
    package func recordIntent(
        run: String, step: Int, address: Address, intent: JournalIntent, at time: Timestamp, lock: LockToken? = nil
    ) throws(LedgerFailure) {
        try write { db in
            try require(lock, db)
            guard try hasRun(run, db) else { throw LedgerFailure.unknownRun(run) }
            try db.cachedStatement(sql: putIntent).execute(
                arguments: [
                    run, step, address.source, address.type, address.name, time.iso8601,
                ] + columns(of: intent, address, db))
        }
    }

    /// After the call, or instead of it. The outcome and what the ledger learns become durable together.
    /// - Parameters:
    ///   - intent: kept when none was recorded before.
    ///   - change: what the ledger learns, by now with all ids.
    package func recordOutcome(
        run: String, step: Int, address: Address, intent: JournalIntent? = nil, outcome: JournalOutcome,
        change: LedgerChange?, at time: Timestamp, lock: LockToken? = nil
    ) throws(LedgerFailure) {
        try write(for: .afterCall) { db in
            try require(lock, db)
            guard try hasRun(run, db) else { throw LedgerFailure.unknownRun(run) }
            try db.cachedStatement(sql: putOutcome).execute(
                arguments: [
                    run, step, address.source, address.type, address.name, outcome.class.rawValue, outcome.detail,
                    time.iso8601,
                ] + columns(of: intent, address, db))
            try make(change.map { [$0] } ?? [], run: run, at: time, db)
        }
    }

    /// The run saw no answer to the call: what became of it is for a later one to find out.
    /// - Parameter reason: never empty.
    package func leaveOpen(
        run: String, step: Int, reason: String, lock: LockToken? = nil
    ) throws(LedgerFailure) {
        try write(for: .afterCall) { db in
            try require(lock, db)
            try db.cachedStatement(sql: putReason).execute(arguments: [reason, run, step])
        }
    }

    /// `action`, `call`, `prior`, `after`, `change` and `prior_entry`.
    private func columns(
        of intent: JournalIntent?, _ address: Address, _ db: Database
    ) throws -> StatementArguments {
        let place = intent?.place(of: address) ?? address
        let priorEntry = try intent.flatMap { _ in try fetchRecord(for: place, db)?.entry }
        return [
            intent?.action, intent?.call, (intent?.prior).map { writeJSON($0.json) },
            (intent?.after).map { writeJSON($0.json) }, (intent?.change).map { writeJSON($0.json) },
            priorEntry.map { writeJSON($0.json) },
        ]
    }

    private func hasRun(_ id: String, _ db: Database) throws -> Bool {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM runs WHERE id = ?"), arguments: [id]) != nil
    }
}

extension LedgerFile {
    /// The latest first.
    package func runs() throws(LedgerFailure) -> [RunRecord] {
        try read(absent: []) { db in
            let columns = "id, environment, started_at, ended_at, summary, started_by, ci_url, undoes"
            return try Row.fetchAll(db, sql: "SELECT \(columns) FROM runs ORDER BY number DESC").map { row in
                RunRecord(
                    id: row[0], environment: row[1], startedAt: try time(row[2]), endedAt: try time(row[3]),
                    summary: row[4], startedBy: row[5], ciURL: row[6], undoes: row[7])
            }
        }
    }

    /// By step.
    package func journal(run: String) throws(LedgerFailure) -> [JournalRow] {
        try read(absent: []) { db in
            try Row.fetchAll(db, sql: "\(selectJournal) WHERE run = ? ORDER BY step", arguments: [run])
                .map { row in try journalRow(row) }
        }
    }

    /// The intents without an outcome, the oldest first: calls that may have been made.
    package func unsettled() throws(LedgerFailure) -> [JournalRow] {
        try read(absent: []) { db in
            let sql = """
                \(selectJournal) JOIN runs ON runs.id = run
                WHERE intent_at IS NOT NULL AND outcome IS NULL ORDER BY runs.number, step
                """
            return try Row.fetchAll(db, sql: sql).map { row in try journalRow(row) }
        }
    }

    private func journalRow(_ row: Row) throws -> JournalRow {
        JournalRow(
            run: row[0], step: row[1], address: Address(source: row[2], type: row[3], name: row[4]),
            intent: try intent(row), priorEntry: try stored(row[13], as: LedgerEntry.init(json:)),
            intentAt: try time(row[5]), outcome: try outcome(row[6], detail: row[7]), outcomeAt: try time(row[8]))
    }

    private func intent(_ row: Row) throws -> JournalIntent? {
        guard let action: String = row[14] else { return nil }
        return JournalIntent(
            action: action, call: row[9], prior: try stored(row[10], as: Profile.init(stored:)),
            after: try stored(row[11], as: ProfileValues.init(json:)),
            change: try stored(row[12], as: LedgerChange.init(json:)))
    }

    private func stored<Value>(_ text: String?, as read: (AttributeValue) throws -> Value) throws -> Value? {
        try text.map { text in try decode(text, as: read) }
    }

    func outcome(_ name: String?, detail: String?) throws -> JournalOutcome? {
        guard let name else { return detail.map { JournalOutcome(.unknown, detail: $0) } }
        guard let outcomeClass = JournalOutcome.Class(rawValue: name) else {
            throw LedgerFailure.damaged(path: path, reason: "no outcome: \(name)")
        }
        return JournalOutcome(outcomeClass, detail: detail)
    }
}

private let selectJournal = """
    SELECT run, step, source, type, name, intent_at, outcome, detail, outcome_at, call, prior, after, change,
        prior_entry, action
    FROM journal
    """

private let putPlanned = "INSERT INTO journal (run, step, source, type, name, action) VALUES (?, ?, ?, ?, ?, ?)"

private let putReason = """
    UPDATE journal SET detail = ? WHERE run = ? AND step = ? AND outcome IS NULL AND intent_at IS NOT NULL
    """

private let putNotAttempted = """
    UPDATE journal SET outcome = 'not_attempted', detail = ?, outcome_at = ?
    WHERE run = ? AND step = ? AND outcome IS NULL AND intent_at IS NULL
    """

/// A step that is tried again starts anew.
private let putIntent = """
    INSERT OR REPLACE INTO journal (
        run, step, source, type, name, intent_at, action, call, prior, after, change, prior_entry)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

/// What was recorded before the call stays; what was only planned is filled in.
private let putOutcome = """
    INSERT INTO journal (
        run, step, source, type, name, outcome, detail, outcome_at, action, call, prior, after, change, prior_entry)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
        outcome = excluded.outcome, detail = excluded.detail, outcome_at = excluded.outcome_at,
        call = iif(intent_at IS NULL, excluded.call, call), prior = iif(intent_at IS NULL, excluded.prior, prior),
        after = iif(intent_at IS NULL, excluded.after, after), change = iif(intent_at IS NULL, excluded.change, change),
        prior_entry = iif(intent_at IS NULL, excluded.prior_entry, prior_entry)
    """

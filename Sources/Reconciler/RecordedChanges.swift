package import Ledger
package import Planning
import ProfileModel

extension RecordedRunChanges {
    /// What a run did, by its journal, and which profiles rollbacks brought back since, by theirs.
    package init(run: String, in ledger: LedgerFile) throws(LedgerFailure) {
        self.init(run: run, journal: try ledger.journal(run: run))
        for rollback in try ledger.runs().reversed() {
            guard let undone = rollback.undoes else { continue }
            let deleted = RecordedRunChanges(run: undone, journal: try ledger.journal(run: undone)).changes
            let made = RecordedRunChanges(run: rollback.id, journal: try ledger.journal(run: rollback.id)).changes
            note(made, inPlaceOf: deleted)
        }
    }

    private mutating func note(_ made: [RecordedChange], inPlaceOf deleted: [RecordedChange]) {
        let former = deleted.filter { $0.deed == .deleted }.map { ($0.address, $0.profileID) }
        let formerID = Dictionary(former) { first, _ in first }
        for change in made where change.deed == .created {
            if let id = formerID[change.address] ?? nil { comebacks[id] = change.profileID }
        }
    }

    /// What a run did, by its journal: only what is known to be done counts.
    package init(run: String, journal: [JournalRow]) {
        var changes: [Address: RecordedChange] = [:]
        var order: [Address] = []
        self.init(run: run, changes: [])
        for row in journal.sorted(by: { $0.step < $1.step }) {
            switch row.outcome?.class {
            case .done:
                guard let change = RecordedChange(row) else {
                    unrecorded.append(row.address)
                    continue
                }
                if let earlier = changes[row.address] {
                    changes[row.address] = earlier.followed(by: change)
                } else {
                    changes[row.address] = change
                    order.append(row.address)
                }
            case .unknown: uncertain.append(row.address)
            case nil: if row.intentAt != nil { uncertain.append(row.address) }
            case .failed, .stale, .notAttempted: break
            }
        }
        // Of two steps for one profile the first may be done and the second in doubt: then all of it is in doubt.
        for address in uncertain + unrecorded { changes[address] = nil }
        self.changes = order.compactMap { changes[$0] }
    }
}

extension RecordedChange {
    /// Nil when the journal does not say what the step was about.
    fileprivate init?(_ row: JournalRow) {
        guard let intent = row.intent, let action = Step.Action(rawValue: intent.action),
            intent.change != nil || intent.prior != nil
        else { return nil }
        let done = row.outcome?.done
        // What was found done was not done by this run, be it that nothing was sent, or that a write was refused until
        // somebody else had done it. What it replaced unseen is somebody else's.
        let isOwnDeed = row.intentAt != nil && done?.finding != .already && done?.finding != .inPlace
        let deed: Deed =
            switch action {
            case .create: isOwnDeed ? .created : .onlyRecorded
            case .update: isOwnDeed ? .updated : .onlyRecorded
            case .delete: isOwnDeed ? .deleted : .onlyRecorded
            case .adopt, .forget, .move: .onlyRecorded
            }
        let found = done.flatMap { $0.profileID.isEmpty ? nil : $0.profileID }
        let entry: LedgerEntry? =
            switch intent.change {
            case .put(let entry), .move(_, let entry): entry
            case .remove: nil
            case nil: row.priorEntry
            }
        self.init(
            address: row.address, deed: deed, profileID: found ?? intent.prior?.id ?? row.priorEntry?.profileID,
            prior: intent.prior, after: intent.after, priorEntry: row.priorEntry, entry: entry)
    }

    /// The profile's state before the first step that changed it, and after the last one.
    fileprivate func followed(by later: RecordedChange) -> RecordedChange {
        var both = self
        both.entry = later.entry
        guard later.deed != .onlyRecorded else { return both }
        both.after = later.after
        if deed == .onlyRecorded {
            both.deed = later.deed
            both.prior = later.prior
        }
        return both
    }
}

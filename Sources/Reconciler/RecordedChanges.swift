package import Ledger
package import Planning
import ProfileModel

extension RecordedRunChanges {
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
        self.changes = order.compactMap { changes[$0] }
    }
}

extension RecordedChange {
    /// Nil when the journal does not say what the step was about.
    fileprivate init?(_ row: JournalRow) {
        guard let intent = row.intent, let action = Step.Action(rawValue: intent.action),
            intent.change != nil || intent.prior != nil
        else { return nil }
        // A step that found everything done has no intent, for it sent nothing.
        let deed: Deed =
            switch action {
            case .create: row.intentAt == nil ? .onlyRecorded : .created
            case .update: row.intentAt == nil ? .onlyRecorded : .updated
            case .delete: row.intentAt == nil ? .onlyRecorded : .deleted
            case .adopt, .forget, .move: .onlyRecorded
            }
        self.init(
            address: row.address, deed: deed, prior: intent.prior, after: intent.after, priorEntry: row.priorEntry)
    }

    /// The profile's state before the first step, and after the last one.
    fileprivate func followed(by later: RecordedChange) -> RecordedChange {
        var both = self
        both.after = later.after
        if deed == .onlyRecorded { both.deed = later.deed }
        return both
    }
}

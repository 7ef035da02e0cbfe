/// The outcome of a step that is done, and how the journal writes it: the id of the profile first, then how it is known.
package struct DoneOutcome: Sendable, Hashable {
    package enum Finding: String, Sendable, CaseIterable {
        /// Nothing was sent, or nothing that took effect: the profile was as it was to be.
        case already = ", as it was already"
        /// A profile that was to be made was there when the write came, but not at the look before it: it was replaced.
        case inPlace = ", in place of one that appeared meanwhile"
        /// The run was cut off, and a later one looked.
        case later = ", found out by a later run"
    }

    /// Empty for a step that found no profile.
    package var profileID: String
    /// Nil where the run saw its own call succeed.
    package var finding: Finding?

    package init(profileID: String, finding: Finding? = nil) {
        self.profileID = profileID
        self.finding = finding
    }
}

extension JournalOutcome {
    package init(_ done: DoneOutcome) {
        self.init(.done, detail: done.profileID + (done.finding?.rawValue ?? ""))
    }

    /// Nil for a step that is not done.
    package var done: DoneOutcome? {
        guard `class` == .done else { return nil }
        let detail = detail ?? ""
        guard let finding = DoneOutcome.Finding.allCases.first(where: { detail.hasSuffix($0.rawValue) }) else {
            return DoneOutcome(profileID: detail)
        }
        return DoneOutcome(profileID: String(detail.dropLast(finding.rawValue.count)), finding: finding)
    }
}

/// One apply, as the journal remembers it.
package struct RecordedRun: Sendable, Hashable {
    package enum Ending: Sendable, Hashable {
        case ended(Timestamp)
        /// Its lock is held.
        case underWay
        /// It was killed, or lost its ledger.
        case cutOff
    }

    package var id: String
    package var environment: String
    package var startedAt: Timestamp
    package var ending: Ending
    /// `ops on build-7`; nil for a run that an older version recorded.
    package var startedBy: String?
    /// The page of the pipeline's run.
    package var ciURL: String?
    /// The run that this one rolled back.
    package var undoes: String?
    package var counts: [RecordedStep.Ending: Int]

    package init(
        id: String, environment: String, startedAt: Timestamp, ending: Ending, startedBy: String? = nil,
        ciURL: String? = nil, undoes: String? = nil, counts: [RecordedStep.Ending: Int] = [:]
    ) {
        self.id = id
        self.environment = environment
        self.startedAt = startedAt
        self.ending = ending
        self.startedBy = startedBy
        self.ciURL = ciURL
        self.undoes = undoes
        self.counts = counts
    }

    /// How many steps it was to make.
    package var planned: Int { counts.values.reduce(0, +) }
}

/// One step of a run, as the journal remembers it.
package struct RecordedStep: Sendable, Hashable {
    /// The five classes of a report, and two that only a run without an end has.
    package enum Ending: String, Sendable, CaseIterable {
        case done, failed, stale, unknown
        case notAttempted = "not_attempted"
        /// The call may have been made, and nobody saw the answer.
        case inFlight = "in_flight"
        case notReached = "not_reached"
    }

    package var number: Int
    package var address: Address
    /// The plan's word for it; nil for a step that an older version recorded.
    package var action: String?
    package var ending: Ending
    /// What the journal adds to the ending: an id, a code, the service's own words.
    package var detail: String?

    package init(number: Int, address: Address, action: String?, ending: Ending, detail: String? = nil) {
        self.number = number
        self.address = address
        self.action = action
        self.ending = ending
        self.detail = detail
    }
}

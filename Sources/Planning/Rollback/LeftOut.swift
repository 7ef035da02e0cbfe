/// Why a part of a run is not rolled back.
enum LeftOut: CaseIterable {
    /// Others deleted the profile since; what the run did to it is gone with it.
    case gone
    case unmanaged
    /// Another profile has the address by now.
    case replaced
    /// The run let go of it, and it was taken over anew.
    case managedAgain
    /// Deleted by the run, and another profile has its identifiers by now.
    case claimed
    /// Only what the run added is left of its identifiers.
    case onlyIdentifier
    case uncertain
    case unrecorded

    var words: String {
        switch self {
        case .gone: "is gone since, and what the run changed with it"
        case .unmanaged: "is no longer in the ledger, so nothing is done about it"
        case .replaced: "is another profile by now, which is left alone"
        case .managedAgain: "was taken over anew since the run let go of it, so nothing is done about it"
        case .claimed: "is not brought back: another profile has its identifiers by now"
        case .onlyIdentifier: "is left out: without what the run added it would have no identifier"
        case .uncertain: "is left out: nobody saw whether the run's call took effect"
        case .unrecorded: "is left out: an older version recorded no values for it"
        }
    }
}

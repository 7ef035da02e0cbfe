/// What a ledger can say about earlier applies.
package enum LedgerHistory: Sendable, Hashable {
    /// It has what was applied before.
    case known
    /// Nothing can have been applied before, as in a sandbox that has no profile.
    case nothingApplied
    /// There is no ledger, and nobody knows what was applied before.
    case missing
}

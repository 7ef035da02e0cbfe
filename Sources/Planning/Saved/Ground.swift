import Crypto
package import ProfileModel
import WireFormat

/// What the ledger held at an address when a step was planned. That it held nothing is ground too.
package struct Ground: Sendable, Hashable {
    package var address: Address
    /// `digest(of:)` of the entry; nil where there was none.
    package var entry: String?

    package init(address: Address, entry: String?) {
        self.address = address
        self.entry = entry
    }
}

extension Plan {
    /// The plan, each step with the entries that it rests on: that of its own address, and that of the address that
    /// the profile leaves.
    /// - Parameter entries: the ledger that the plan was made with.
    package func grounded(in entries: [LedgerEntry]) -> Plan {
        let entries = Dictionary(entries.map { ($0.address, $0) }) { first, _ in first }
        var plan = self
        for place in plan.steps.indices {
            plan.steps[place].ground = plan.steps[place].ledgerAddresses.map { address in
                Ground(address: address, entry: entries[address].map { digest(of: $0) })
            }
        }
        return plan
    }
}

extension Step {
    /// Where the ledger has the profile, or will have it.
    var ledgerAddresses: [Address] { [address] + (movedFrom.map { [$0] } ?? []) }
}

/// SHA-256, in hexadecimal, of what an entry says of its profile. Its address takes no part, and neither does what limits
/// held back: the policy of now judges that.
package func digest(of entry: LedgerEntry) -> String {
    let said: AttributeObject = [
        "last_applied": entry.lastApplied.json,
        "prevent_destroy": .bool(entry.preventDestroy),
        "profile_id": .string(entry.profileID),
        "user_id": entry.userID.map { .string($0) } ?? .null,
    ]
    return hexadecimal(SHA256.hash(data: Array(writeJSON(.object(said)).utf8)))
}

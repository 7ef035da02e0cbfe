import Planning
import ProfileModel
import Sandbox
import Testing

/// Badges go from hand to hand among a few profiles, some of which come and some of which go. Whatever a plan
/// without errors says, in any order that its dependencies allow, the service takes every call of it, and then
/// there is nothing left to do.
struct GuardsOrderLaw {
    @Test(arguments: lawSeeds)
    func noCallIsRefused(seed: UInt64) async throws {
        var draw = Draw(seed: seed)
        let account = try LawAccount()
        var carriedOut = 0
        for number in 0..<300 {
            let test = BadgeCase(&draw)
            do {
                if try await carryOut(test, on: account, &draw) { carriedOut += 1 }
            } catch {
                Issue.record("\(error)\nPROFILECTL_SEED=\(seed), case \(number)\n\(test)")
                return
            }
        }
        #expect(carriedOut > 100, "too many plans were refused to prove anything")
    }

    /// - Returns: false when the plan has errors, as a ring of badges is one.
    private func carryOut(_ test: BadgeCase, on account: LawAccount, _ draw: inout Draw) async throws -> Bool {
        try account.sandbox.load(SandboxWorld(profiles: test.live))
        let ledger = test.ledger
        let plan = try await account.plan(test.desired, ledger)
        guard plan.diagnostics.isEmpty else { return false }
        guard plan.blocked.isEmpty else { throw Broken("blocked: \(plan.blocked.map(\.reason))") }

        let entries = try await account.carryOut(plan, ledger, &draw)
        let again = try await account.plan(test.desired, entries)
        guard again.steps.isEmpty, again.blocked.isEmpty, again.diagnostics.isEmpty else {
            throw Broken("then there is still to do: \(again.steps.map { "\($0.action) \($0.address)" })")
        }
        return true
    }
}

/// Managed profiles with badges, and how the badges are dealt anew.
private struct BadgeCase: CustomStringConvertible {
    var live: [Profile] = []
    var ledger: [LedgerEntry] = []
    var desired = DesiredState()

    init(_ draw: inout Draw) {
        let names = ["a", "b", "c", "d", "e"]
        var before = (1...7).shuffled(using: &draw)
        var after = (1...7).shuffled(using: &draw)
        for (index, name) in names.enumerated() {
            let address = Address(source: "s", type: "t", name: name)
            // Two or three keep what they have, so that chains are more frequent than rings.
            let isDealtAnew = draw.chance(50)
            let old = badges(from: &before, &draw)
            var new = isDealtAnew ? badges(from: &after, &draw) : old
            let isLive = !old.isEmpty && draw.chance(75)
            new.removeAll { badge in desired.profiles.contains { $0.identifiers.contains(badge) } }
            if isLive {
                let id = "01ARZ3NDEKTSV4RRFFQ69G5FA\(index)"
                live.append(
                    Profile(
                        id: id, userID: String(index + 1), source: "s", type: "t", name: name, identifiers: old,
                        attributes: [:]))
                ledger.append(
                    LedgerEntry(
                        address: address, profileID: id, userID: String(index + 1),
                        lastApplied: ProfileValues(name: name, identifiers: old)))
            }
            guard !new.isEmpty, draw.chance(80) else { continue }
            desired.profiles.append(
                DesiredProfile(
                    address: address, name: name, identifiers: new,
                    attributes: draw.chance(30) ? ["tier": "gold"] : [:],
                    identifiersMode: draw.chance(50) ? .exclusive : .declared,
                    origin: Origin(file: "law.yaml", line: UInt32(index + 1), column: 1)))
        }
    }

    private func badges(from pool: inout [Int], _ draw: inout Draw) -> [Identifier] {
        (0..<draw.one(of: [1, 1, 2])).compactMap { _ in
            pool.popLast().map { Identifier(type: "badge", value: String($0)) }
        }
    }

    var description: String {
        let before = live.map { "\($0.name ?? "") \($0.identifiers.map(\.value))" }
        let after = desired.profiles.map { "\($0.address.name) \($0.identifiers.map(\.value)) \($0.identifiersMode)" }
        return "live     \(before.joined(separator: ", "))\ndesired  \(after.joined(separator: ", "))"
    }
}

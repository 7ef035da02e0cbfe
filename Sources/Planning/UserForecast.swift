import Diagnostics
import ProfileModel

/// What the steps do to users, foreseen by walking through them in their order (api notes, sections 3.2 and 3.3).
///
/// Users are seen only through the profiles that were read. A user without such a profile may have identities
/// that nobody can foresee; then the service finds another user than the forecast, or refuses.
struct UserForecast {
    /// For each step.
    private(set) var effects: [[SideEffect]] = []
    private(set) var refusals: [Refusal] = []
    /// Creates that must wait until a delete has made room.
    private(set) var waits: [StepWait] = []

    struct Refusal {
        var address: Address
        var diagnostic: Diagnostic
    }

    private let live: LiveState
    private let words: UserRefusals
    /// Canonical standard identifiers → who is seen with them.
    private var owners: [Identifier: Set<AffectedUser>]
    private var externalIDs: [AffectedUser: Set<Identifier>] = [:]
    /// Profiles of each user, where all are known.
    private var counts: [AffectedUser: Int] = [:]

    /// - Parameter steps: in execution order.
    init(_ steps: [Step], _ roster: Roster, _ live: LiveState) {
        self.live = live
        words = UserRefusals(roster: roster)
        let identifiers = Set(steps.indices.flatMap { steps[$0].request == nil ? [] : steps[$0].standardIdentifiers })
        owners = LiveIndex(live).users(having: identifiers).mapValues { Set($0.map { .known($0) }) }
        guard !identifiers.isEmpty || steps.contains(where: { $0.action == .create }) else {
            effects = steps.map { _ in [] }
            return
        }
        for (lookup, profiles) in live.answers {
            if case .user(let userID) = lookup {
                counts[.known(userID)] = profiles.count + live.unreadable[lookup, default: []].count
            }
            for profile in profiles {
                guard let userID = profile.userID else { continue }
                for identifier in profile.identifiers where identifier.type == "external_id" {
                    externalIDs[.known(userID), default: []].insert(identifier.canonical)
                }
            }
        }
        var deletes: [String: [Address]] = [:]
        for step in steps.reversed() {
            if step.action == .delete, let user = step.before?.userID {
                deletes[user, default: []].append(step.address)
            }
        }
        for step in steps {
            switch step.action {
            case .create: effects.append(create(step, &deletes))
            case .update: effects.append(update(step))
            case .delete: effects.append(delete(step, &deletes))
            case .adopt, .forget, .move: effects.append([])
            }
        }
    }

    private mutating func create(_ step: Step, _ deletes: inout [String: [Address]]) -> [SideEffect] {
        guard let after = step.after else { return [] }
        let standard = after.identifiers.filter(\.isStandard)
        var effects: [SideEffect] = []
        let user: AffectedUser
        if let userID = step.knownUserID {
            user = .known(userID)
            if live.unknownUsers.contains(userID) {
                refuse(step, words.noSuchUser(userID, step))
                return []
            }
            guard check(standard, of: step, for: userID) else { return [] }
        } else {
            guard let found = match(standard, step) else { return [] }
            if found == .new(step.address) {
                effects.append(
                    .anonymousUserCreated(name: after.name ?? "", standard.isEmpty ? .certain : .possible))
            } else if let identifier = standard.first(where: { owners[$0.canonical] != nil }) {
                effects.append(.attached(found, by: identifier))
            }
            user = found
        }
        guard hasRoom(user, step, &deletes) else { return [] }
        return effects + standard.compactMap { gain($0, user, reaches: true) }
    }

    private mutating func update(_ step: Step) -> [SideEffect] {
        guard let before = step.before, let after = step.after else { return [] }
        let user: AffectedUser = before.userID.map { .known($0) } ?? .unknown
        let held = Set(before.identifiers.map(\.canonical))
        let kept = Set(after.identifiers.map(\.canonical))
        let added = after.identifiers.filter { $0.isStandard && !held.contains($0.canonical) }
        if let userID = before.userID, !check(added, of: step, for: userID) { return [] }
        let removed = before.identifiers.filter { $0.isStandard && !kept.contains($0.canonical) }
        let types = Set(before.identifiers.map(\.type))
        let isPatch = if case .patch = step.request { true } else { false }
        return removed.map { .identityKept(userID: before.userID, $0) }
            + added.compactMap { gain($0, user, reaches: isPatch || !types.contains($0.type)) }
    }

    private mutating func delete(_ step: Step, _ deletes: inout [String: [Address]]) -> [SideEffect] {
        guard let userID = step.before?.userID else { return [] }
        if let count = counts[.known(userID)] { counts[.known(userID)] = count - 1 }
        deletes[userID]?.removeAll { $0 == step.address }
        return []
    }

    /// The user to whom a new profile falls; nil when it is refused.
    private mutating func match(_ standard: [Identifier], _ step: Step) -> AffectedUser? {
        let seen = standard.compactMap { identifier in owners[identifier.canonical].map { (identifier, $0) } }
        guard let first = seen.first else { return .new(step.address) }
        let common = seen.dropFirst().reduce(first.1) { $0.intersection($1.1) }
        if let user = common.first { return common.count == 1 ? user : .unknown }
        let other = seen.first { $0.1.isDisjoint(with: first.1) } ?? first
        refuse(step, words.severalUsers(first, other, step))
        return nil
    }

    /// Whether none of the identifiers is seen with other users only.
    private mutating func check(_ standard: [Identifier], of step: Step, for userID: String) -> Bool {
        for identifier in standard {
            guard let users = owners[identifier.canonical], !users.contains(.known(userID)) else { continue }
            refuse(step, words.ofAnotherUser(identifier, users, userID, step))
            return false
        }
        return true
    }

    private mutating func hasRoom(_ user: AffectedUser, _ step: Step, _ deletes: inout [String: [Address]]) -> Bool {
        let count = counts[user]
        if case .new = user { counts[user] = (count ?? 0) + 1 } else { counts[user] = count.map { $0 + 1 } }
        guard let count, count >= ServiceLimit.profilesOfUser else { return true }
        if case .known(let userID) = user, let later = deletes[userID]?.popLast() {
            waits.append(StepWait(first: later, then: step.address))
            return true
        }
        refuse(step, words.noRoom(user, step))
        return false
    }

    /// - Parameter reaches: the call is documented to bring the identifier to the user.
    /// - Returns: nil when the user has it already.
    private mutating func gain(_ identifier: Identifier, _ user: AffectedUser, reaches: Bool) -> SideEffect? {
        let canonical = identifier.canonical
        guard owners[canonical]?.contains(user) != true else { return nil }
        let isFree = owners[canonical] == nil && user != .unknown
        guard canonical.type == "external_id" else {
            if reaches, isFree { owners[canonical] = [user] }
            return .identityAdded(user, identifier, reaches && isFree ? .certain : .possible)
        }
        // A user has one external id; whether another one replaces it is not documented.
        let isFirst = externalIDs[user, default: []].isEmpty
        guard reaches, isFree, isFirst else { return .externalIDSet(user, identifier.value, .possible) }
        owners[canonical] = [user]
        externalIDs[user] = [canonical]
        return .externalIDSet(user, identifier.value, .certain)
    }

    private mutating func refuse(_ step: Step, _ diagnostic: Diagnostic) {
        refusals.append(Refusal(address: step.address, diagnostic: diagnostic))
    }
}

import Diagnostics
import ProfileModel

/// The steps in the order in which they may run, and for which others each waits.
struct ChangeOrder {
    /// Numbered only by `number`.
    private(set) var steps: [Step] = []
    /// For each step the places of those that must be done before.
    private var dependencies: [[Int]] = []
    /// In address order.
    private(set) var blocked: [BlockedStep] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameters:
    ///   - allowed: in address order.
    ///   - users: who is seen to have a standard identifier that a create brings, in canonical form.
    ///   - waits: further pairs of addresses of which the second waits for the first.
    init(
        _ allowed: [Step], blocked stopped: [BlockedStep], users: [Identifier: Set<String>], parting: Parting,
        waits: [StepWait] = []
    ) {
        let (inUserOrder, follows) = stepsInUserOrder(allowed, users: users)
        var draft = OrderDraft(inUserOrder, stopped, waits, follows)
        draft.block(behind: Array(draft.stoppedRange))
        if draft.breakRings(parting) { draft.block(behind: Array(draft.stoppedRange)) }
        let (order, left) = draft.graph.sorted(draft.runnable)
        for ring in draft.graph.rings(among: left) {
            diagnostics.append(ringDiagnostic(ring.map { draft.all[$0] }))
            for member in ring { draft.reasons[member] = .conflict }
            draft.block(behind: ring)
        }

        arrange(order, draft, users)
        blocked = draft.reasons.enumerated().compactMap { index, reason in
            reason.map { BlockedStep(step: draft.all[index], reason: $0) }
        }
        if !stopped.isEmpty { blocked.sort { $0.step.address < $1.step.address } }
    }

    private mutating func arrange(_ order: [Int], _ draft: OrderDraft, _ users: [Identifier: Set<String>]) {
        steps = order.elementsEqual(draft.all.indices) ? draft.all : order.map { draft.all[$0] }
        var position = Array(repeating: -1, count: draft.all.count)
        for (place, index) in order.enumerated() { position[index] = place }
        dependencies = Array(repeating: [], count: steps.count)
        // In rising order, so that each list is sorted but for the predecessor in the chain.
        for (place, index) in order.enumerated() {
            for next in draft.graph.waiting(for: index) where position[next] >= 0 {
                dependencies[position[next]].append(place)
            }
        }
        for (place, previous) in UserChains(steps, users: users).predecessor.enumerated() {
            guard let previous, !dependencies[place].contains(previous) else { continue }
            dependencies[place].append(previous)
            dependencies[place].sort()
        }
    }

    /// Writes into the steps what was found out about them.
    /// - Parameter effects: on users, for each step.
    mutating func number(effects: [[SideEffect]]) {
        for place in steps.indices {
            steps[place].number = place + 1
            steps[place].dependsOn = dependencies[place].map { $0 + 1 }
            steps[place].sideEffects = effects[place]
        }
    }

    private func ringDiagnostic(_ members: [Step]) -> Diagnostic {
        let names = members.map(\.address.description).joined(separator: ", ")
        return Diagnostic(
            .identifierRing,
            "\(names) take identifiers from one another, and none has another identifier to keep meanwhile",
            at: members[0].origin?.location(of: members[0].address.name),
            notes: members.dropFirst().map { member in
                Diagnostic.Note("\(member.address) is here", at: member.origin?.location(of: member.address.name))
            },
            help: "give one of them a further identifier and apply, then exchange the identifiers")
    }
}

/// A step that can only run once another one has made room: a create after a delete among the profiles of their user, or
/// at an address after the profile that the ledger has there has moved away.
struct StepWait: Hashable {
    var first: Address
    var then: Address
}

extension [Step] {
    /// What comes to an address that the ledger gives up in another step. The other way round the ledger would lose
    /// one of the two profiles.
    var vacancies: [StepWait] {
        let moves = filter { $0.movedFrom != nil && $0.action != .create }
        guard !moves.isEmpty else { return [] }
        // These let no identifier go, so nothing that moves waits for them.
        let arriving = Set(filter { $0.action == .create || $0.action == .adopt }.map(\.address))
        return moves.compactMap { move in
            guard let former = move.movedFrom, arriving.contains(former) else { return nil }
            return StepWait(first: move.address, then: former)
        }
    }
}

/// The steps of a plan while their order is being found.
private struct OrderDraft {
    private(set) var all: [Step]
    private(set) var graph: ReleaseGraph
    /// Nil for what may run.
    var reasons: [BlockedStep.Reason?]
    private let stopped: [BlockedStep]
    private let waits: [StepWait]
    /// Creates that must find the user whom another step gives an identifier. Creates let nothing go, so these never
    /// close a ring.
    private let follows: [(first: Int, then: Int)]

    init(_ allowed: [Step], _ stopped: [BlockedStep], _ waits: [StepWait], _ follows: [(first: Int, then: Int)]) {
        self.stopped = stopped
        self.waits = waits
        self.follows = follows
        all = stopped.isEmpty ? allowed : allowed + stopped.map(\.step)
        reasons = allowed.map { _ in nil } + stopped.map(\.reason)
        graph = ReleaseGraph(all, extra: follows + Self.pairs(waits, all))
    }

    var stoppedRange: Range<Int> { all.count - stopped.count..<all.count }
    var runnable: [Int] { all.indices.filter { reasons[$0] == nil } }

    private static func pairs(_ waits: [StepWait], _ steps: [Step]) -> [(first: Int, then: Int)] {
        guard !waits.isEmpty else { return [] }
        let index = Dictionary(steps.enumerated().map { ($1.address, $0) }) { first, _ in first }
        return waits.compactMap { wait in
            guard let first = index[wait.first], let then = index[wait.then] else { return nil }
            return (first, then)
        }
    }

    /// What waits for a blocked step is blocked too.
    mutating func block(behind sources: [Int]) {
        var queue = sources
        while let index = queue.popLast() {
            for next in graph.waiting(for: index) where reasons[next] == nil {
                reasons[next] = .dependsOn(all[index].address)
                queue.append(next)
            }
        }
    }

    /// Takes the fewest members of each ring in two.
    /// - Returns: whether there was anything to break.
    mutating func breakRings(_ parting: Parting) -> Bool {
        let (_, left) = graph.sorted(runnable)
        var parted: [Int: (first: Step, rest: Step)] = [:]
        for ring in graph.rings(among: left) { parted.merge(parts(of: ring, parting)) { first, _ in first } }
        guard !parted.isEmpty else { return false }
        var steps: [Step] = []
        var pairs: [(first: Int, then: Int)] = []
        var place: [Int] = []
        for index in 0..<stoppedRange.lowerBound {
            if let (first, rest) = parted[index] {
                pairs.append((steps.count, steps.count + 1))
                steps += [first, rest]
            } else {
                steps.append(all[index])
            }
            place.append(steps.count - 1)
        }
        pairs += follows.map { (place[$0.first], place[$0.then]) }
        reasons = steps.map { _ in nil } + stopped.map(\.reason)
        all = steps + stopped.map(\.step)
        graph = ReleaseGraph(all, extra: pairs + Self.pairs(waits, all))
        return true
    }

    /// The chosen members of a ring, each in two; none when the ring cannot be broken.
    private func parts(of ring: [Int], _ parting: Parting) -> [Int: (first: Step, rest: Step)] {
        let place = Dictionary(uniqueKeysWithValues: zip(ring, ring.indices))
        let next = ring.map { member in graph.waiting(for: member).compactMap { place[$0] } }
        let addresses = ring.map { all[$0].address }
        let parts = ring.indices.map { member in
            let step = all[ring[member]]
            let claims = next[member].reduce(into: Set<Identifier>()) { claims, follower in
                claims.formUnion(all[ring[follower]].claimedIdentifiers)
            }
            return parting.parts(
                of: step, giving: claims.intersection(step.releasedIdentifiers),
                free: Set(step.claimedIdentifiers.filter { !graph.isReleased($0, for: step) }), ring: addresses)
        }
        var breaking = RingBreaking(next: next, mayBreak: parts.map { $0 != nil })
        guard let chosen = breaking.fewest() else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: chosen.compactMap { member in parts[member].map { (ring[member], $0) } })
    }
}

import Diagnostics
import ProfileModel

/// The steps in the order in which they may run, numbered, each with the numbers that it waits for.
struct ChangeOrder {
    private(set) var steps: [Step] = []
    /// In address order.
    private(set) var blocked: [BlockedStep] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameters:
    ///   - allowed: in address order.
    ///   - users: who is seen to have a standard identifier that a create brings, in canonical form.
    init(_ allowed: [Step], blocked stopped: [BlockedStep], users: [Identifier: Set<String>]) {
        let allowed = stepsInUserOrder(allowed, users: users)
        let all = allowed + stopped.map(\.step)
        let graph = ReleaseGraph(all)
        var reasons: [BlockedStep.Reason?] = allowed.map { _ in nil } + stopped.map(\.reason)
        spread(Array(allowed.count..<all.count), all, graph, &reasons)

        let (order, left) = graph.sorted(allowed.indices.filter { reasons[$0] == nil })
        for ring in graph.rings(among: left) {
            diagnostics.append(ringDiagnostic(ring.map { all[$0] }))
            for member in ring { reasons[member] = .conflict }
            spread(ring, all, graph, &reasons)
        }

        number(order, all, graph, users)
        blocked = reasons.enumerated().compactMap { index, reason in
            reason.map { BlockedStep(step: all[index], reason: $0) }
        }
        if !stopped.isEmpty { blocked.sort { $0.step.address < $1.step.address } }
    }

    /// What waits for a blocked step is blocked too.
    private func spread(
        _ sources: [Int], _ all: [Step], _ graph: ReleaseGraph, _ reasons: inout [BlockedStep.Reason?]
    ) {
        var queue = sources
        while let index = queue.popLast() {
            for next in graph.waiting(for: index) where reasons[next] == nil {
                reasons[next] = .dependsOn(all[index].address)
                queue.append(next)
            }
        }
    }

    private mutating func number(
        _ order: [Int], _ all: [Step], _ graph: ReleaseGraph, _ users: [Identifier: Set<String>]
    ) {
        steps = order.map { all[$0] }
        var position = Array(repeating: -1, count: all.count)
        for (place, index) in order.enumerated() { position[index] = place }
        var dependencies = UserChains(steps, users: users).predecessor.map { previous in
            previous.map { Set([$0 + 1]) } ?? []
        }
        for (place, index) in order.enumerated() {
            for next in graph.waiting(for: index) where position[next] >= 0 {
                dependencies[position[next]].insert(place + 1)
            }
        }
        for place in steps.indices {
            steps[place].number = place + 1
            steps[place].dependsOn = dependencies[place].sorted()
        }
    }

    private func ringDiagnostic(_ members: [Step]) -> Diagnostic {
        let names = members.map(\.address.description).joined(separator: ", ")
        return Diagnostic(
            .identifierRing, "\(names) take identifiers from one another, so that none can go first",
            at: members[0].origin?.location(of: members[0].address.name),
            notes: members.dropFirst().map { member in
                Diagnostic.Note("\(member.address) is here", at: member.origin?.location(of: member.address.name))
            },
            help: "give one of the identifiers up first, apply, and then hand it on")
    }
}

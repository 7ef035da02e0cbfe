import Planning
import ProfileModel
import Sandbox
import Views

/// Names for ids that the service gave, so that a recorded text says who is meant and no id moves it.
struct NameBook {
    private var profiles: [String: String] = [:]
    private var users: [String: String] = [:]
    private let knownUsers: Set<String>
    private var liveCount = 0

    init(_ world: SandboxWorld) {
        knownUsers = Set(world.users.map(\.id) + world.profiles.compactMap(\.userID))
        meet(world)
    }

    /// Profiles are called after their address where there is one, and are numbered elsewhere.
    mutating func learn(_ plan: Plan?, _ entries: [LedgerEntry], _ world: SandboxWorld) {
        let steps = (plan?.steps ?? []) + (plan?.blocked.map(\.step) ?? [])
        for step in steps { name(step.before?.id, after: step.address) }
        for entry in entries { name(entry.profileID, after: entry.address) }
        meet(world)
    }

    private mutating func name(_ id: String?, after address: Address) {
        guard let id, profiles[id]?.hasPrefix("<live") ?? true else { return }
        profiles[id] = "<\(address.name)>"
    }

    private mutating func meet(_ world: SandboxWorld) {
        for profile in world.profiles where profiles[profile.id] == nil {
            liveCount += 1
            profiles[profile.id] = "<live-\(liveCount)>"
        }
        for user in world.users where !knownUsers.contains(user.id) && users[user.id] == nil {
            users[user.id] = "<user-\(users.count + 1)>"
        }
    }

    /// The text with names for ids.
    func hidden(_ text: String) -> String {
        var text = text
        for (id, name) in profiles { text.replace(id, with: name) }
        for (id, name) in users { text.replace(id, with: name) }
        return text
    }

    /// A plan as people see it, without its first line, and without what it costs and comes to in all.
    func text(of plan: Plan) throws -> String {
        var plan = plan
        plan.diagnostics = []
        var lines = PlanText.render(plan, style: .plain).split(separator: "\n", omittingEmptySubsequences: false)
        lines.removeFirst()
        while lines.first?.isEmpty == true { lines.removeFirst() }
        while lines.last?.isEmpty == true { lines.removeLast() }
        // The sums say again what stands above, apart from the counts.
        if let sums = lines.lastIndex(where: { $0.contains(" to update, ") }) {
            lines[sums...] = [lines[sums].prefix { $0 != "." }]
        } else if lines.last?.hasSuffix("made.") == true {
            lines[lines.count - 1].removeLast()
        }
        return hidden(lines.map { $0 + "\n" }.joined())
    }
}

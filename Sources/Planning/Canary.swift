import Crypto
package import ProfileModel

/// The steps that are made and read back before all others. Chosen by a hash of their addresses: the same ones
/// whatever the order of the manifests, and the same ones in environments where the same addresses have calls to make.
package struct Canary: Sendable, Hashable {
    /// The numbers of the steps, those included that the chosen ones wait for.
    package let steps: Set<Int>

    /// - Parameter count: how many calls are tried at least; more than there are means all of them.
    package init(choosing count: Int, from steps: [Step]) {
        let byNumber = Dictionary(steps.map { ($0.number, $0) }) { first, _ in first }
        let byAddress = Dictionary(grouping: steps, by: \.address)
        let candidates = byAddress.filter { $0.value.contains { $0.request != nil } }.keys
            .map { (rank: rank(of: $0), address: $0) }
            .sorted { ($0.rank, $0.address.description) < ($1.rank, $1.address.description) }
        var chosen: Set<Int> = []
        var calls = 0
        for candidate in candidates where calls < count {
            let own = byAddress[candidate.address, default: []]
            calls += own.count { $0.request != nil && !chosen.contains($0.number) }
            var open = own.map(\.number)
            while let number = open.popLast() {
                guard let step = byNumber[number], chosen.insert(number).inserted else { continue }
                // A profile that takes several steps is not left half done.
                open += step.dependsOn + byAddress[step.address, default: []].map(\.number)
            }
        }
        self.steps = chosen
    }
}

private func rank(of address: Address) -> String {
    SHA256.hash(data: Array(address.description.utf8)).description
}

/// What the canary showed.
package struct CanaryVerdict: Sendable, Hashable {
    /// What speaks against going on; each tells of one step.
    package enum Finding: Sendable, Hashable {
        case notDone(Step)
        /// Other parts of the profile than planned: `name`, `identifiers`, or a path of attributes.
        case differs(Step, [String])
        case gone(Step)
        /// A deleted profile is there.
        case stillThere(Step)
        case unreadable(Step, StepFailure)
    }

    /// How many profiles were read back.
    package var readBack: Int
    package var findings: [Finding]

    package init(readBack: Int, findings: [Finding]) {
        self.readBack = readBack
        self.findings = findings
    }

    package var holds: Bool { findings.isEmpty }
}

extension CanaryVerdict.Finding {
    package var step: Step {
        switch self {
        case .notDone(let step), .differs(let step, _), .gone(let step), .stillThere(let step),
            .unreadable(let step, _):
            step
        }
    }

    /// What a look at the profile says of the step that wrote it; nil when it is as promised.
    package init?(_ step: Step, readBack profile: Profile?) {
        switch (step.after, profile) {
        case (nil, nil): return nil
        case (nil, _?): self = .stillThere(step)
        case (_?, nil): self = .gone(step)
        case (let after?, let profile?):
            if isLikelyResult(profile, of: after) { return nil }
            self = .differs(step, differences(between: profile, and: after.inLikelyForms(of: profile)))
        }
    }
}

/// Names of parts, never their values: they are shown to everybody.
private func differences(between profile: Profile, and values: ProfileValues) -> [String] {
    var parts: [String] = []
    if !profile.name.isExactly(values.name) || profile.nameDamage != values.nameDamage { parts.append("name") }
    if !areSame(profile.identifiers, values.identifiers) { parts.append("identifiers") }
    for sides in ThreeSides(values.attributes, [:], profile.attributes) {
        if sides.desired.isSameMember(as: sides.live) { continue }
        parts.append("attributes.\(sides.key)")
    }
    return parts
}

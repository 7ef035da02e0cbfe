import HTTPTypes
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import Testing

/// Another client changes, makes or deletes a profile at every point of an apply: before each of its requests, and
/// after the last one. What it did is never lost, but between the look at the profile and the write that follows.
@Suite struct StaleLawTests {
    private enum Edit: CaseIterable {
        case change, delete
    }

    private static let targets = ["patched", "replaced", "claiming", "deleted", "created"]

    @Test(arguments: targets)
    func whatAnotherClientDoesIsNotLost(target: String) async throws {
        let quiet = try await Play().run()
        #expect(quiet.report.classes == ["done": 5])
        for edit in Edit.allCases where edit == .change || target != "created" {
            var survived = 0
            var stale = 0
            for place in 0...quiet.requests.count {
                let play = try Play()
                let end = try await play.run { number in
                    if number == place { try await play.theirs(edit == .delete, target) }
                }
                if place == quiet.requests.count { try await play.theirs(edit == .delete, target) }
                guard play.wasMade.value else { continue }
                let isInWindow = end.window(of: play.key(of: target)).map { $0.contains(place) } ?? false
                let outcome = try #require(end.report.lines.first { $0.step.address.name == target }).outcome
                if play.isKept(edit == .delete, target) {
                    survived += 1
                } else {
                    #expect(isInWindow, "\(target), \(edit) before request \(place) of \(end.requests): \(outcome)")
                }
                if case .stale = outcome {
                    stale += 1
                    try play.expectDependentsWaited(for: target, end.report)
                }
            }
            #expect(survived > 0, "\(target), \(edit)")
            // Somebody who deletes what we delete does our work.
            #expect(stale > 0 || edit == .delete && target == "deleted", "\(target), \(edit)")
        }
    }
}

/// One plan of five steps and their apply, one call at a time.
private final class Play: Sendable {
    struct End {
        var report: ApplyReport
        /// Ours, in their order.
        var requests: [String]

        /// The places in which somebody else's edit comes after our look at the profile and before our write.
        func window(of key: String) -> ClosedRange<Int>? {
            let about = requests.indices.filter { requests[$0].hasSuffix(key) }
            guard let write = about.last(where: { !requests[$0].hasPrefix("GET") }),
                let look = about.last(where: { $0 < write && requests[$0].hasPrefix("GET") })
            else { return nil }
            return (look + 1)...write
        }
    }

    let wasMade = Shared(false)
    private let stage: Stage
    private let profiles = [
        "patched": live(1, ["bike_id:b1"], ["tier": "silver"]),
        "replaced": live(2, ["bike_id:b2", "badge:one"], ["tier": "silver"]),
        "claiming": live(3, ["bike_id:b3"], ["tier": "silver"]),
        "deleted": live(4, ["bike_id:b4"]),
    ]

    init() throws {
        stage = try Stage(Array(profiles.values), entries: profiles.map { entry($0, $1) })
    }

    func run(_ beforeRequest: @escaping @Sendable (Int) async throws -> Void = { _ in }) async throws -> End {
        let plan = try await stage.plan([
            desired("patched", ["bike_id:b1"], ["tier": "gold"]), desired("replaced", ["bike_id:b2"], ["tier": "gold"]),
            desired("claiming", ["bike_id:b3", "badge:one"], ["tier": "gold"]), desired("created", ["bike_id:b5"]),
        ])
        let requests = Shared<[String]>([])
        let report = try await stage.apply(
            plan, parallelism: 1,
            onRequest: { request in
                let number = requests.change { requests in
                    requests.append("\(request.method) \(request.path ?? "")")
                    return requests.count - 1
                }
                do { try await beforeRequest(number) } catch { Issue.record(error) }
            })
        return End(report: report, requests: requests.value)
    }

    /// How the path of a call on the profile ends.
    func key(of target: String) -> String { profiles[target]?.id ?? "b5" }

    /// What another client does; it may come too late.
    func theirs(_ isDelete: Bool, _ target: String) async throws {
        let client = stage.client()
        do {
            if let profile = profiles[target] {
                if isDelete {
                    guard case .deleted = try await client.delete(id: profile.id) else { return }
                } else {
                    _ = try await client.patch(id: profile.id, ProfilePatch(attributes: ["theirs": "yes"]))
                }
            } else {
                let values = ProfileValues(
                    identifiers: identifiers(["bike_id:b5"]), attributes: ["theirs": "yes"])
                guard case .created = try await client.put(query("bike_id:b5"), values) else { return }
            }
            wasMade.change { $0 = true }
        } catch APIFailure.notFound {
            return
        }
    }

    func isKept(_ isDelete: Bool, _ target: String) -> Bool {
        let found = stage.sandbox.world().profiles.first { profile in
            profiles[target].map { profile.id == $0.id } ?? profile.identifiers.contains { $0.value == "b5" }
        }
        return isDelete ? found == nil : found?.attributes["theirs"] == "yes"
    }

    func expectDependentsWaited(for target: String, _ report: ApplyReport) throws {
        let number = try #require(report.lines.first { $0.step.address.name == target }).step.number
        for line in report.lines where line.step.dependsOn.contains(number) {
            #expect(line.outcome == .notAttempted(.dependsOn(number)))
        }
    }
}

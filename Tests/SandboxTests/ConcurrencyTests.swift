import ProfileModel
import Testing

@testable import Sandbox

@Suite struct ConcurrencyTests {
    /// However requests race, no identifier has two profiles and no identity two users.
    @Test func manyWritersLeaveAConsistentAccount() async throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        let desk = try Desk()
        await withTaskGroup { group in
            for worker in 0..<8 {
                group.addTask {
                    var random = SeededGenerator(seed: seed &+ UInt64(worker))
                    for _ in 0..<250 { await Self.write(desk, &random) }
                }
            }
        }
        #expect(desk.sandbox.requests.map(\.n) == Array(1...desk.sandbox.requests.count))
        #expect(desk.sandbox.requests.allSatisfy { $0.status < 500 })
        let world = desk.sandbox.world()
        let held = world.profiles.flatMap { profile in
            profile.identifiers.map { ProfileKey(source: profile.source, type: profile.type, identifier: $0, .unicode) }
        }
        #expect(Set(held).count == held.count, "seed \(seed)")
        let owned = world.users.flatMap { $0.keys(.unicode) }
        #expect(Set(owned).count == owned.count, "seed \(seed)")
        let users = Set(world.users.map(\.id))
        #expect(world.profiles.allSatisfy { users.contains($0.userID ?? "") }, "seed \(seed)")
        for profile in world.profiles {
            for identifier in profile.identifiers {
                let query = "\(profile.source):\(profile.type):\(identifier.type):\(identifier.value)"
                let found = await desk.get("/api/v2/user_profiles?identifier=" + query)
                #expect(found.profile?["id"]?.string == profile.id, "seed \(seed), \(query)")
            }
        }
    }

    private static func write(_ desk: Desk, _ random: inout SeededGenerator) async {
        let type = ["email", "m", "external_id"].randomElement(using: &random)!
        let value = Int.random(in: 0..<30, using: &random)
        let other = "email=\(Int.random(in: 0..<30, using: &random))"
        let target = "/api/v2/user_profiles?identifier=s:t:\(type):\(value)"
        switch Int.random(in: 0..<4, using: &random) {
        case 0, 1: _ = await desk.put(target, body("\(type)=\(value)", "n=\(other)", other))
        case 2: _ = await desk.patch(target, body(other))
        default:
            guard let id = await desk.get(target).profile?["id"]?.string else { return }
            _ = await desk.delete("/api/v2/user_profiles/" + id)
        }
    }
}

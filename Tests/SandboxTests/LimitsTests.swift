import ProfileModel
import Testing

@testable import Sandbox

/// Api notes, section 4.
@Suite struct LimitsTests {
    func limits(_ change: (inout SandboxLimits) -> Void) -> SandboxLimits {
        var limits = SandboxLimits()
        change(&limits)
        return limits
    }

    @Test func theDefaultsAreTheDocumentedOnes() {
        let limits = SandboxLimits()
        #expect(limits.profilesPerUser == 20)
        #expect(limits.identifiersPerProfile == 20)
        #expect(limits.sources == 50)
        #expect(limits.types == 2_500)
        #expect([limits.sourceLength, limits.typeLength, limits.identifierTypeLength] == [40, 40, 60])
    }

    @Test func aUserHasTwentyProfiles() async throws {
        let desk = try Desk()
        for n in 1...20 {
            try await desk.create("s:t\(n):email:a@x.example", body("email=a@x.example"))
        }
        let user = try #require(desk.sandbox.users.first)
        for target in ["/api/v2/user_profiles", "/api/v2/users/\(user.id)/profiles"] {
            let answer = await desk.put(target + "?identifier=s:t21:email:a@x.example", body("email=a@x.example"))
            #expect(answer.status == 400)
            #expect(answer.code == "TooManyProfiles")
        }
        let replaced = await desk.put("/api/v2/user_profiles?identifier=s:t3:email:a@x.example", body("m=1"))
        #expect(replaced.status == 200)
        let listed = await desk.get("/api/v2/users/\(user.id)/profiles")
        #expect(listed.profiles.count == 20)
        #expect(listed.profiles.map { $0["type"]?.string } == (1...20).map { "t\($0)" })
        let id = try #require(listed.profiles.first?["id"]?.string)
        #expect(await desk.delete("/api/v2/user_profiles/" + id).status == 204)
        try await desk.create("s:t21:email:a@x.example")
    }

    @Test func aProfileHasTwentyIdentifiers() async throws {
        let desk = try Desk()
        func sent(_ numbers: ClosedRange<Int>) -> String {
            let list = numbers.map { #"{"type":"m","value":"\#($0)"}"# }.joined(separator: ",")
            return #"{"profile":{"identifiers":[\#(list)]}}"#
        }
        let target = "/api/v2/user_profiles?identifier=s:t:m:1"
        #expect(await desk.put(target, sent(1...21)).code == "TooManyIdentifiers")
        #expect(await desk.put(target, sent(1...20)).status == 201)
        let patched = await desk.patch(target, sent(21...21))
        #expect(patched.status == 400)
        #expect(patched.code == "TooManyIdentifiers")
        #expect(await desk.patch(target, sent(1...20)).status == 200)
    }

    @Test func anAccountHasSoManySourcesAndTypes() async throws {
        let desk = try Desk(
            limits: limits {
                $0.sources = 2
                $0.types = 3
            })
        try await desk.create("a:t:m:1")
        try await desk.create("b:u:m:1")
        let source = await desk.put("/api/v2/user_profiles?identifier=c:t:m:1", body("m=1"))
        #expect(source.status == 400)
        #expect(source.code == "TooManySources")
        try await desk.create("b:v:m:1")
        let type = await desk.put("/api/v2/user_profiles?identifier=a:w:m:1", body("m=1"))
        #expect(type.status == 400)
        #expect(type.code == "TooManyTypes")
        try await desk.create("a:v:m:1")
    }
}

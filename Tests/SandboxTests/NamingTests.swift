import ProfileModel
import Testing

@testable import Sandbox

/// Reference, the table under "Standard identifiers".
@Suite struct NamingTests {
    static let inOrder = [
        "email=jane@example.com", "external_id=FooBar123", "phone_number=0411 555 666", "twitter=foobar",
        "facebook=FooBar", "sdk=FooBarSDK", "shado=FooBar",
    ]

    @Test(arguments: [
        (0, "jane@example.com"), (1, "User FooBar123"), (2, "User 0411 555 666"), (3, "Twitter user foobar"),
        (4, "Facebook user FooBar"), (5, "SDK user FooBarSDK"), (6, "shado user FooBar"),
    ])
    func theFirstTypeOfTheTableDecides(first: Int, name: String) async throws {
        // In the opposite order, so that the table decides and not the array.
        let present = Self.inOrder[first...].reversed().map { text in
            let parts = text.split(separator: "=").map(String.init)
            return #"{"type":"\#(parts[0])","value":"\#(parts[1])"}"#
        }
        let body = #"{"profile":{"identifiers":[\#(present.joined(separator: ","))]}}"#
        let answer = try await Desk().put("/api/v2/user_profiles?identifier=s:t:shado:FooBar", body)
        #expect(answer.profile?["name"]?.string == name)
    }

    @Test func ofOneTypeTheFirstValueCounts() async throws {
        let answer = try await Desk().put(
            "/api/v2/user_profiles?identifier=s:t:email:b@x.example",
            body("z=1", "email=B@x.example", "email=a@x.example"))
        #expect(answer.profile?["name"] == "b@x.example")
    }

    @Test func withoutStandardTypesTheFirstIdentifierCounts() async throws {
        let answer = try await Desk().put("/api/v2/user_profiles?identifier=s:t:a:1", body("z=9", "a=1"))
        #expect(answer.profile?["name"] == "z user 9")
    }

    @Test func putWithoutNameDerivesAgain() async throws {
        let desk = try Desk()
        let id = try await desk.create("s:t:email:a@x.example", body("email=a@x.example", name: "Jane"))
        #expect(await desk.get("/api/v2/user_profiles/" + id).profile?["name"] == "Jane")
        let answer = await desk.put("/api/v2/user_profiles/" + id, body("m=1"))
        #expect(answer.profile?["name"] == "m user 1")
    }

    @Test func theNameIsEchoedAsSent() async throws {
        let answer = try await Desk().put(
            "/api/v2/user_profiles?identifier=s:t:a:1", body("a=1", name: "  Jane  Smith "))
        #expect(answer.profile?["name"] == "  Jane  Smith ")
    }
}

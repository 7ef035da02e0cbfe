import ProfileModel
import Testing

@testable import Sandbox

/// Api notes, sections 3.4 and 3.5.
@Suite struct ReplaceAndPatchTests {
    let start = body("m=1", "email=a@x.example", name: "Ann", attributes: #"{"a":"1","deep":{"x":"1","y":"2"}}"#)

    func desk() async throws -> (Desk, String) {
        let desk = try Desk()
        let id = try await desk.create("s:t:m:1", start)
        desk.clock.advance(60)
        return (desk, "/api/v2/user_profiles/" + id)
    }

    @Test func replacingLosesWhatIsNotSent() async throws {
        let (desk, target) = try await desk()
        let answer = await desk.put(target, body("m=2"))
        #expect(answer.status == 200)
        #expect(answer.profile?["attributes"] == .object([:]))
        #expect(answer.profile?["name"] == "m user 2")
        #expect(identifiers(answer.profile) == ["m=2"])
        #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:email:a@x.example").status == 404)
    }

    @Test func idUserSourceTypeAndCreationTimeSurvive() async throws {
        let (desk, target) = try await desk()
        let before = await desk.get(target).profile
        for answer in [await desk.put(target, body("m=2")), await desk.patch(target, body("m=3"))] {
            for key in ["id", "user_id", "source", "type", "created_at"] {
                #expect(answer.profile?[key] == before?[key])
            }
            #expect(answer.profile?["updated_at"] == "2020-02-03T01:38:16Z")
        }
    }

    @Test func anOldIdentifierInTheQueryCanBringANewOne() async throws {
        let (desk, _) = try await desk()
        let query = "/api/v2/user_profiles?identifier=s:t:email:a@x.example"
        #expect(await desk.put(query, body("email=b@x.example")).status == 200)
        #expect(await desk.get(query).status == 404)
    }

    @Test func puttingByIDNeverCreates() async throws {
        let (desk, _) = try await desk()
        let answer = await desk.put("/api/v2/user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY", body("m=9"))
        #expect(answer.status == 404)
        #expect(desk.sandbox.world().profiles.count == 1)
    }

    @Test func aPatchNeverCreates() async throws {
        let (desk, _) = try await desk()
        for target in ["/api/v2/user_profiles/NOPE", "/api/v2/user_profiles?identifier=s:t:m:9"] {
            #expect(await desk.patch(target, body("m=9")).status == 404)
        }
    }

    @Test func aPatchMergesAttributes() async throws {
        let (desk, target) = try await desk()
        let answer = await desk.patch(
            target, #"{"profile":{"attributes":{"a":null,"b":"2","deep":{"y":null,"z":["3"]},"new":{"n":null,"o":1}}}}"#
        )
        #expect(
            answer.profile?["attributes"]?.object
                == (try readJSON(#"{"b":"2","deep":{"x":"1","z":["3"]},"new":{"o":1}}"#)))
        #expect(answer.profile?["name"] == "Ann")
        #expect(identifiers(answer.profile) == ["m=1", "email=a@x.example"])
    }

    @Test func aPatchOnlyAddsIdentifiers() async throws {
        let (desk, target) = try await desk()
        let answer = await desk.patch(target, body("m=2", "email=A@x.example", "m=1"))
        #expect(identifiers(answer.profile) == ["m=1", "email=a@x.example", "m=2"])
        let empty = await desk.patch(target, #"{"profile":{"identifiers":[]}}"#)
        #expect(identifiers(empty.profile) == ["m=1", "email=a@x.example", "m=2"])
    }

    @Test func aPatchIgnoresSourceTypeAndUser() async throws {
        let (desk, target) = try await desk()
        let answer = await desk.patch(
            target, #"{"profile":{"source":"zendesk","type":7,"user_id":"5","id":"X","name":"Bob"}}"#)
        #expect(answer.status == 200)
        #expect(answer.profile?["source"] == "s")
        #expect(answer.profile?["type"] == "t")
        #expect(answer.profile?["name"] == "Bob")
    }

    @Test func mergePatchMediaTypeIsTakenForPatch() async throws {
        let (desk, target) = try await desk()
        for type in ["application/merge-patch+json", "Application/JSON; charset=utf-8"] {
            let answer = await desk.call(
                "PATCH", target, #"{"profile":{"name":"Bo"}}"#, headers: ["Content-Type": type])
            #expect(answer.status == 200)
        }
    }

    @Test func aNullNameIsDerivedAgain() async throws {
        let (desk, target) = try await desk()
        #expect(await desk.patch(target, #"{"profile":{"name":null}}"#).profile?["name"] == "a@x.example")
    }

    @Test func deletingDestroysTheEvents() async throws {
        let (desk, target) = try await desk()
        let id = try #require(desk.sandbox.world().profiles.first?.id)
        #expect(try desk.sandbox.setEvents(12, ofProfile: id))
        #expect(await desk.patch(target, body("m=2")).status == 200)
        #expect(desk.sandbox.world().events == [id: 12])
        #expect(await desk.delete(target).status == 204)
        #expect(desk.sandbox.world().events.isEmpty)
        #expect(try !desk.sandbox.setEvents(1, ofProfile: id))
        #expect(await desk.delete(target).status == 404)
    }

    @Test func listsNothingForAUserWithoutProfiles() async throws {
        let (desk, target) = try await desk()
        let user = try #require(desk.sandbox.users.first?.id)
        _ = await desk.delete(target)
        let answer = await desk.get("/api/v2/users/\(user)/profiles")
        #expect(answer.status == 200)
        #expect(answer.text == #"{"profiles":[]}"#)
        #expect(await desk.get("/api/v2/users/1/profiles").status == 404)
    }

    /// RFC 7396, appendix A, for objects.
    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
        (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
        (#"{"a":"foo"}"#, #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ])
    func mergesAsTheStandardSays(target: String, patch: String, result: String) throws {
        let merge = MergePatch(null: .deletes, nested: .merges)
        #expect(merge.apply(try readJSON(patch), to: try readJSON(target)) == (try readJSON(result)))
    }
}

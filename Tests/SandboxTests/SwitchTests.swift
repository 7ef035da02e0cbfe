import ProfileModel
import Testing

@testable import Sandbox

/// Each switch in each of its positions.
@Suite struct SwitchTests {
    let target = "/api/v2/user_profiles?identifier=s:t:m:1"

    @Test func everySwitchIsListedOnce() throws {
        let names = SandboxSwitches.catalogue.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count == Mirror(reflecting: SandboxSwitches()).children.count)
        for entry in SandboxSwitches.catalogue {
            #expect(entry.value(in: SandboxSwitches()) == entry.values[0])
            #expect(entry.values.count > 1)
            #expect(!entry.meaning.isEmpty)
            for value in entry.values {
                #expect(entry.value(in: try SandboxSwitches(["\(entry.name)=\(value)"])) == value)
            }
        }
    }

    @Test func unknownSwitchesAndValuesAreRefused() {
        #expect(throws: SandboxFailure.self) { try SandboxSwitches(["patch_nul=stores"]) }
        #expect(throws: SandboxFailure.self) { try SandboxSwitches(["patch_null"]) }
        #expect(
            throws: SandboxFailure.unknownSwitchValue(
                name: "patch_null", value: "eats", known: ["deletes", "ignores", "stores"])
        ) { try SandboxSwitches(["patch_null=eats"]) }
    }

    @Test(arguments: [
        ("deletes", "{}", "m user 1"), ("ignores", #"{"a":"1"}"#, "N"), ("stores", #"{"a":null}"#, "m user 1"),
    ])
    func patchNull(value: String, attributes: String, name: String) async throws {
        let desk = try Desk(switches: ["patch_null=" + value])
        try await desk.create("s:t:m:1", body("m=1", name: "N", attributes: #"{"a":"1"}"#))
        let answer = await desk.patch(target, #"{"profile":{"name":null,"attributes":{"a":null}}}"#)
        #expect(answer.profile?["attributes"]?.object == (try readJSON(attributes)))
        #expect(answer.profile?["name"]?.string == name)
        let all = await desk.patch(target, #"{"profile":{"attributes":null}}"#)
        #expect(all.profile?["attributes"]?.object == (try readJSON(value == "deletes" ? "{}" : attributes)))
    }

    @Test(arguments: [("merges", #"{"o":{"a":1,"b":2}}"#), ("replaces", #"{"o":{"b":2}}"#)])
    func patchNested(value: String, attributes: String) async throws {
        let desk = try Desk(switches: ["patch_nested=" + value])
        try await desk.create("s:t:m:1", body("m=1", attributes: #"{"o":{"a":1}}"#))
        let answer = await desk.patch(target, #"{"profile":{"attributes":{"o":{"b":2}}}}"#)
        #expect(answer.profile?["attributes"]?.object == (try readJSON(attributes)))
    }

    @Test(arguments: [("rejects", 400), ("ignores", 200)])
    func bodyMismatch(value: String, status: Int) async throws {
        let desk = try Desk(switches: ["body_mismatch=" + value])
        let id = try await desk.create("s:t:m:1")
        for field in [#""source":"other""#, #""type":"other""#] {
            let sent = #"{"profile":{\#(field),"identifiers":[{"type":"m","value":"1"}]}}"#
            for target in [target, "/api/v2/user_profiles/" + id] {
                let answer = await desk.put(target, sent)
                #expect(answer.status == status)
                if status == 400 { #expect(["SourceMismatch", "TypeMismatch"].contains(answer.code)) }
            }
        }
        #expect(await desk.get(target).profile?["source"] == "s")
    }

    @Test(arguments: ["checked", "ignored"])
    func bodyUser(value: String) async throws {
        let users = ["11", "22"].map { SandboxUser(id: $0, name: $0) }
        let desk = try Desk(switches: ["body_user=" + value], world: SandboxWorld(users: users))
        func sent(_ user: String) -> String {
            #"{"profile":{"user_id":\#(user),"identifiers":[{"type":"m","value":"1"}]}}"#
        }
        let unknown = await desk.put(target, sent("99"))
        #expect(unknown.status == (value == "checked" ? 400 : 201))
        if value == "checked" {
            let chosen = await desk.put(target, sent(#""22""#))
            #expect(chosen.status == 201)
            #expect(chosen.profile?["user_id"] == "22")
            #expect(await desk.put(target, sent("22")).status == 200)
        }
        let other = await desk.put(target, sent("11"))
        #expect(other.status == (value == "checked" ? 400 : 200))
        #expect(other.code == (value == "checked" ? "UserMismatch" : nil))
        let under = await desk.put("/api/v2/users/11/profiles?identifier=s:u:m:1", sent("22"))
        #expect(under.status == (value == "checked" ? 400 : 201))
    }

    @Test(arguments: [("optional", 201, ["m=2"]), ("required", 400, []), ("added", 201, ["m=2", "m=1"])])
    func queryIdentifier(value: String, status: Int, result: [String]) async throws {
        let answer = try await Desk(switches: ["query_identifier=" + value]).put(target, body("m=2"))
        #expect(answer.status == status)
        #expect(identifiers(answer.profile) == result)
    }

    @Test(arguments: [("resets", "{}"), ("keeps", #"{"a":"1"}"#)])
    func absentAttributes(value: String, attributes: String) async throws {
        let desk = try Desk(switches: ["absent_attributes=" + value])
        try await desk.create("s:t:m:1", body("m=1", attributes: #"{"a":"1"}"#))
        #expect(await desk.put(target, body("m=1")).profile?["attributes"]?.object == (try readJSON(attributes)))
    }

    @Test(arguments: [("resets", "m user 1"), ("keeps", "Ann")])
    func absentName(value: String, name: String) async throws {
        let desk = try Desk(switches: ["absent_name=" + value])
        try await desk.create("s:t:m:1", body("m=1", name: "Ann"))
        #expect(await desk.put(target, body("m=1")).profile?["name"]?.string == name)
    }

    @Test(arguments: [("keeps", 201, ""), ("derives", 201, "m user 1"), ("rejects", 400, nil)])
    func emptyName(value: String, status: Int, name: String?) async throws {
        let answer = try await Desk(switches: ["empty_name=" + value]).put(target, body("m=1", name: ""))
        #expect(answer.status == status)
        #expect(answer.profile?["name"]?.string == name)
    }

    @Test(arguments: [("any", 201), ("strict_strings", 400)])
    func attributes(value: String, status: Int) async throws {
        let desk = try Desk(switches: ["attributes=" + value])
        for attributes in [#"{"n":1}"#, #"{"b":true}"#, #"{"l":["x"]}"#, #"{"o":{"x":"y"}}"#, #"{"z":null}"#] {
            _ = try desk.sandbox.reset()
            #expect(await desk.put(target, body("m=1", attributes: attributes)).status == status)
        }
        try desk.sandbox.reset()
        try await desk.create("s:t:m:1", body("m=1", attributes: #"{"s":"x"}"#))
        #expect(await desk.patch(target, #"{"profile":{"attributes":{"s":null}}}"#).status == 200)
    }

    @Test(arguments: [("lenient", 201), ("strict", 400)])
    func identifierValues(value: String, status: Int) async throws {
        let sent = #"{"profile":{"identifiers":[{"type":"m","value":12345678901234567890}]}}"#
        let answer = try await Desk(switches: ["identifier_values=" + value]).put(target, sent)
        #expect(answer.status == status)
        #expect(identifiers(answer.profile) == (status == 201 ? ["m=12345678901234567890"] : []))
    }

    @Test(arguments: [("ignores", 201), ("rejects", 400)])
    func unknownKeys(value: String, status: Int) async throws {
        let sent = #"{"profile":{"atributes":{},"identifiers":[{"type":"m","value":"1"}]}}"#
        #expect(try await Desk(switches: ["unknown_keys=" + value]).put(target, sent).status == status)
    }

    @Test(arguments: [("keeps", ["email=a@x"]), ("adds", ["email=a@x", "email=b@x"])])
    func changedIdentityOnPut(value: String, identities: [String]) async throws {
        let desk = try Desk(switches: ["changed_identity_on_put=" + value])
        try await desk.create("s:t:m:1", body("m=1", "email=a@x"))
        #expect(await desk.put(target, body("m=1", "email=b@x")).status == 200)
        #expect(desk.sandbox.users.first?.identityTexts == identities)
    }

    @Test(arguments: [("keeps", "old"), ("replaces", "new")])
    func externalID(value: String, result: String) async throws {
        let world = SandboxWorld(users: [SandboxUser(id: "7", name: "A", externalID: "old")])
        let desk = try Desk(switches: ["external_id=" + value], world: world)
        let answer = await desk.put("/api/v2/users/7/profiles?identifier=s:t:m:1", body("m=1", "external_id=new"))
        #expect(answer.status == 201)
        #expect(desk.user("7")?.externalID == result)
    }

    @Test(arguments: [("rejects", 400), ("allows", 201)])
    func profileOverlap(value: String, status: Int) async throws {
        let desk = try Desk(switches: ["profile_overlap=" + value])
        let first = try await desk.create("s:t:m:1", body("m=1", "email=a@x"))
        let second = await desk.put("/api/v2/user_profiles?identifier=s:t:m:2", body("m=2", "email=a@x"))
        #expect(second.status == status)
        #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:email:a@x").profile?["id"]?.string == first)
        // Another user's profile is never shared.
        let other = await desk.put("/api/v2/user_profiles?identifier=s:t:m:3", body("m=3", "m=1"))
        #expect(other.code == "IdentifierOfAnotherProfile")
    }

    @Test(arguments: [("freed", 201), ("kept", 400)])
    func slots(value: String, status: Int) async throws {
        var limits = SandboxLimits()
        limits.sources = 1
        let desk = try Desk(switches: ["slots=" + value], limits: limits)
        let id = try await desk.create("a:t:m:1")
        _ = await desk.delete("/api/v2/user_profiles/" + id)
        #expect(await desk.put("/api/v2/user_profiles?identifier=b:t:m:1", body("m=1")).status == status)
    }

    @Test(arguments: [("folds", 200), ("exact", 404)])
    func emailQuery(value: String, status: Int) async throws {
        let desk = try Desk(switches: ["email_query=" + value])
        try await desk.create("s:t:email:jane@x")
        #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:email:Jane@x").status == status)
        #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:email:jane@x").status == 200)
        let again = await desk.put("/api/v2/user_profiles?identifier=s:t:email:Jane@x", body("email=Jane@x"))
        #expect(again.status == (status == 200 ? 200 : 400))
    }

    @Test(arguments: [("strings", #"["12","+6","07","a"]"#), ("numbers", #"[12,"+6","07","a"]"#)])
    func numberEcho(value: String, result: String) async throws {
        let answer = try await Desk(switches: ["number_echo=" + value])
            .put(target, body("m=12", "n=+6", "o=07", "p=a"))
        let values = answer.profile?["identifiers"]?.array?.compactMap { $0.object?["value"] }
        #expect(values == (try JSONReader.read(Array(result.utf8)).array))
    }

    @Test(arguments: [("string", #""user_id":"7","#), ("number", #""user_id":7,"#)])
    func userIDEcho(value: String, text: String) async throws {
        let world = SandboxWorld(users: [SandboxUser(id: "7", name: "A")])
        let answer = try await Desk(switches: ["user_id_echo=" + value], world: world)
            .put("/api/v2/users/7/profiles?identifier=s:t:m:1", body("m=1"))
        #expect(answer.text.contains(text))
    }

    @Test(arguments: [
        ("seconds", "2020-02-03T01:37:16Z"), ("milliseconds", "2020-02-03T01:37:16.000Z"),
        ("offset", "2020-02-03T01:37:16+00:00"),
    ])
    func timestamps(value: String, text: String) async throws {
        let answer = try await Desk(switches: ["timestamps=" + value]).put(target, body("m=1"))
        #expect(answer.profile?["created_at"]?.string == text)
    }

    @Test(arguments: [("moves", "2020-02-03T01:37:26Z"), ("keeps", "2020-02-03T01:37:16Z")])
    func noopWrite(value: String, time: String) async throws {
        for method in ["PUT", "PATCH"] {
            let desk = try Desk(switches: ["noop_write=" + value])
            try await desk.create("s:t:m:1")
            desk.clock.advance(10)
            #expect(await desk.call(method, target, body("m=1")).profile?["updated_at"]?.string == time)
            let changed = await desk.call(method, target, body("m=1", name: "New"))
            #expect(changed.profile?["updated_at"] == "2020-02-03T01:37:26Z")
        }
    }

    @Test(arguments: ["404", "400", "204"])
    func secondDelete(value: String) async throws {
        let desk = try Desk(switches: ["second_delete=" + value])
        let id = try await desk.create("s:t:m:1")
        #expect(await desk.delete("/api/v2/user_profiles/" + id).status == 204)
        #expect(await desk.delete("/api/v2/user_profiles/" + id).status == Int(value))
    }

    @Test(arguments: [("empty", ""), ("null", "null")])
    func deleteBody(value: String, text: String) async throws {
        let desk = try Desk(switches: ["delete_body=" + value])
        let id = try await desk.create("s:t:m:1")
        #expect(await desk.delete("/api/v2/user_profiles/" + id).text == text)
    }

    @Test(arguments: [("404", 404), ("empty", 200)])
    func unknownUser(value: String, status: Int) async throws {
        let answer = try await Desk(switches: ["unknown_user=" + value]).get("/api/v2/users/9/profiles")
        #expect(answer.status == status)
    }

    @Test(arguments: [("oldest", ["a", "b"]), ("newest", ["b", "a"])])
    func listOrder(value: String, types: [String]) async throws {
        let desk = try Desk(
            switches: ["list_order=" + value], world: SandboxWorld(users: [SandboxUser(id: "7", name: "A")]))
        for type in ["a", "b"] {
            _ = await desk.put("/api/v2/users/7/profiles?identifier=s:\(type):m:1", body("m=1"))
        }
        #expect(await desk.get("/api/v2/users/7/profiles").profiles.compactMap { $0["type"]?.string } == types)
    }

    @Test(arguments: [("refused", 404), ("accepted", 200)])
    func jsonSuffix(value: String, status: Int) async throws {
        let desk = try Desk(switches: ["json_suffix=" + value])
        let id = try await desk.create("s:t:m:1")
        #expect(await desk.get("/api/v2/user_profiles/\(id).json").status == status)
        #expect(await desk.get("/api/v2/user_profiles.json?identifier=s:t:m:1").status == status)
        #expect(await desk.get("/api/v2/user_profiles/" + id).status == 200)
    }

    @Test(arguments: ["400", "403", "422"])
    func limitStatus(value: String) async throws {
        var limits = SandboxLimits()
        limits.sources = 0
        let answer = try await Desk(switches: ["limit_status=" + value], limits: limits).put(target, body("m=1"))
        #expect(answer.status == Int(value))
    }

    @Test(arguments: ["400", "409", "422"])
    func conflictStatus(value: String) async throws {
        let desk = try Desk(switches: ["conflict_status=" + value])
        try await desk.create("s:t:m:1")
        let answer = await desk.put("/api/v2/user_profiles?identifier=s:t:m:2", body("m=1"))
        #expect(answer.status == Int(value))
    }

    @Test(arguments: [
        ("errors", #"{"errors":[{"code":"RouteNotFound","id":"10001","title":"no endpoint GET /x"}]}"#),
        ("error", #"{"error":[{"code":"RouteNotFound","title":"no endpoint GET /x"}]}"#),
        ("description", #"{"error":"RouteNotFound","description":"no endpoint GET /x"}"#),
        ("text", "no endpoint GET /x\n"),
    ])
    func errorShape(value: String, text: String) async throws {
        #expect(try await Desk(switches: ["error_shape=" + value]).get("/x").text == text)
    }

    @Test(arguments: [("all", 429), ("writes", 404)])
    func rateCounts(value: String, status: Int) async throws {
        let desk = try Desk(switches: ["rate_counts=" + value], rateLimit: SandboxRateLimit(perMinute: 1))
        _ = await desk.get(target)
        #expect(await desk.get(target).status == status)
        _ = await desk.put(target, body("m=1"))
        #expect(await desk.put(target, body("m=1")).status == 429)
    }

    @Test(arguments: [("seconds", "60"), ("date", "Mon, 03 Feb 2020 01:38:16 GMT"), ("absent", nil)])
    func retryAfter(value: String, header: String?) async throws {
        let desk = try Desk(switches: ["retry_after=" + value], rateLimit: SandboxRateLimit(perMinute: 1))
        _ = await desk.get(target)
        #expect(await desk.get(target).header("Retry-After") == header)
    }

    @Test(arguments: [("json", "application/json; charset=utf-8"), ("html", "text/html; charset=utf-8")])
    func throttleBody(value: String, type: String) async throws {
        let desk = try Desk(switches: ["throttle_body=" + value], rateLimit: SandboxRateLimit(perMinute: 1))
        _ = await desk.get(target)
        let answer = await desk.get(target)
        #expect(answer.status == 429)
        #expect(answer.header("Content-Type") == type)
        #expect((answer.code == "TooManyRequests") == (value == "json"))
    }

    @Test(arguments: [("on", 404), ("off", 403)])
    func feature(value: String, status: Int) async throws {
        #expect(try await Desk(switches: ["feature=" + value]).get(target).status == status)
    }
}

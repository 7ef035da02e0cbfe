import ProfileModel
import Testing

@testable import Sandbox

/// What a body may hold (reference, "JSON format").
@Suite struct FieldTests {
    let target = "/api/v2/user_profiles?identifier=s:t:i:v"

    @Test(arguments: [
        (#"{"identifiers":{"i":"v"}}"#, "InvalidIdentifiers"),
        (#"{"identifiers":"v"}"#, "InvalidIdentifiers"),
        (#"{"identifiers":null}"#, "InvalidIdentifiers"),
        (#"{"identifiers":["v"]}"#, "InvalidIdentifiers"),
        (#"{"identifiers":[{"value":"v"}]}"#, "InvalidIdentifiers"),
        (#"{"identifiers":[{"type":"","value":"v"}]}"#, "InvalidIdentifiers"),
        (#"{"identifiers":[{"type":1,"value":"v"}]}"#, "InvalidIdentifiers"),
        (#"{"identifiers":[{"type":"i"}]}"#, "InvalidIdentifiers"),
        (#"{"identifiers":[{"type":"i","value":""}]}"#, "InvalidIdentifiers"),
        (#"{"identifiers":[{"type":"i","value":null}]}"#, "InvalidIdentifiers"),
        (#"{"identifiers":[{"type":"i","value":true}]}"#, "InvalidIdentifiers"),
        (#"{}"#, "MissingIdentifiers"),
        (#"{"identifiers":[]}"#, "MissingIdentifiers"),
        (#"{"identifiers":[{"type":"i","value":"v"},{"type":"i","value":"v"}]}"#, "DuplicateIdentifier"),
        (#"{"identifiers":[{"type":"email","value":"a@x"},{"type":"email","value":"A@X"}]}"#, "DuplicateIdentifier"),
        (#"{"identifiers":[{"type":"i","value":7},{"type":"i","value":"7"}]}"#, "DuplicateIdentifier"),
        (#"{"name":7,"identifiers":[{"type":"i","value":"v"}]}"#, "InvalidField"),
        (#"{"attributes":[],"identifiers":[{"type":"i","value":"v"}]}"#, "InvalidField"),
        (#"{"attributes":"x","identifiers":[{"type":"i","value":"v"}]}"#, "InvalidField"),
        (#"{"source":1,"identifiers":[{"type":"i","value":"v"}]}"#, "InvalidField"),
        (#"{"type":{},"identifiers":[{"type":"i","value":"v"}]}"#, "InvalidField"),
        (#"{"user_id":true,"identifiers":[{"type":"i","value":"v"}]}"#, "InvalidField"),
    ])
    func refusesAFieldOfTheWrongKind(profile: String, code: String) async throws {
        let answer = try await Desk().put(target, #"{"profile":\#(profile)}"#)
        #expect(answer.status == 400)
        #expect(answer.code == code)
    }

    @Test func identifierTypesAreLimitedInLength() async throws {
        let type = String(repeating: "x", count: 61)
        #expect(try await Desk().put(target, body("\(type)=v")).code == "InvalidIdentifierTypeLength")
        var limits = SandboxLimits()
        limits.identifierValueLength = 3
        #expect(try await Desk(limits: limits).put(target, body("i=1234")).code == "InvalidIdentifierValueLength")
    }

    @Test(arguments: [nil, "{}", "null"])
    func attributesMayBeLeftOut(attributes: String?) async throws {
        let answer = try await Desk().put(target, body("i=v", attributes: attributes))
        #expect(answer.status == 201)
        #expect(answer.profile?["attributes"] == .object([:]))
    }

    @Test func attributesKeepEveryDigitAndForm() async throws {
        let attributes =
            #"{"big":123456789012345678901234567890,"e":1.50E+10,"list":[1,"a",null,{"x":false}],"text":"a\"\u0007é😀"}"#
        let desk = try Desk()
        let answer = await desk.put(target, body("i=v", attributes: attributes))
        #expect(answer.text.contains(#""attributes":\#(attributes)"#))
        #expect(await desk.get(target).text.contains(#""attributes":\#(attributes)"#))
    }

    @Test func readOnlyAndUnknownFieldsAreIgnored() async throws {
        let body =
            #"{"profile":{"id":"X","created_at":"1999-01-01T00:00:00Z","updated_at":3,"shoe_size":1,"#
            + #""identifiers":[{"type":"i","value":"v","note":1}]},"more":2}"#
        let answer = try await Desk().put(target, body)
        #expect(answer.status == 201)
        #expect(answer.profile?["id"] != "X")
        #expect(answer.profile?["created_at"] == "2020-02-03T01:37:16Z")
        #expect(answer.profile?["shoe_size"] == nil)
    }

    @Test func emailAndTwitterAreStoredInLowerCase() async throws {
        let sent = body("email=Jane@X.Example", "twitter=JaneX", "external_id=ABC", "facebook=JaneF", "sdk=S1", "m=M")
        let answer = try await Desk().put(target, sent)
        #expect(
            identifiers(answer.profile) == [
                "email=jane@x.example", "twitter=janex", "external_id=ABC", "facebook=JaneF", "sdk=S1", "m=M",
            ])
    }

    @Test func aBodyOfWrongSizeIsRefused() async throws {
        var limits = SandboxLimits()
        limits.bodyBytes = 100
        let answer = try await Desk(limits: limits).put(target, body("i=v", name: String(repeating: "x", count: 100)))
        #expect(answer.status == 413)
    }
}

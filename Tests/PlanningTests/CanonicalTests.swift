import ProfileModel
import Testing

@testable import Planning

struct CanonicalTests {
    @Test(arguments: [
        ("email:Jane@Example.COM", "email:jane@example.com", true),
        ("twitter:JaneS", "twitter:janes", true),
        ("external_id:AB-1", "external_id:ab-1", true),
        ("google:jane@example.com", "email:JANE@example.com", true),
        ("email:ÄRA@example.com", "email:ära@example.com", true),
        ("email:\u{39F}\u{394}\u{39F}\u{3A3}@x", "email:\u{3BF}\u{3B4}\u{3BF}\u{3C2}@x", true),
        ("email:\u{39F}\u{394}\u{39F}\u{3A3}@x", "email:\u{3BF}\u{3B4}\u{3BF}\u{3C3}@x", true),
        ("email:\u{1E9E}@x", "email:ß@x", true), ("email:ß@x", "email:ss@x", false),
        ("external_id:\u{212A}1", "external_id:k1", true), ("external_id:\u{212B}1", "external_id:å1", true),
        ("external_id:\u{1C4}", "external_id:\u{1C5}", true), ("external_id:\u{1C5}", "external_id:\u{1C6}", true),
        ("external_id:\u{13A0}", "external_id:\u{AB70}", true), ("external_id:\u{1FBC}", "external_id:\u{1FB3}", true),
        ("twitter:\u{130}a", "twitter:i\u{307}a", true), ("twitter:\u{131}a", "twitter:ia", false),
        ("twitter:\u{131}a", "twitter:Ia", false), ("external_id:\u{FB01}", "external_id:fi", false),
        ("member_id:AB", "member_id:ab", false),
        ("phone_number:+61 2", "phone_number:+612", false),
        ("facebook:Jane", "facebook:jane", false),
        ("external_id:007", "external_id:7", false),
        ("email:a@b.c", "twitter:a@b.c", false),
    ])
    func identifiersThatTheServiceDoesNotTellApart(_ one: String, _ other: String, _ same: Bool) {
        let pair = identifiers([one, other])
        #expect(pair[0].isSame(as: pair[1]) == same)
        #expect((pair[0].canonical == pair[1].canonical) == same)
    }

    @Test(arguments: [
        ("1", "1.0", true), ("1", "1e0", true), ("1", "10e-1", true), ("1", "0.1E+1", true), ("0", "-0", true),
        ("0", "0.000e9", true), ("-0.0", "0", true), ("100", "1e2", true), ("-1.50", "-15e-1", true),
        ("9007199254740993", "9007199254740992", false),
        ("123456789012345678901234567890", "1.2345678901234567890123456789e29", true),
        ("0.1", "0.10000000000000001", false), ("1e400", "1e401", false), ("1", "-1", false), ("1", "2", false),
        ("1e99999999999999999999", "1e99999999999999999999", true),
        ("1e99999999999999999999", "1e99999999999999999998", false),
        ("1e-9223372036854775808", "1e-9223372036854775808", true),
    ])
    func numbersCompareByValue(_ one: String, _ other: String, _ same: Bool) {
        #expect(number(one).isSame(as: number(other)) == same)
        #expect((number(one).canonical == number(other).canonical) == same)
    }

    @Test func canonicalNumbersAreNumbers() {
        #expect(CanonicalNumber("-120.50")?.text == "-1205e-1")
        #expect(CanonicalNumber("1200")?.text == "12e2")
        #expect(CanonicalNumber("-0.0")?.text == "0")
        #expect(CanonicalNumber("abc") == nil)
        #expect(CanonicalNumber("1.") == CanonicalNumber("1"))
        #expect(CanonicalNumber("") == nil)
    }

    @Test func `a number is no text and null is not false`() {
        #expect(!number("1").isSame(as: "1"))
        #expect(!AttributeValue.null.isSame(as: .bool(false)))
    }

    @Test(
        arguments: [
            (["a": .null], [:], true), (["a": .null], ["b": .null], true), (["a": .null, "b": "x"], ["b": "x"], true),
            (["o": .object(["a": .null])], ["o": .object([:])], true), (["o": .object(["a": .null])], [:], false),
            (["a": .null], ["a": .object([:])], false), (["a": .null], ["a": ""], false),
            (["l": .array([.null])], ["l": .array([])], false),
            (["l": .array([.object(["a": .null])])], ["l": .array([.object([:])])], false),
        ] as [(AttributeObject, AttributeObject, Bool)])
    func `a null member equals an absent one except in arrays`(_ a: AttributeObject, _ b: AttributeObject, _ same: Bool)
    {
        #expect(a.isSame(as: b) == same && b.isSame(as: a) == same)
        #expect((a.canonical == b.canonical) == same)
        #expect(b.covers(a) == same || b.count > a.count)
    }

    @Test func objectsCompareInsideAndArraysInOrder() {
        let one: AttributeValue = .object(["b": .array([number("1"), "x"]), "a": .bool(true)])
        let other: AttributeValue = .object(["a": .bool(true), "b": .array([number("1.0"), "x"])])
        #expect(one.isSame(as: other))
        #expect(!one.isSame(as: .object(["a": .bool(true), "b": .array(["x", number("1")])])))
    }

    @Test(arguments: [
        (["phone_number:5", "external_id:FooBar123", "email:Jane@x.org"], "jane@x.org"),
        (["phone_number:0411 555 666", "external_id:FooBar123"], "User FooBar123"),
        (["twitter:foobar", "phone_number:0411 555 666"], "User 0411 555 666"),
        (["facebook:F", "twitter:FooBar"], "Twitter user foobar"),
        (["sdk:S", "facebook:FooBar"], "Facebook user FooBar"),
        (["member:1", "sdk:FooBarSDK"], "SDK user FooBarSDK"),
        (["Shado:FooBar", "member:1"], "Shado user FooBar"),
        (["email:b@x.org", "email:a@x.org"], "b@x.org"),
    ])
    func namesAreDerivedAsTheReferenceSays(_ ids: [String], _ name: String) {
        #expect(derivedName(of: identifiers(ids)) == name)
    }
}

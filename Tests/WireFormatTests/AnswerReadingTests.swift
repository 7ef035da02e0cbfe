import ProfileModel
import Testing
import WireFormat

@Suite struct AnswerReadingTests {
    private func read(_ text: String) throws -> AttributeObject {
        guard case .object(let object) = try readAnswer(Array(text.utf8)) else { fatalError("not an object") }
        return object
    }

    private func flaw(_ value: AttributeValue?) -> Damage.Flaw? {
        if case .damaged(_, let damage)? = value { damage.flaw } else { nil }
    }

    private func shown(_ value: AttributeValue?) -> AttributeValue? {
        if case .damaged(let shown, _)? = value { shown } else { nil }
    }

    @Test(arguments: [
        #"{"a":"\ud83d","b":1}"#, #"{"a":"\ud83dx","b":1}"#, #"{"a":"\udc00","b":1}"#, #"{"a":"\udc00\ud800","b":1}"#,
        #"{"a":"\ud83d\n","b":1}"#, #"{"a":"\ud83d\u0041","b":1}"#,
    ])
    func `Half of a UTF-16 pair damages its value alone`(text: String) throws {
        let object = try read(text)
        #expect(flaw(object["a"]) == .loneSurrogate)
        #expect(object["b"] == number("1"))
        guard case .string(let shown)? = shown(object["a"]) else {
            Issue.record("no text is shown")
            return
        }
        #expect(shown.unicodeScalars.contains("\u{FFFD}"))
    }

    @Test func `Each half is shown as one U+FFFD`() throws {
        #expect(shown(try read(#"{"a":"x\ud83dy\udc00"}"#)["a"]) == "x\u{FFFD}y\u{FFFD}")
    }

    @Test func `Whole pairs are whole`() throws {
        #expect(try read(#"{"a":"\ud83d\ude00","b":"\uFFFD"}"#) == ["a": "😀", "b": "\u{FFFD}"])
    }

    @Test func `Values that are shown alike are not equal`() throws {
        let (one, other) = (try read(#"{"a":"\ud83d"}"#), try read(#"{"a":"\ud83e"}"#))
        #expect(shown(one["a"]) == shown(other["a"]))
        #expect(one != other)
        #expect(one != ["a": "\u{FFFD}"])
        #expect(try read(#"{"a":"\uD83D"}"#) == one)
    }

    @Test func `Bytes that are not UTF-8 damage their value`() throws {
        for bytes in [[0xFF], [0xC3], [0xC3, 0x5C, 0x6E], [0xED, 0xA0, 0x80]] as [[UInt8]] {
            let text = Array(#"{"a":""#.utf8) + bytes + Array(#"","b":1}"#.utf8)
            guard case .object(let object) = try readAnswer(text) else { fatalError("not an object") }
            #expect(flaw(object["a"]) == .invalidUTF8)
            #expect(object["b"] == number("1"))
        }
    }

    @Test func `A key that is there again damages its value`() throws {
        let object = try read(#"{"a":1,"b":2,"a":3}"#)
        #expect(flaw(object["a"]) == .duplicateKey)
        #expect(shown(object["a"]) == "\u{FFFD}")
        #expect(shown(try read(#"{"a":1,"a":[2]}"#)["a"]) == .array([number("2")]))
        #expect(object["b"] == number("2"))
        #expect(try read(#"{"a":1,"a":3}"#) != read(#"{"a":2,"a":3}"#))
        #expect(try read(#"{"a":3,"a":3}"#)["a"] != number("3"))
        #expect(try read(#"{ "a" : [1, 2] , "a":3}"#) == read(#"{"a":[1,2],"a":3}"#))
    }

    @Test func `A key is found again in a long object too`() throws {
        for place in [0, 10, 23, 24, 25, 60] {
            var keys = (0..<70).map { "k\($0)" }
            keys.insert("k\(place)", at: 40)
            let object = try read("{" + keys.map { "\"\($0)\":1" }.joined(separator: ",") + "}")
            #expect(object.count == 70)
            #expect(object.members.filter { flaw($0.value) != nil }.map(\.key) == ["k\(place)"])
        }
    }

    @Test func `A key that no text can hold damages its value`() throws {
        let object = try read(#"{"\ud83d":"x","\ud83e":"x","k":"y"}"#)
        #expect(object.keys == ["k", "\u{FFFD}"])
        #expect(flaw(object["\u{FFFD}"]) == .duplicateKey)
        #expect(try read(#"{"\ud83d":"x"}"#) != read(#"{"\ud83e":"x"}"#))
    }

    @Test(arguments: [449, 10_000, 200_000])
    func `What is nested too deep is passed over`(depth: Int) throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}"), (#"[{"k":[1,"]"],"a":"#, "}]")] {
            let deep = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            let object = try read(#"{"deep":\#(deep),"b":2}"#)
            #expect(object["b"] == number("2"))
            #expect(object["deep"]?.isDamaged == true)
        }
    }

    @Test(arguments: ["[1,", "[1 2]", #"{"a"}"#, "{1:2}", "[01]", "[1}", #"{"a":1]"#, "[,1]", "[1,]"])
    func `What is nested too deep must be JSON all the same`(broken: String) throws {
        let text = String(repeating: "[", count: 600) + broken + String(repeating: "]", count: 600)
        #expect(throws: JSONError.self) { try readAnswer(Array(text.utf8)) }
    }

    @Test func `A byte order mark is passed over`() throws {
        #expect(try readAnswer([0xEF, 0xBB, 0xBF] + Array("{}".utf8)) == .object([:]))
    }

    @Test(arguments: [
        "{}x", "{} {}", "{}\u{0}", "\u{FEFF}\u{FEFF}{}", #"{"a":"\u12"}"#, "{\"a\":\"\n\"}", #"{"a":"\x"}"#,
    ])
    func `What breaks the grammar is refused`(text: String) {
        #expect(throws: JSONError.self) { try readAnswer(Array(text.utf8)) }
    }

    @Test(arguments: ["-0", "1e999999", String(repeating: "9", count: 400), "0.1e-400"])
    func `A number of any size keeps its text`(text: String) throws {
        #expect(try read(#"{"a":\#(text)}"#)["a"] == number(text))
    }
}

@Suite struct DamagedProfileTests {
    private func decode(_ members: String) throws -> Profile {
        try Profile(json: readAnswer(Array("{\"id\":\"01AR\",\"source\":\"s\",\"type\":\"t\",\(members)}".utf8)))
    }

    private let email = #""identifiers":[{"type":"email","value":"a@b.example"}]"#

    @Test func `A damaged value does not keep a profile from being read`() throws {
        let profile = try decode(
            #""name":"J\ud83d","identifiers":[{"type":"email","value":"a\udc00"},{"type":"x","value":"1"}],"#
                + #""attributes":{"bio":"\ud83d","tier":"gold"}"#)
        #expect(profile.name == "J\u{FFFD}" && profile.nameDamage?.flaw == .loneSurrogate)
        #expect(profile.identifiers.map(\.value) == ["a\u{FFFD}", "1"])
        #expect(profile.identifiers.map(\.damage?.flaw) == [.loneSurrogate, nil])
        #expect(profile.attributes["tier"] == "gold")
        #expect(profile.values.damagedFields == [.name, .identifiers, .attribute("bio")])
    }

    @Test(arguments: ["id", "source", "type", "user_id"])
    func `What names a profile must be certain`(field: String) {
        let twice = #""\#(field)":"x","\#(field)":"x""#
        let half = #""\#(field)":"\ud83d""#
        for text in [twice, half] {
            let json = #"{"id":"01AR","source":"s","type":"t",\#(email)}"#.replacing("\"\(field)\":", with: "\"_\":")
            let answer = json.dropLast() + "," + text + "}"
            #expect(throws: ProfileDecodingError(field: field, problem: .ambiguous)) {
                try Profile(json: readAnswer(Array(answer.utf8)))
            }
        }
    }

    @Test func `Attributes that are there twice are all damaged`() throws {
        let profile = try decode(#"\#(email),"attributes":{"a":1},"attributes":{"b":2,"c":3}"#)
        #expect(profile.values.damagedFields == [.attribute("b"), .attribute("c")])
    }

    @Test func `Identifiers that are there twice are all damaged`() throws {
        #expect(try decode("\(email),\(email)").values.damagedFields == [.identifiers])
    }

    @Test func `A time that is no time is passed over`() throws {
        #expect(try decode(#"\#(email),"updated_at":"yesterday","created_at":7"#).updatedAt == nil)
    }

    @Test func `What is damaged stays so in a document`() throws {
        let profile = try decode(
            #""name":"J\ud83d","identifiers":[{"type":"x","value":"1"},{"type":"email","value":"a\udc00"}],"#
                + #""attributes":{"a":{"list":[1,{"x":"\ud83d"}]},"b":{"c":"\udc00"},"b":{"c":"\udc00","d":2}}"#)
        #expect(try Profile(stored: readJSON(writeJSON(profile.json))) == profile)
        #expect(try ProfileValues(json: readJSON(writeJSON(profile.values.json))) == profile.values)
        // The service has no such list.
        #expect(try Profile(json: readJSON(writeJSON(profile.json))).values.damagedFields.isEmpty)
        guard case .object(let whole) = profile.json, case .object(let body) = profile.values.body,
            case .object(let sent)? = body["profile"]
        else {
            Issue.record("no objects")
            return
        }
        #expect(whole["not_reproducible"] != nil)
        #expect(sent["not_reproducible"] == nil)
    }

    @Test(arguments: [
        "7", #"[7]"#, #"[{}]"#, #"[{"path":["name"],"flaw":"none","fingerprint":"1"}]"#,
        #"[{"path":["nowhere"],"flaw":"too_deep","fingerprint":"1"}]"#,
        #"[{"path":["identifiers",9],"flaw":"too_deep","fingerprint":"1"}]"#,
    ])
    func `A list of damage that is wrong is refused`(list: String) {
        let json = #"{"id":"1","source":"s","type":"t",\#(email),"not_reproducible":\#(list)}"#
        #expect(throws: ProfileDecodingError.self) { try Profile(stored: readJSON(json)) }
    }
}

extension Profile {
    fileprivate var values: ProfileValues {
        ProfileValues(name: name, identifiers: identifiers, attributes: attributes, nameDamage: nameDamage)
    }
}

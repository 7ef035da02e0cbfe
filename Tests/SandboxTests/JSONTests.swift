import ProfileModel
import Testing

@testable import Sandbox

@Suite struct JSONTests {
    func read(_ text: String) throws -> AttributeValue { try JSONReader.read(Array(text.utf8)) }

    @Test(arguments: [
        "null", "true", "false", #""""#, "0", "-0", "-12.5e-7", "123456789012345678901234567890.000", "[]", "{}",
        #"[1,[2,{"a":[]}],"x"]"#, #"{"a":null,"b":{"c":true}}"#, #""é😀\n\t\r\"\\\u0000\u001f/""#,
    ])
    func keepsWhatItReads(text: String) throws {
        #expect(String(decoding: Document.value(try read(text)).bytes, as: UTF8.self) == text)
    }

    @Test func readsEscapes() throws {
        #expect(try read(#""\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\""#) == "é😀/\u{8}\u{c}\n\r\t\"\\")
        #expect(try read(" \t\r\n[ 1 , 2 ] ") == read("[1,2]"))
        #expect(try read(#"{"a":1,"a":2}"#) == read(#"{"a":2}"#))
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "+1", "01", "1.", ".5", "1e", "1e+", "-", "0x1", "NaN", "[1,]", "[1 2]", "[", "{", "{]",
        #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, #"{"a":1"#, #""abc"#, #""\x""#, #""\u12""#, #""\ud800""#,
        #""\ud800\u0041""#, #""\udc00""#, "\"\n\"", "1 2", "null,", "'a'", "\u{FEFF}1", #""\"#,
    ])
    func refusesWhatIsNotJSON(text: String) {
        #expect(throws: JSONReader.Fault.self) { try read(text) }
    }

    @Test func tellsWhere() {
        #expect(throws: JSONReader.Fault(offset: 7, problem: "no value starts like this")) {
            try read(#"{"a" : ?}"#)
        }
    }

    @Test func refusesBytesThatAreNotUTF8() {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read([0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func depthIsLimited() async throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try read(nested(512)) }
        #expect(throws: JSONReader.Fault.self) { try read(nested(514)) }
        #expect(throws: JSONReader.Fault.self) { try read(String(repeating: #"{"a":"#, count: 1_000_000)) }
        let sent = body("m=1", attributes: #"{"a":\#(nested(500))}"#)
        let desk = try Desk()
        #expect(await desk.put("/api/v2/user_profiles?identifier=s:t:m:1", sent).status == 201)
        #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:m:1").status == 200)
    }

    @Test func writingAndReadingGiveTheSame() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var random = SeededGenerator(seed: seed)
        for round in 0..<300 {
            let value = Self.value(depth: 4, &random)
            let again = try JSONReader.read(Document.value(value).bytes)
            #expect(again == value, "seed \(seed), round \(round)")
        }
    }

    @Test func noBytesCrashTheReader() {
        let seed = UInt64.random(in: 0..<1_000_000)
        var random = SeededGenerator(seed: seed)
        let alphabet = Array(#"{}[]",:\utrfn0123456789eE+-. "#.utf8) + [0xC3, 0xA9, 0xED, 0xA0, 0x80, 0x00]
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                alphabet.randomElement(using: &random)!
            }
            guard let value = try? JSONReader.read(bytes) else { continue }
            #expect((try? JSONReader.read(Document.value(value).bytes)) == value, "seed \(seed)")
        }
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> AttributeValue {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(text: String(Int64.random(in: .min ... .max, using: &random)) + "e-3"))
        case 3: return .string(text(&random))
        case 4: return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth: depth - 1, &random) })
        default:
            return .object(
                AttributeObject(
                    (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                        (text(&random), value(depth: depth - 1, &random))
                    }))
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0..<8, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0..<(Bool.random(using: &random) ? 0x80 : 0x11_0000), using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

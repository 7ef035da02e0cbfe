import ProfileModel
import Testing
import WireFormat

@Suite struct JSONWriterTests {
    static let value: AttributeValue = .object([
        "z": .array([.null, .bool(true), .array([]), .object([:])]),
        "a": .object(["n": .number(JSONNumber(text: "1e3"))]),
        "e": "",
    ])

    @Test func compactHasNoSpaceAndSortedMembers() {
        #expect(writeJSON(Self.value) == #"{"a":{"n":1e3},"e":"","z":[null,true,[],{}]}"#)
    }

    @Test func prettyIndentsByTwo() {
        #expect(
            writeJSON(Self.value, pretty: true) == """
                {
                  "a": {
                    "n": 1e3
                  },
                  "e": "",
                  "z": [
                    null,
                    true,
                    [],
                    {}
                  ]
                }
                """)
    }

    @Test func onlyWhatMustBeEscapedIs() {
        let text = "\"\\/\u{8}\t\n\u{B}\u{C}\r\u{0}\u{1F}\u{7F}é\u{2028}😀<&>"
        #expect(writeJSON(.string(text)) == #""\"\\/\b\t\n\u000b\f\r\u0000\u001f"# + "\u{7F}é\u{2028}😀<&>\"")
    }

    @Test func keysAreEscapedToo() {
        #expect(writeJSON(.object(["a\"\n": .null])) == #"{"a\"\n":null}"#)
    }
}

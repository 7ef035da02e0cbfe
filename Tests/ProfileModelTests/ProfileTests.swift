import ProfileModel
import Testing

@Suite struct TimestampTests {
    @Test func laterIsGreater() {
        let moments = [
            Timestamp(seconds: -1, nanoseconds: 999), Timestamp(seconds: 0), Timestamp(seconds: 0, nanoseconds: 1),
            Timestamp(seconds: 1),
        ]
        #expect(moments.shuffled().sorted() == moments)
    }
}

@Suite struct IdentifierQueryTests {
    @Test func isWrittenWithColonsWhichTheValueMayHold() {
        let query = IdentifierQuery(source: "s", type: "t", identifier: Identifier(type: "i", value: "a:b"))
        #expect(query.description == "s:t:i:a:b")
    }
}

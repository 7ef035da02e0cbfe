import Foundation
import ProfileModel
import Testing
import WireFormat

@Suite struct JSONPropertyTests {
    @Test(arguments: UInt64(0)..<300)
    func whatIsWrittenIsReadAgain(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = random.value()
        #expect(try readJSON(writeJSON(value)) == value)
        #expect(try readJSON(writeJSON(value, pretty: true)) == value)
    }

    @Test(arguments: UInt64(0)..<100)
    func everyTruncationIsAnErrorAtTheEndOrBefore(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = Array(writeJSON(.object(random.object(depth: 3)), pretty: seed.isMultiple(of: 2)).utf8)
        for count in bytes.indices {
            let error = #expect(throws: JSONError.self) { try readJSON(Array(bytes[..<count])) }
            #expect(error?.problem == .truncated && error?.offset == count)
        }
    }

    @Test(arguments: UInt64(0)..<100)
    func damagedTextsNeverCrashAndErrorsLieInside(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let original = Array(writeJSON(random.value()).utf8)
        for _ in 0..<50 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let byte = UInt8.random(in: 0...255, using: &random)
                bytes.insert(byte, at: Int.random(in: 0...bytes.count, using: &random))
                bytes.remove(at: Int.random(in: 0..<bytes.count, using: &random))
            }
            expectValueOrError(bytes)
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func randomBytesNeverCrash(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array(#"{}[]":,\u0dD8eE+-.1 tfn"#.utf8) + [0, 0x80, 0xC3, 0xFF]
        let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
        expectValueOrError(bytes)
    }

    @Test(arguments: UInt64(0)..<100)
    func anotherReaderReadsWhatWeWrite(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = withoutNumbers(random.value())
        let read = try JSONSerialization.jsonObject(with: Data(writeJSON(value).utf8), options: .fragmentsAllowed)
        #expect(fromFoundation(read) == value)
    }
}

private func expectValueOrError(_ bytes: [UInt8]) {
    do throws(JSONError) {
        let value = try readJSON(bytes)
        #expect(throws: Never.self) { try readJSON(writeJSON(value)) }
    } catch {
        #expect(0...bytes.count ~= error.offset)
    }
}

private func withoutNumbers(_ value: AttributeValue) -> AttributeValue {
    switch value {
    case .number: .bool(true)
    case .array(let items): .array(items.map(withoutNumbers))
    case .damaged(let shown, let damage): .damaged(withoutNumbers(shown), damage)
    case .object(let object): .object(AttributeObject(object.members.map { ($0.key, withoutNumbers($0.value)) }))
    case .null, .bool, .string: value
    }
}

private func fromFoundation(_ value: Any) -> AttributeValue {
    switch value {
    case is NSNull: .null
    case let text as String: .string(text)
    case let items as [Any]: .array(items.map(fromFoundation))
    case let members as [String: Any]: .object(AttributeObject(members.map { ($0.key, fromFoundation($0.value)) }))
    case let bool as Bool: .bool(bool)
    default: .string("unexpected \(value)")
    }
}

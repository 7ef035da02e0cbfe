/// The variables of the process. Their values are bytes, and not all bytes are a text: what is no UTF-8 would
/// otherwise be sent as U+FFFD, and nobody would know.
package struct ProcessEnvironment: Sendable, Hashable {
    /// Why nobody can say what a variable stands for.
    package enum Flaw: Sendable, Hashable {
        case notUTF8([UInt8])
        /// Two values that differ; which one counts depends on the program that looks.
        case setTwice
    }

    /// With U+FFFD for what is no UTF-8; of two values the first one.
    package private(set) var texts: [String: String]
    private var flaws: [String: Flaw] = [:]

    package init(_ texts: [String: String] = [:]) {
        self.texts = texts
    }

    /// - Parameter entries: each `NAME=value`, as the system hands them over.
    package init(entries: [[UInt8]]) {
        texts = [:]
        for entry in entries {
            guard let sign = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            add(String(decoding: entry[..<sign], as: UTF8.self), Array(entry[(sign + 1)...]))
        }
    }

    private mutating func add(_ name: String, _ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard texts[name] == nil else {
            if self.bytes(of: name) != bytes { flaws[name] = .setTwice }
            return
        }
        texts[name] = text
        if !text.utf8.elementsEqual(bytes) { flaws[name] = .notUTF8(bytes) }
    }

    package subscript(name: String) -> String? {
        get { texts[name] }
        set {
            texts[name] = newValue
            flaws[name] = nil
        }
    }

    package func flaw(of name: String) -> Flaw? { flaws[name] }

    /// The value as it is; nil when there is none.
    package func bytes(of name: String) -> [UInt8]? {
        if case .notUTF8(let bytes)? = flaws[name] { return bytes }
        return texts[name].map { Array($0.utf8) }
    }
}

extension ProcessEnvironment: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(Dictionary(elements) { first, _ in first })
    }
}

/// The written form of a fault: what happens, then options, all separated by commas.
///
///     503,every=10                       every tenth request answers 503 and has no effect
///     500-after,nth=3,method=PUT         the third PUT has its effect and answers 500
///     429,first=1,retry-after=2
///     cut-after,rate=0.05,path=/user_profiles
///     wrong-type=array,method=GET        a list where there should be an object
///     replace=@cut@=\ud83d                half of a pair of UTF-16 wherever the answer has @cut@
///     cut-before · truncated · html · wrong-length · slow=10s · delay=50ms
extension SandboxFault {
    /// What `--help` says of the form.
    package static let grammar = """
        WHAT[,WHEN][,method=METHOD][,path=PART] where WHAT is a status (503, or 503-after for one after the write; \
        retry-after=SECONDS adds the header), cut-before, cut-after, truncated, html, wrong-length, \
        wrong-type=array|string|number|null|fields, replace=TEXT=TEXT (in the body of the answer; \
        %2C is a comma, %3D a sign of equality, %FF any byte), slow=10s (the body, in pieces) or delay=50ms, \
        and WHEN is nth=N, every=N, first=N or rate=0.1
        """

    package init(rule: String) throws(SandboxFailure) {
        func bad(_ reason: String) -> SandboxFailure { .badFaultRule(rule: rule, reason: reason) }
        let parts = rule.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard let kind = Self.kind(parts[0]) else {
            let isTimed = parts[0].hasPrefix("delay=") || parts[0].hasPrefix("slow=")
            throw bad(isTimed ? sandboxDurationForm : "'\(parts[0])' is no kind of fault; a rule is \(Self.grammar)")
        }
        self.init(kind)
        var seen: Set<String> = []
        for option in parts.dropFirst() {
            let pair = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else { throw bad("'\(option)' is not of the form name=value") }
            guard set(pair[0], pair[1]) else { throw bad("'\(option)' is not understood") }
            let aspect = Self.occasions.contains(pair[0]) ? "when" : pair[0]
            guard seen.insert(aspect).inserted else { throw bad("'\(option)' says again what was said before") }
        }
    }

    private static let occasions = ["nth", "every", "first", "rate"]
    private static let methods = ["GET", "PUT", "PATCH", "DELETE", "POST"]

    private static func kind(_ text: String) -> Kind? {
        switch text {
        case "cut-before": return .cutBefore
        case "cut-after": return .cutAfter
        case "truncated": return .truncated
        case "html": return .html
        case "wrong-length": return .wrongLength
        default: break
        }
        if text.hasPrefix("wrong-type=") { return WrongShape(rawValue: String(text.dropFirst(11))).map(Kind.wrongType) }
        if text.hasPrefix("replace=") { return replacement(text.dropFirst(8)) }
        if text.hasPrefix("slow=") { return sandboxDuration(String(text.dropFirst(5))).map(Kind.slow) }
        if text.hasPrefix("delay=") { return sandboxDuration(String(text.dropFirst(6))).map(Kind.delay) }
        let afterWrite = text.hasSuffix("-after")
        guard let status = Int(afterWrite ? String(text.dropLast(6)) : text), (200...599).contains(status) else {
            return nil
        }
        return .status(status, afterWrite: afterWrite, retryAfter: nil)
    }

    private static func replacement(_ text: Substring) -> Kind? {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(percentDecoded)
        guard sides.count == 2, let old = sides[0], let new = sides[1], !old.isEmpty else { return nil }
        return .replace(old, with: new)
    }

    private static func percentDecoded(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    private mutating func set(_ name: String, _ value: String) -> Bool {
        switch name {
        case "method":
            guard Self.methods.contains(value.uppercased()) else { return false }
            method = value.uppercased()
        case "path": path = value
        case "rate":
            guard let rate = Double(value), (0...1).contains(rate) else { return false }
            occasion = .rate(rate)
        case "retry-after":
            guard case .status(let status, let afterWrite, _) = kind, let seconds = Int(value), seconds >= 0 else {
                return false
            }
            kind = .status(status, afterWrite: afterWrite, retryAfter: seconds)
        case "nth", "every", "first":
            guard let number = Int(value), number > 0 else { return false }
            occasion = name == "nth" ? .nth(number) : name == "every" ? .every(number) : .first(number)
        default: return false
        }
        return true
    }
}

package let sandboxDurationForm = "a duration is written 50ms, 1.5s or 2m, and is less than a day"

/// `50ms`, `1.5s` or `2m`. Nil for anything else.
package func sandboxDuration(_ text: String) -> Duration? {
    for (unit, seconds) in [("ms", 0.001), ("s", 1.0), ("m", 60.0)] where text.hasSuffix(unit) {
        guard let number = Double(text.dropLast(unit.count)), number >= 0, number < 86_400 else { return nil }
        return .seconds(number * seconds)
    }
    return nil
}

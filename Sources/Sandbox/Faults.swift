import HTTPTypes

/// A way in which the service or the way to it fails, and when it does.
package struct SandboxFault: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Answers this status. After the write, the request has had its effect all the same.
        case status(Int, afterWrite: Bool, retryAfter: Int?)
        case cutBefore
        case cutAfter
        /// Half of the body arrives.
        case truncated
        /// Status 200 with a page instead of the document, as a proxy's login page; the request has its effect.
        case html
        /// The head announces a hundred bytes more than there are.
        case wrongLength
        /// JSON of another shape than the reference's; the request has its effect.
        case wrongType(WrongShape)
        /// Bytes of the answer's body are replaced wherever they stand: so the sandbox answers what it cannot hold.
        case replace([UInt8], with: [UInt8])
        /// The body comes in small pieces, over this time.
        case slow(Duration)
        /// The answer comes late.
        case delay(Duration)
    }

    package enum WrongShape: String, Sendable, CaseIterable {
        case array, string, number, null
        /// The envelopes of the reference, around a profile whose fields have other types.
        case fields

        fileprivate var body: String {
            let profile =
                #"{"id":[1],"user_id":{},"source":7,"type":null,"name":[],"identifiers":"none","attributes":1}"#
            return switch self {
            case .array: "[\(profile)]"
            case .string: #""profile""#
            case .number: "1"
            case .null: "null"
            case .fields: #"{"profile":\#(profile),"profiles":[\#(profile)]}"#
            }
        }
    }

    /// Which of the requests that match.
    package enum Occasion: Sendable, Hashable {
        case always
        /// Only this one, counted from 1.
        case nth(Int)
        /// Each one whose number is a multiple.
        case every(Int)
        /// The first ones.
        case first(Int)
        /// Drawn with this probability from the sandbox's seed.
        case rate(Double)
    }

    package var kind: Kind
    package var occasion: Occasion
    /// Upper case; nil matches every method.
    package var method: String?
    /// Part of the path; nil matches every path.
    package var path: String?

    package init(_ kind: Kind, _ occasion: Occasion = .always, method: String? = nil, path: String? = nil) {
        self.kind = kind
        self.occasion = occasion
        self.method = method
        self.path = path
    }

    func matches(method: String, path: String) -> Bool {
        (self.method.map { $0 == method } ?? true) && (self.path.map { path.contains($0) } ?? true)
    }
}

/// Decides which requests fail. Of several rules that strike at once the first one does; delays and replacements add up.
struct FaultDraws {
    struct Strike: Hashable {
        var kind: SandboxFault.Kind?
        var delay: Duration = .zero
        /// Made before `kind` has its turn.
        var replacements: [SandboxFault.Kind] = []
    }

    private var rules: [(fault: SandboxFault, seen: Int, random: SeededGenerator)]

    init(_ faults: [SandboxFault], seed: UInt64) {
        rules = faults.enumerated().map { index, fault in
            (fault, 0, SeededGenerator(seed: seed &+ UInt64(index + 1) &* 0x9E37_79B9))
        }
    }

    mutating func draw(method: String, path: String) -> Strike {
        var strike = Strike()
        for index in rules.indices where rules[index].fault.matches(method: method, path: path) {
            rules[index].seen += 1
            guard strikes(index) else { continue }
            switch rules[index].fault.kind {
            case .delay(let duration): strike.delay += duration
            case .replace: strike.replacements.append(rules[index].fault.kind)
            case .status, .cutBefore, .cutAfter, .truncated, .html, .wrongLength, .wrongType, .slow:
                strike.kind = strike.kind ?? rules[index].fault.kind
            }
        }
        return strike
    }

    private mutating func strikes(_ index: Int) -> Bool {
        let seen = rules[index].seen
        switch rules[index].fault.occasion {
        case .always: return true
        case .nth(let number): return seen == number
        case .every(let step): return step > 0 && seen % step == 0
        case .first(let count): return seen <= count
        case .rate(let probability): return Double.random(in: 0..<1, using: &rules[index].random) < probability
        }
    }
}

extension SandboxFault.Kind {
    /// Whether the request is not even looked at.
    var strikesBefore: Bool {
        switch self {
        case .cutBefore: true
        case .status(_, let afterWrite, _): !afterWrite
        case .cutAfter, .truncated, .html, .wrongLength, .wrongType, .replace, .slow, .delay: false
        }
    }

    /// What becomes of an answer.
    func spoil(_ answer: SandboxAnswer, occurrence: String, switches: SandboxSwitches) -> SandboxAnswer {
        var answer = answer
        switch self {
        case .status(let status, let afterWrite, let retryAfter):
            let title = "an injected fault" + (afterWrite ? "; the request had its effect" : "")
            var reply = Refusal(status, .injectedFault, title).reply(occurrence: occurrence, shape: switches.errorShape)
            if let retryAfter { reply.headers.append(.init(name: .retryAfter, value: String(retryAfter))) }
            return reply.answer()
        case .html:
            let page = htmlPage("Sign in to continue")
            return Reply(status: 200, contentType: "text/html; charset=utf-8", body: page).answer()
        case .cutBefore: answer.behaviour = .cutBefore
        case .cutAfter: answer.behaviour = .cutAfter
        case .truncated: answer.behaviour = .truncated(sending: answer.body.count / 2)
        case .wrongLength:
            let announced = answer.body.count + 100
            answer.head.headerFields[.contentLength] = String(announced)
            answer.behaviour = .misstatedLength(announced: announced)
        case .wrongType(let shape):
            let status = answer.head.status.code == 204 ? 200 : answer.head.status.code
            return Reply(status: status, contentType: "application/json; charset=utf-8", body: Array(shape.body.utf8))
                .answer()
        case .replace(let old, let new):
            answer.body = answer.body.replacing(old, with: new)
            if answer.head.headerFields[.contentLength] != nil {
                answer.head.headerFields[.contentLength] = String(answer.body.count)
            }
        case .slow(let duration): answer.behaviour = .slow(over: duration)
        case .delay: break
        }
        return answer
    }
}

import HTTPTypes
import ProfileModel
import WireFormat

extension ServiceError {
    private static let longestTitle = 500

    /// Reads any of the error bodies that the service is known to send (api notes, section 6). Of a body in another
    /// form nothing is kept: it may be a profile, or a page of somebody else.
    init(_ answer: HTTPAnswer, hiding secrets: [Secret], reasons: ServiceReasons = .shown) {
        let said = Said(answer.body)
        let title = said.map { String($0.title.hiding(secrets).prefix(Self.longestTitle)) } ?? ""
        self.init(
            status: answer.head.status.code, code: said?.code?.hiding(secrets),
            title: title.isEmpty ? answer.withoutReason : reasons.shown(title), requestID: answer.requestID)
    }
}

extension ServiceReasons {
    fileprivate func shown(_ title: String) -> String? {
        switch self {
        case .shown: title
        case .hidden: nil
        }
    }
}

extension HTTPAnswer {
    /// What there is to say of an answer without a sentence of the service.
    fileprivate var withoutReason: String {
        guard !body.isEmpty else { return "the answer gives no reason" }
        let bytes = body.count == 1 ? "1 byte" : "\(body.count) bytes"
        let what = isPage ? "an HTML page" : mediaType ?? "an unknown format"
        return "the answer gives no reason that can be read (\(bytes), \(what))"
    }
}

/// What an error body says, in whichever form.
private struct Said {
    var code: String?
    var title = ""

    /// Nil when the body is no object of JSON.
    init?(_ body: [UInt8]) {
        guard let json = try? readAnswer(body), case .object(let object) = json else { return nil }
        for member in [object["errors"], object["error"]] {
            switch member {
            case .array(let items)?: add(items)
            case .object(let error)?: add(error)
            case .string(let error)?: add(error, details: object)
            default: continue
            }
            return
        }
        title = joined([object["title"], object["message"], object["description"]])
    }

    /// `{"errors":[{code,id,title}]}` of the reference, and `{"error":[…]}` as some have seen it.
    private mutating func add(_ items: [AttributeValue]) {
        var titles: [String] = []
        for case .object(let error) in items {
            if code == nil { code = text(error["code"]).flatMap { isCode($0) ? $0 : nil } }
            titles.append(joined([error["title"], error["description"], error["detail"], error["message"]]))
        }
        for case .string(let text) in items { titles.append(text) }
        title = titles.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// `{"error":{title,message}}`.
    private mutating func add(_ error: AttributeObject) {
        code = text(error["code"]).flatMap { isCode($0) ? $0 : nil }
        title = joined([error["title"], error["message"], error["description"]])
    }

    /// `{"error":"RecordInvalid","description":…,"details":{field:[{description}]}}`; OAuth has `error_description`.
    private mutating func add(_ error: String, details object: AttributeObject) {
        let isCode = isCode(error)
        code = isCode ? error : nil
        var parts = isCode ? [] : [error]
        let description = joined([object["description"], object["error_description"], object["message"]])
        if !description.isEmpty { parts.append(description) }
        parts += fieldErrors(object["details"])
        title = parts.isEmpty ? error : parts.joined(separator: "; ")
    }
}

/// Whether a text is one word of letters and few digits, such as `ClientError` or `12`. Anything else may be a value: more
/// digits a telephone number, dots an address.
private func isCode(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.count(where: \.isNumber) < 6
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
}

/// Other keys of an error's details may be keys of attributes, or values.
private let namedFields: Set<String> = [
    "attributes", "identifier", "identifiers", "name", "profile", "source", "type", "user_id", "value",
]

private func fieldErrors(_ details: AttributeValue?) -> [String] {
    guard case .object(let fields)? = details else { return [] }
    return fields.members.flatMap { field -> [String] in
        guard case .array(let problems) = field.value else { return [] }
        return problems.compactMap { problem in
            guard case .object(let problem) = problem else { return nil }
            let words = joined([problem["description"] ?? problem["error"]])
            guard !words.isEmpty else { return nil }
            return namedFields.contains(field.key) ? "\(field.key): \(words)" : words
        }
    }
}

private func joined(_ values: [AttributeValue?]) -> String {
    values.compactMap { text($0) }.joined(separator: ": ")
}

private func text(_ value: AttributeValue?) -> String? {
    switch value {
    case .string(let text)?: text.isEmpty ? nil : text
    case .number(let number)?: number.text
    case .damaged(let shown, _)?: text(shown)
    case .bool?, .array?, .object?, .null?, nil: nil
    }
}

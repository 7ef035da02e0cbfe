import HTTPTypes
import ProfileModel
import WireFormat

extension ServiceError {
    /// Bodies longer than this are cut when they have to be shown as they are.
    static let longestRawText = 2048

    /// Reads any of the error bodies that the service is known to send (api notes, section 6).
    init(_ answer: HTTPAnswer, hiding secrets: [Secret]) {
        let said = Said(answer.body)
        self.init(
            status: answer.head.status.code, code: said.code?.hiding(secrets), title: said.title.hiding(secrets),
            requestID: answer.requestID)
    }
}

/// What an error body says, in whichever form.
private struct Said {
    var code: String?
    var title = ""

    init(_ body: [UInt8]) {
        guard let json = try? readJSON(body), case .object(let object) = json else {
            title = String(decoding: body.prefix(ServiceError.longestRawText), as: UTF8.self)
            return
        }
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
            if code == nil { code = text(error["code"]) }
            titles.append(joined([error["title"], error["description"], error["detail"], error["message"]]))
        }
        for case .string(let text) in items { titles.append(text) }
        title = titles.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// `{"error":{title,message}}`.
    private mutating func add(_ error: AttributeObject) {
        code = text(error["code"])
        title = joined([error["title"], error["message"], error["description"]])
    }

    /// `{"error":"RecordInvalid","description":…,"details":{field:[{description}]}}`; OAuth has `error_description`.
    private mutating func add(_ error: String, details object: AttributeObject) {
        let isCode = !error.utf8.contains(UInt8(ascii: " "))
        code = isCode ? error : nil
        var parts = isCode ? [] : [error]
        let description = joined([object["description"], object["error_description"], object["message"]])
        if !description.isEmpty { parts.append(description) }
        parts += fieldErrors(object["details"])
        title = parts.isEmpty ? error : parts.joined(separator: "; ")
    }
}

private func fieldErrors(_ details: AttributeValue?) -> [String] {
    guard case .object(let fields)? = details else { return [] }
    return fields.members.flatMap { field -> [String] in
        guard case .array(let problems) = field.value else { return [] }
        return problems.compactMap { problem in
            guard case .object(let problem) = problem else { return nil }
            let words = joined([problem["description"] ?? problem["error"]])
            return words.isEmpty ? nil : "\(field.key): \(words)"
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
    case .bool?, .array?, .object?, .null?, nil: nil
    }
}

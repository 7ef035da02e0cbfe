import ProfileModel
package import WireFormat

/// Why a text is not a plan that can be shown or applied.
package enum PlanDocumentFailure: Error, Sendable, Hashable {
    case notJSON(JSONError)
    /// Written by another profilectl; nil when the document names no version.
    case unsupportedVersion(String?)
    /// The document was written for readers, with stand-ins for values.
    case redacted
    /// The content is not what was written: edited by hand, or damaged.
    case digestMismatch
    /// `path` is the way to the place, as `steps[2].address`; empty for the document itself.
    case invalid(path: String, Problem)

    package enum Problem: Sendable, Hashable {
        case missing
        case expected(Kind)
        case unknownName(String)
        case notAProfile(ProfileDecodingError)
        /// The same thing was said before.
        case repeated
        /// Method, path, query and body are not those of the call that would be made.
        case requestDiffers
    }

    package enum Kind: String, Sendable, CaseIterable {
        case text, number, boolean, list, object, address, time
    }
}

/// A value of a document and the way to it.
struct DocumentNode {
    let value: AttributeValue
    let path: String

    func failure(_ problem: PlanDocumentFailure.Problem) -> PlanDocumentFailure {
        .invalid(path: path, problem)
    }

    /// Nil when the member is absent; null is a value.
    func member(_ key: String) throws(PlanDocumentFailure) -> DocumentNode? {
        guard case .object(let object) = value else { throw failure(.expected(.object)) }
        return object[key].map { DocumentNode(value: $0, path: path.isEmpty ? key : "\(path).\(key)") }
    }

    func required(_ key: String) throws(PlanDocumentFailure) -> DocumentNode {
        if let member = try member(key) { return member }
        throw DocumentNode(value: .null, path: path.isEmpty ? key : "\(path).\(key)").failure(.missing)
    }

    /// Nil when the member is null.
    func optional<Value>(
        _ key: String, _ read: (DocumentNode) throws(PlanDocumentFailure) -> Value
    ) throws(PlanDocumentFailure) -> Value? {
        let member = try required(key)
        return member.value == .null ? nil : try read(member)
    }

    func list<Value>(
        _ key: String, _ read: (DocumentNode) throws(PlanDocumentFailure) -> Value
    ) throws(PlanDocumentFailure) -> [Value] {
        try required(key).items(read)
    }

    func items<Value>(
        _ read: (DocumentNode) throws(PlanDocumentFailure) -> Value
    ) throws(PlanDocumentFailure) -> [Value] {
        guard case .array(let items) = value else { throw failure(.expected(.list)) }
        var values: [Value] = []
        values.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            values.append(try read(DocumentNode(value: item, path: "\(path)[\(index)]")))
        }
        return values
    }

    func text() throws(PlanDocumentFailure) -> String {
        guard case .string(let text) = value else { throw failure(.expected(.text)) }
        return text
    }

    func text(_ key: String) throws(PlanDocumentFailure) -> String { try required(key).text() }

    func bool(_ key: String) throws(PlanDocumentFailure) -> Bool {
        let member = try required(key)
        guard case .bool(let bool) = member.value else { throw member.failure(.expected(.boolean)) }
        return bool
    }

    func number<Number: FixedWidthInteger>() throws(PlanDocumentFailure) -> Number {
        guard case .number(let text) = value, let number = Number(text.text) else {
            throw failure(.expected(.number))
        }
        return number
    }

    func number<Number: FixedWidthInteger>(_ key: String) throws(PlanDocumentFailure) -> Number {
        try required(key).number()
    }

    func decimal(_ key: String) throws(PlanDocumentFailure) -> Double {
        let member = try required(key)
        guard case .number(let text) = member.value, let number = Double(text.text), number.isFinite else {
            throw member.failure(.expected(.number))
        }
        return number
    }

    /// A value of a closed set, by its name.
    func name<Value: RawRepresentable>(
        _ key: String, of type: Value.Type = Value.self
    ) throws(PlanDocumentFailure) -> Value where Value.RawValue == String {
        let member = try required(key)
        let name = try member.text()
        guard let value = Value(rawValue: name) else { throw member.failure(.unknownName(name)) }
        return value
    }

    func address() throws(PlanDocumentFailure) -> Address {
        guard let address = Address(try text()) else { throw failure(.expected(.address)) }
        return address
    }

    func time() throws(PlanDocumentFailure) -> Timestamp {
        guard let time = Timestamp(iso8601: try text()) else { throw failure(.expected(.time)) }
        return time
    }

    func profile() throws(PlanDocumentFailure) -> Profile {
        do { return try Profile(stored: value) } catch { throw failure(.notAProfile(error)) }
    }

    func values() throws(PlanDocumentFailure) -> ProfileValues {
        do { return try ProfileValues(json: value) } catch { throw failure(.notAProfile(error)) }
    }
}

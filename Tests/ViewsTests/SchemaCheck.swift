import ProfileModel
import WireFormat

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The part of JSON Schema that our schemas use, and stricter in one thing: a member that the schema does
/// not name is a problem.
struct SchemaCheck {
    private let schema: AttributeValue

    /// - Parameter name: of a file in `schemas`.
    init(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "schemas/\(name)"))
        schema = try readJSON(Array(data))
    }

    /// The places where the text does not keep to the schema.
    func problems(in text: String) throws -> [String] {
        problems(try readJSON(text), schema, at: "$")
    }

    private func problems(_ value: AttributeValue, _ schema: AttributeValue, at path: String) -> [String] {
        guard case .object(let rules) = schema else { return [] }
        if case .string(let reference)? = rules["$ref"] {
            return problems(value, definition(reference), at: path)
        }
        if case .array(let choices)? = rules["anyOf"] {
            let tries = choices.map { problems(value, $0, at: path) }
            return tries.contains([]) ? [] : tries.min { $0.count < $1.count } ?? []
        }
        if let constant = rules["const"], constant != value { return ["\(path): not \(writeJSON(constant))"] }
        if case .array(let names)? = rules["enum"], !names.contains(value) { return ["\(path): not in the list"] }
        if let type = rules["type"], !isOfType(value, type) { return ["\(path): not of type \(writeJSON(type))"] }
        switch value {
        case .damaged: return ["\(path): damaged"]
        case .object(let object): return problems(object, rules, at: path)
        case .array(let items):
            guard let rule = rules["items"] else { return [] }
            return items.enumerated().flatMap { problems($1, rule, at: "\(path)[\($0)]") }
        case .null, .bool, .number, .string: return []
        }
    }

    private func problems(_ object: AttributeObject, _ rules: AttributeObject, at path: String) -> [String] {
        guard case .object(let properties)? = rules["properties"] else { return [] }
        var problems: [String] = []
        if case .array(let required)? = rules["required"] {
            for case .string(let key) in required where object[key] == nil { problems.append("\(path): no \(key)") }
        }
        for member in object.members {
            guard let rule = properties[member.key] else {
                problems.append("\(path): \(member.key) is not in the schema")
                continue
            }
            problems += self.problems(member.value, rule, at: "\(path).\(member.key)")
        }
        return problems
    }

    private func definition(_ reference: String) -> AttributeValue {
        guard case .object(let root) = schema, case .object(let definitions)? = root["$defs"],
            let definition = definitions[String(reference.dropFirst("#/$defs/".count))]
        else { fatalError("no definition \(reference)") }
        return definition
    }

    private func isOfType(_ value: AttributeValue, _ type: AttributeValue) -> Bool {
        switch type {
        case .array(let types): types.contains { isOfType(value, $0) }
        case .string(let name): names(of: value).contains(name)
        case .null, .bool, .number, .object, .damaged: false
        }
    }

    private func names(of value: AttributeValue) -> [String] {
        switch value {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .number(let number): Int(number.text) == nil ? ["number"] : ["number", "integer"]
        case .string: ["string"]
        case .array: ["array"]
        case .damaged(let shown, _): names(of: shown)
        case .object: ["object"]
        }
    }
}

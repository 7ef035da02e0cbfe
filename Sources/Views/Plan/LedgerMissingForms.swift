import Diagnostics
import Planning
import ProfileModel
import WireFormat

// What a plan says because no ledger tells what was applied before.

extension SafeText {
    /// For the first line of a plan.
    static let ledgerMissing: SafeText =
        "no ledger: profiles are seen for the first time, and removed manifests cannot be noticed"

    static func secondIdentifier(_ second: SecondIdentifier) -> SafeText {
        let those: SafeText = second.beside.count == 1 ? "it" : "them"
        return "warning[\(DiagnosticCode.secondIdentifier.rawValue)]: adds \(.identifier(second.added)) and keeps live "
            + list(second.beside.map { .identifier($0) })
            + ". To replace \(those), set identifiers_mode: exclusive, which removes all identifiers that the manifest "
            + "does not have; to keep both, write both in the manifest"
    }
}

extension SafeText {
    /// What a live profile has besides. Some of it may have been in the manifest before: only a ledger would tell.
    static func staying(_ step: Step) -> SafeText? {
        let unmanaged =
            (step.keepsName ? ["name"] : []) + step.unmanagedPaths.map { paths([$0]) }
            + step.unmanagedTypes.map { "\(bare: $0)" }
        guard !unmanaged.isEmpty else { return nil }
        return "the manifest does not manage what stays live: " + list(unmanaged)
    }
}

extension Step {
    /// Attributes that stay and that the manifest does not declare. Empty where the profile comes or goes as a whole.
    fileprivate var unmanagedPaths: [[String]] {
        guard before != nil, let after, let declared else { return [] }
        return after.attributes.paths(without: declared.attributes, at: [])
    }

    /// Types of identifiers that stay and that the manifest does not declare, but for those that a warning names. They
    /// are counted, because stand-ins for values cannot be compared.
    fileprivate var unmanagedTypes: [String] {
        guard before != nil, let after, let declared else { return [] }
        let named = Set(secondIdentifiers.flatMap(\.beside).map(\.kind))
        let declaredCounts = Dictionary(grouping: declared.identifiers, by: \.kind).mapValues(\.count)
        return Dictionary(grouping: after.identifiers, by: \.kind)
            .filter { kind, all in all.count > declaredCounts[kind, default: 0] && !named.contains(kind) }
            .keys.sorted()
    }
}

extension Identifier {
    /// The type, as far as the service tells types apart.
    fileprivate var kind: String { type == "google" ? "email" : type }
}

extension AttributeObject {
    fileprivate func paths(without declared: AttributeObject, at path: [String]) -> [[String]] {
        members.flatMap { member -> [[String]] in
            let place = path + [member.key]
            switch (member.value, declared[member.key]) {
            case (_, nil): return [place]
            case (.object(let all), .object(let declared)?): return all.paths(without: declared, at: place)
            case (_, _?): return []
            }
        }
    }
}

extension SecondIdentifier {
    var json: AttributeValue {
        .object([
            "code": .string(DiagnosticCode.secondIdentifier.rawValue), "added": added.json,
            "beside": .array(beside.map(\.json)), "words": .string(SafeText.secondIdentifier(self).plain),
        ])
    }

    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> SecondIdentifier {
        SecondIdentifier(
            added: try Identifier.read(node.required("added")), beside: try node.list("beside", Identifier.read))
    }
}

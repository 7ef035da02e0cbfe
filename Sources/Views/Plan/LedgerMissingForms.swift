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

import Diagnostics
import ProfileModel

/// An identifier is written once in a profile; two spellings that the service takes for one count as twice.
/// - Returns: pairs of an index and the earlier index it repeats.
func repeatedIdentifiers(_ identifiers: [Identifier]) -> [(index: Int, first: Int)] {
    guard identifiers.count > ServiceLimits.identifiersOfProfile else {
        return identifiers.indices.dropFirst().compactMap { index in
            let first = identifiers[..<index].firstIndex { Normalised.areSame($0, identifiers[index]) }
            return first.map { (index, $0) }
        }
    }
    var firsts: [Identifier: Int] = [:]
    return identifiers.indices.compactMap { index in
        let written = identifiers[index]
        let normal = Identifier(type: Normalised.type(written.type), value: Normalised.value(written))
        guard let first = firsts[normal] else {
            firsts[normal] = index
            return nil
        }
        return (index, first)
    }
}

func duplicateIdentifier(_ type: String, at location: SourceLocation, first: SourceLocation) -> Diagnostic {
    Diagnostic(
        .duplicateIdentifier, "this \(type) is written twice in the profile", at: location,
        notes: [Diagnostic.Note("it is written here already", at: first)],
        help: "remove one; the service compares email, twitter and external_id without case, and google as email")
}

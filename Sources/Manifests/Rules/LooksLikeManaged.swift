package import Diagnostics
package import ProfileModel

/// A new name that looks like one in the ledger: mostly the same, written otherwise by accident. The profile of the
/// ledger would be deleted and another one created.
package func lookalikes(of desired: DesiredState, in ledger: [LedgerEntry]) -> [Diagnostic] {
    guard !ledger.isEmpty else { return [] }
    let managed = Set(ledger.map(\.address))
    let gone = managed.subtracting(desired.profiles.map(\.address))
    guard !gone.isEmpty else { return [] }
    let described = desired.profiles.lazy.filter { !managed.contains($0.address) }
    let left = desired.moves.lazy.filter { !managed.contains($0.from) }
    let removed = desired.removals.lazy.filter { !managed.contains($0.address) }
    let new =
        described.map { WrittenAddress(address: $0.address, location: nameLocation(of: $0)) }
        + left.map { WrittenAddress(address: $0.from, location: location(of: $0.from, at: $0.origin)) }
        + removed.map { WrittenAddress(address: $0.address, location: location(of: $0.address, at: $0.origin)) }
    return newParts(new, ledger, "source", \.source) + newParts(new, ledger, "type", \.type)
        + newNames(new, among: gone)
}

private struct WrittenAddress {
    var address: Address
    var location: SourceLocation
}

/// Sources or types that the ledger does not know, but one that looks like them.
private func newParts(
    _ new: [WrittenAddress], _ ledger: [LedgerEntry], _ noun: String, _ part: (Address) -> String
) -> [Diagnostic] {
    let known = Set(ledger.map { ExactText(part($0.address)) })
    let byAppearance = Dictionary(known.map { (Appearance($0.text, ignoringCase: true), $0.text) }) { first, _ in first
    }
    var seen = known
    return new.compactMap { written in
        let text = part(written.address)
        guard seen.insert(ExactText(text)).inserted,
            let other = byAppearance[Appearance(text, ignoringCase: true)]
        else { return nil }
        return looksLikeManaged("the \(noun) \"\(text)\"", text, "\"\(other)\"", other, noun, at: written.location)
    }
}

private func newNames(_ new: [WrittenAddress], among gone: Set<Address>) -> [Diagnostic] {
    // Texts of ASCII look like nothing but themselves.
    let isNewOdd = new.contains { !isASCII($0.address.name) }
    guard isNewOdd || gone.contains(where: { !isASCII($0.name) }) else { return [] }
    let byAppearance = Dictionary(gone.map { (AddressAppearance($0), $0) }) { $0 < $1 ? $0 : $1 }
    return new.compactMap { written in
        guard let other = byAppearance[AddressAppearance(written.address)] else { return nil }
        return looksLikeManaged(
            "\(written.address)", written.address.name, "\(other)", other.name, "address", at: written.location)
    }
}

private struct AddressAppearance: Hashable {
    var source: ExactText
    var type: ExactText
    var name: Appearance

    init(_ address: Address) {
        source = ExactText(address.source)
        type = ExactText(address.type)
        name = Appearance(address.name)
    }
}

private func looksLikeManaged(
    _ subject: String, _ text: String, _ otherSubject: String, _ other: String, _ noun: String,
    at location: SourceLocation
) -> Diagnostic {
    let isCase = isASCII(text) && isASCII(other)
    let difference = SpellingDifference(text, from: other)
    return Diagnostic(
        .lookalikes,
        isCase
            ? "\(subject) differs from \(otherSubject) of the ledger only in case, and is another \(noun)"
            : "\(subject) looks like \(otherSubject) of the ledger, but is another \(noun): \(difference.words)",
        severity: .warning, at: location,
        help: "write it as the ledger has it if the same is meant; a profile is renamed with `moved`")
}

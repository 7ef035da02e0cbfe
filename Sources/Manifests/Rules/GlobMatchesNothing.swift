import Diagnostics
import ProfileModel

/// A glob that matches no address is a slip of the pen: an empty plan would look like "all is well".
func globMatchesNothing(_ pattern: AddressPattern, of option: String, among addresses: Set<Address>) -> Diagnostic {
    let help =
        if let meant = probablyMeant(pattern, among: addresses) {
            "did you mean \"\(meant)\"?"
        } else if addresses.isEmpty {
            "there is no profile yet, neither in the manifests nor in the ledger"
        } else {
            "addresses are written source/type/name, as in \(addresses.min()?.description ?? ""); "
                + "globs such as coolbikes/rider/* and */*/jane-* are taken too"
        }
    return Diagnostic(
        .nothingInScope, "\(option) \"\(shortened(pattern.text))\" matches no address of the manifests or the ledger",
        help: help)
}

func nothingIsLeft() -> Diagnostic {
    Diagnostic(
        .nothingInScope, "--exclude leaves nothing of what --target chooses",
        help: "leave one of them out, or make the globs narrower")
}

/// The pattern with what is missing added, or with its names replaced by known ones, if it matches then.
private func probablyMeant(_ pattern: AddressPattern, among addresses: Set<Address>) -> String? {
    let longer = [pattern.text + "/**", "**/" + pattern.text, "**/" + pattern.text + "/**"]
    if pattern.parts.count < 3, let meant = longer.first(where: { matchesAny($0, addresses) }) { return meant }
    guard pattern.parts.count == 3, !pattern.parts.contains(where: \.isAnyDirectories) else { return nil }
    var texts: [String] = []
    var left = addresses.map { AddressPattern.parts(of: $0) }
    for (index, part) in pattern.parts.enumerated() {
        var matching = left.filter { part.matches($0[index], hidesDots: false) }
        var text = String(pattern.text.split(separator: "/")[index])
        if matching.isEmpty {
            let known = Set(left.map { String($0[index]) }).sorted()
            guard let name = nearest(to: part.text, among: known, most: 20_000) else { return nil }
            text = name
            matching = left.filter { $0[index] == name }
        }
        texts.append(text)
        left = matching
    }
    let meant = texts.joined(separator: "/")
    return matchesAny(meant, addresses) ? meant : nil
}

private func matchesAny(_ text: String, _ addresses: Set<Address>) -> Bool {
    guard let pattern = AddressPattern(text) else { return false }
    return addresses.contains { pattern.matches($0) }
}

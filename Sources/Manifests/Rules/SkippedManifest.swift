package import Diagnostics
package import ProfileModel

/// A managed profile without a description counts as deleted. A file that is not read may describe it.
package func skippedManifest(_ file: String, mayDescribe addresses: [Address]) -> Diagnostic {
    let most = 5
    let more = addresses.count > most ? " and \(addresses.count - most) more" : ""
    let list = addresses.prefix(most).map(\.description).joined(separator: ", ") + more
    return Diagnostic(
        .skippedManifest, "'\(shortened(file))' is not read, but it may describe \(list)", severity: .warning,
        help: "no manifest describes \(addresses.count == 1 ? "that profile" : "those profiles") any more; if a "
            + "manifest was renamed, give it a name that is read (\(namesThatAreRead)), else remove the file")
}

private let namesThatAreRead = "it ends in .yaml, .yml or .json, has no dot at its beginning, and `manifests` covers it"

/// The text of a file that may be a manifest.
package struct ManifestText {
    private let bytes: [UInt8]
    private let hasProfiles: Bool

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        hasProfiles = bytes.firstRange(of: Array(DocumentKey.profiles.rawValue.utf8)) != nil
    }

    /// Whether the name of the address stands in the text as a word, and the text looks like a manifest.
    package func describes(_ address: Address) -> Bool {
        guard hasProfiles else { return false }
        let name = Array(address.name.utf8)
        var rest = bytes[...]
        while let found = rest.firstRange(of: name) {
            let before = found.lowerBound > bytes.startIndex ? bytes[found.lowerBound - 1] : UInt8(ascii: " ")
            let after = found.upperBound < bytes.endIndex ? bytes[found.upperBound] : UInt8(ascii: " ")
            if !isPartOfWord(before), !isPartOfWord(after) { return true }
            rest = bytes[found.upperBound...]
        }
        return false
    }

    private func isPartOfWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte >= 0x80
            || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "@")].contains(byte)
    }
}

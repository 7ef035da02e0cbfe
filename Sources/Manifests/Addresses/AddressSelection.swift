package import Diagnostics
package import ProfileModel

/// Which addresses `--target` and `--exclude` leave of those that there are.
package struct AddressSelection: Sendable, Hashable {
    /// Chosen and not left out.
    package private(set) var selected: Set<Address> = []
    /// Left out by name: these stay as they are, whatever else is chosen.
    package private(set) var excluded: Set<Address> = []
    package private(set) var diagnostics: [Diagnostic] = []

    /// - Parameters:
    ///   - targets: none chooses everything.
    ///   - addresses: of manifests and ledger.
    package init(targets: [AddressPattern], excludes: [AddressPattern], among addresses: Set<Address>) {
        var matched: Set<Int> = []
        let patterns = targets + excludes
        for address in addresses {
            var isTarget = targets.isEmpty
            var isExcluded = false
            for (index, pattern) in patterns.enumerated() where pattern.matches(address) {
                matched.insert(index)
                if index < targets.count { isTarget = true } else { isExcluded = true }
            }
            if isExcluded { excluded.insert(address) } else if isTarget { selected.insert(address) }
        }
        for (index, pattern) in patterns.enumerated() where !matched.contains(index) {
            let option = index < targets.count ? "--target" : "--exclude"
            diagnostics.append(globMatchesNothing(pattern, of: option, among: addresses))
        }
        if diagnostics.isEmpty, selected.isEmpty, !addresses.isEmpty { diagnostics.append(nothingIsLeft()) }
    }
}

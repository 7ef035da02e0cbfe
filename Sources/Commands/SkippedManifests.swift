import Diagnostics
import Manifests
import ProfileModel

/// Files beside the manifests that were not read, and that may describe managed profiles all the same.
///
/// Looked for only when a managed profile has no description any more, so this costs nothing otherwise.
struct SkippedManifests {
    let directory: String
    /// The names of the manifests that were read.
    let read: [String]

    private static let mostEntries = 20_000
    private static let mostFiles = 200
    private static let mostBytes: Int64 = 16 << 20
    private static let mostAddresses = 1_000

    /// Warnings about files whose text names one of the addresses.
    func warnings(_ patterns: [PathPattern], _ gone: [Address]) -> [Diagnostic] {
        var left = Self.mostEntries
        var names: Set<String> = []
        for root in Set(patterns.map(\.root)) where kindOfFile(resolvePath(root, in: directory)) == .directory {
            collect(root, into: &names, &left)
        }
        let known = Set(read)
        let candidates = names.subtracting(known).sorted().filter { name in
            ManifestFileName.original(of: name).map { !known.contains($0) } ?? true
        }
        let addresses = gone.sorted().prefix(Self.mostAddresses)
        return candidates.prefix(Self.mostFiles).compactMap { name in
            let described = addressesNamed(in: name, among: addresses)
            return described.isEmpty ? nil : skippedManifest(name, mayDescribe: described)
        }
    }

    private func addressesNamed(in name: String, among addresses: ArraySlice<Address>) -> [Address] {
        let path = resolvePath(name, in: directory)
        guard sizeOfFile(path).map({ $0 <= Self.mostBytes }) == true, let bytes = try? readFile(path) else { return [] }
        let text = ManifestText(bytes)
        return addresses.filter { text.describes($0) }
    }

    /// Files with nearly the name of a manifest, hidden ones too, but not those of version control and ours.
    private func collect(_ folder: String, into names: inout Set<String>, _ left: inout Int) {
        let path = resolvePath(folder, in: directory)
        for entry in (try? DirectoryNames(of: path).texts) ?? [] {
            guard left > 0 else { return }
            left -= 1
            let name = folder.isEmpty ? entry : folder.hasSuffix("/") ? folder + entry : "\(folder)/\(entry)"
            let place = resolvePath(name, in: directory)
            switch kindOfFile(place) {
            case .file where ManifestFileName.isNearly(entry): names.insert(name)
            case .directory where !isLink(place) && !Self.skipped.contains(entry): collect(name, into: &names, &left)
            case .file, .directory, .missing, .special: break
            }
        }
    }

    private static let skipped: Set<String> = [".git", ".hg", ".svn", ".profilectl", "node_modules"]
}

extension DesiredState {
    /// Those of the addresses that nothing in the manifests speaks of.
    func undescribed(of addresses: [Address]) -> [Address] {
        var spokenOf = Set(profiles.map(\.address))
        spokenOf.formUnion(moves.map(\.from))
        spokenOf.formUnion(removals.map(\.address))
        return addresses.filter { !spokenOf.contains($0) }
    }
}

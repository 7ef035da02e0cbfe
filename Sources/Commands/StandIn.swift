import Diagnostics

/// A file whose contents are somewhere else: what a program beside git left in its place.
enum StandIn {
    case lfsPointer
    case annexPointer
    case gitCrypt

    /// Nil for a file that is itself.
    init?(_ bytes: some Sequence<UInt8>) {
        if bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8)
            || bytes.starts(with: "version https://hawser.github.com/spec/".utf8)
        {
            self = .lfsPointer
        } else if bytes.starts(with: "/annex/objects/".utf8) {
            self = .annexPointer
        } else if bytes.starts(with: "\0GITCRYPT\0".utf8) {
            self = .gitCrypt
        } else {
            return nil
        }
    }

    /// - Parameter name: of the file, as messages show it.
    func diagnostic(_ name: String) -> Diagnostic {
        switch self {
        case .lfsPointer:
            Diagnostic(
                .fileStandsIn, "'\(name)' is a pointer of Git LFS, not the manifest itself",
                help: "`git lfs install` and `git lfs pull` get the contents")
        case .annexPointer:
            Diagnostic(
                .fileStandsIn, "'\(name)' is a pointer of git-annex, not the manifest itself",
                help: "`git annex get` gets the contents")
        case .gitCrypt:
            Diagnostic(
                .fileStandsIn, "'\(name)' is encrypted by git-crypt", help: "`git-crypt unlock` decrypts the clone")
        }
    }

    /// Ends the run where one of the files that git gave is no manifest.
    static func refuse(among sources: [SourceText]) throws(Stop) {
        let found = sources.compactMap { source in StandIn(source.bytes)?.diagnostic(source.name) }
        guard found.isEmpty else { throw Stop(found, code: .invalidInput) }
    }
}

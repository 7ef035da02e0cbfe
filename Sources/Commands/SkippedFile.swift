import Diagnostics
import Glibc

/// Something in a directory of manifests that cannot be read as one. Where a pattern takes it, that is an error:
/// what it was to describe would be missing.
struct SkippedFile {
    enum Reason {
        case special(SpecialKind)
        case nameIsNoText
        /// In the system's words.
        case unreachable(String)
    }

    /// As messages show it.
    var name: String
    var isDirectory = false
    var why: Reason

    /// What the system does not let us look at may be a directory as well.
    static func unreachable(_ name: String, _ number: Int32) -> SkippedFile {
        SkippedFile(name: name, isDirectory: number != ENOENT, why: .unreachable(errorText(number)))
    }

    var diagnostic: Diagnostic {
        switch why {
        case .special(let kind):
            Diagnostic(
                .notARegularFile, "'\(name)' is \(kind.words), not a regular file, so it was not read",
                help: "remove it or give it another name; a pipe that is meant is named on the command line")
        case .nameIsNoText:
            Diagnostic(
                .nameNotUTF8,
                "the name of the \(isDirectory ? "directory" : "file") '\(name)' is not UTF-8, so it was not read",
                help: "rename it; `convmv -f latin1 -t utf-8` does so for names of an older system")
        case .unreachable(let reason):
            Diagnostic(.unreadableFile, "cannot read '\(name)': \(reason)")
        }
    }
}

import Diagnostics
import Glibc

/// A file that `plan --out` or `snapshot --out` wrote.
enum SavedDocument {
    case plan, snapshot

    /// What the bytes are, going by members that no manifest has; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{"),
            bytes.contains(text: "\"format_version\"")
        else { return nil }
        if bytes.contains(text: "\"applyable\"") {
            self = .plan
        } else if bytes.contains(text: "\"answers\"") {
            self = .snapshot
        } else {
            return nil
        }
    }

    /// Writes a plan or a snapshot in place of an earlier one, and of nothing else. What is no regular file, as a pipe
    /// or a device, is written to and stays what it is.
    /// - Parameters:
    ///   - name: as the user wrote it.
    ///   - noun: what is saved, for messages.
    static func write(_ text: String, to path: String, as name: String, noun: String) throws(Stop) {
        if name == "-" {
            throw refusal(noun, name, "'-' names no file", help: "`--format json` writes to the standard output")
        }
        // The end of a link is what is written, and the link stays.
        let place = endOfLinks(path)
        do throws(FileFailure) {
            switch kindOfFile(path) {
            case .missing, .directory: try writeFile(place, Array(text.utf8), isPrivate: true)
            case .special: try writeInto(path, Array(text.utf8))
            case .file:
                let present = try readFile(path)
                guard present.isEmpty || SavedDocument(present) != nil else {
                    throw FileFailure(path: path, number: EEXIST)
                }
                try writeFile(place, Array(text.utf8), isPrivate: true)
            }
        } catch {
            guard error.isInTheWay else { throw refusal(noun, name, error.reason) }
            throw refusal(
                noun, name, "the file there is neither a plan nor a snapshot",
                help: "choose another name, or remove the file if nobody needs it")
        }
    }

    static func refusal(_ noun: String, _ name: String, _ reason: String, help: String? = nil) -> Stop {
        Stop(Diagnostic(.unwritableFile, "cannot save the \(noun) as '\(name)': \(reason)", help: help), code: .error)
    }
}

extension FileFailure {
    fileprivate var isInTheWay: Bool { number == EEXIST }
}

extension [UInt8] {
    fileprivate func contains(text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}

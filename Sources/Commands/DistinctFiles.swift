import Diagnostics
import Glibc

/// The files behind names. Several names can lead to one file: by symbolic links, by another spelling, by mounts.
/// It is read once then. A hard link is another matter: it looks like a file of its own to everybody who reads the
/// directory, and to git.
enum DistinctFiles {
    /// - Parameter names: sorted, as messages show them.
    /// - Returns: one name for each file, sorted, and what is wrong.
    static func find(_ names: [String], in directory: String) -> (names: [String], diagnostics: [Diagnostic]) {
        guard names.count > 1 else { return (names, []) }
        var files: [Identity: [File]] = [:]
        var firsts: [(name: String, identity: Identity?)] = []
        for name in names {
            let file = File(name, in: directory)
            if let identity = file.identity {
                if files[identity] == nil { firsts.append((name, identity)) }
                files[identity, default: []].append(file)
            } else {
                firsts.append((name, nil))
            }
        }
        guard firsts.count < names.count else { return (names, []) }
        var diagnostics: [Diagnostic] = []
        let kept = firsts.map { first in
            guard let identity = first.identity, let all = files[identity], all.count > 1 else { return first.name }
            let names = namesWithoutLinks(all)
            diagnostics += names.dropFirst().map { hardLink($0, to: names[0]) }
            return names.first ?? first.name
        }
        return (kept.sorted(), diagnostics)
    }

    private struct Identity: Hashable {
        var device: UInt64
        var number: UInt64
    }

    private struct File {
        var name: String
        var path: String
        var identity: Identity?
        var linkCount = 0

        init(_ name: String, in directory: String) {
            self.name = name
            path = resolvePath(name, in: directory)
            var facts = stat()
            guard stat(path, &facts) == 0 else { return }
            identity = Identity(device: UInt64(facts.st_dev), number: UInt64(facts.st_ino))
            linkCount = Int(facts.st_nlink)
        }
    }

    /// One name for each entry of a directory that leads to the file: the entry's own, where it is among them.
    /// All others only lead to these.
    private static func namesWithoutLinks(_ files: [File]) -> [String] {
        var names: [String: String] = [:]
        for file in files {
            let end = file.linkCount > 1 ? endOfLinks(file.path) : ""
            let isOwn = endOfLinks(file.path) == file.path
            if names[end] == nil || isOwn { names[end] = file.name }
        }
        return names.values.sorted()
    }

    private static func hardLink(_ name: String, to first: String) -> Diagnostic {
        Diagnostic(
            .sameFileTwice, "'\(name)' and '\(first)' are two names of one file (a hard link)",
            help: "remove one of the names, or let `manifests` match only one of them")
    }
}

import Glibc

/// Where repositories are, as far as files tell without git.
enum RepositoryPlaces {
    /// The directory with `.git` that a path lies in; the path itself need not exist.
    static func enclosing(_ path: String) -> String? {
        var place = Substring(resolvingLinks(path))
        while true {
            if hasRepository(place.isEmpty ? "/" : String(place)) { return place.isEmpty ? "/" : String(place) }
            guard let slash = place.lastIndex(of: "/") else { return nil }
            place = place[..<slash]
        }
    }

    /// As git sees it: a directory `.git` without a HEAD is none, a file `.git` always means one.
    static func hasRepository(_ directory: String) -> Bool {
        let place = directory == "/" ? "/.git" : "\(directory)/.git"
        switch kindOfFile(place) {
        case .missing: return isLink(place)
        case .file, .special: return true
        case .directory: return access(place, X_OK) != 0 || somethingIsAt(Array("\(place)/HEAD".utf8))
        }
    }

    /// Whether the files alone say that all of the working tree is there: neither a sparse checkout nor submodules.
    /// False where the repository cannot be looked at.
    static func isSurelyWhole(_ directory: String) -> Bool {
        guard kindOfFile("\(directory)/.gitmodules") == .missing, let place = gitDirectory(of: directory),
            kindOfFile("\(place)/HEAD") == .file
        else { return false }
        return kindOfFile("\(place)/info/sparse-checkout") == .missing
    }

    /// Whether somebody made a sparse checkout here; it may be disabled again.
    static func isSparse(_ directory: String) -> Bool {
        gitDirectory(of: directory).map { kindOfFile("\($0)/info/sparse-checkout") != .missing } ?? false
    }

    /// `.git`, or where the file `.git` of a linked working tree leads.
    private static func gitDirectory(of directory: String) -> String? {
        let place = "\(directory)/.git"
        switch kindOfFile(place) {
        case .directory: return place
        case .missing, .special: return nil
        case .file:
            guard let bytes = try? readFile(place) else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.hasPrefix("gitdir: ") else { return nil }
            return resolvePath(String(text.dropFirst(8).prefix { $0 != "\n" }), in: directory)
        }
    }
}

/// A path without links, as far as it exists.
func resolvingLinks(_ path: String) -> String {
    if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
    }
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return path }
    let parent = resolvingLinks(String(path[..<slash]))
    return (parent == "/" ? "" : parent) + path[slash...]
}

/// A file of a commit or of the index.
struct GitEntry {
    enum Kind { case file, link, submodule }

    var kind: Kind
    var id: String
    /// From the root of the working tree.
    var path: String
    /// The same as git has it: a path need not be UTF-8.
    var bytes: [UInt8]
    /// A sparse checkout leaves it out, or the user told git not to look at it (`skip-worktree`).
    var isSkipped = false

    /// `100644 blob 3b18e512dba79e4c8300dd08aeb37f8e728b8dad\tprofiles/riders.yaml`
    init?(treeLine line: ArraySlice<UInt8>) {
        guard let (facts, path) = Self.parts(of: line), facts.count == 3 else { return nil }
        self.init(mode: facts[0], id: facts[2], path)
    }

    /// `H 100644 3b18e512dba79e4c8300dd08aeb37f8e728b8dad 0\tprofiles/riders.yaml`
    init?(indexLine line: ArraySlice<UInt8>) {
        guard let (facts, path) = Self.parts(of: line), facts.count == 4 else { return nil }
        self.init(mode: facts[1], id: facts[2], path)
        isSkipped = facts[0] == "S"
    }

    private init(mode: Substring, id: Substring, _ bytes: ArraySlice<UInt8>) {
        kind = mode == "120000" ? .link : mode == "160000" ? .submodule : .file
        self.id = String(id)
        self.bytes = Array(bytes)
        path = String(decoding: bytes, as: UTF8.self)
    }

    private static func parts(of line: ArraySlice<UInt8>) -> (facts: [Substring], path: ArraySlice<UInt8>)? {
        guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        return (String(decoding: line[..<tab], as: UTF8.self).split(separator: " "), line[(tab + 1)...])
    }
}

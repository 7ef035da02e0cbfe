/// The name of a profile in a workspace, `source/type/name`. Never personal data: safe to print.
package struct Address: Sendable, Hashable, Comparable {
    package var source: String
    package var type: String
    package var name: String

    package init(source: String, type: String, name: String) {
        self.source = source
        self.type = type
        self.name = name
    }

    package static func == (a: Address, b: Address) -> Bool {
        a.name.isExactly(b.name) && a.type.isExactly(b.type) && a.source.isExactly(b.source)
    }

    package func hash(into hasher: inout Hasher) {
        source.hashExactly(into: &hasher)
        type.hashExactly(into: &hasher)
        name.hashExactly(into: &hasher)
    }

    package static func < (a: Address, b: Address) -> Bool {
        if !a.source.isExactly(b.source) { return a.source.precedes(b.source) }
        if !a.type.isExactly(b.type) { return a.type.precedes(b.type) }
        return a.name.precedes(b.name)
    }
}

extension Address: CustomStringConvertible {
    package var description: String { "\(source)/\(type)/\(name)" }
}

extension Address: LosslessStringConvertible {
    /// Nil unless the text has exactly three non-empty parts.
    package init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(source: String(parts[0]), type: String(parts[1]), name: String(parts[2]))
    }
}

/// Where in the manifests something was written. Line and column are counted from 1.
package struct Origin: Sendable, Hashable {
    package var file: String
    package var line: UInt32
    package var column: UInt32

    package init(file: String, line: UInt32, column: UInt32) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// Where in a file something was written: an `Origin` where the file goes without saying.
package struct Place: Sendable, Hashable {
    package var line: UInt32
    package var column: UInt32

    package init(line: UInt32, column: UInt32) {
        self.line = line
        self.column = column
    }
}

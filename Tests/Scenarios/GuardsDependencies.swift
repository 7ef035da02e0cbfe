import FoundationEssentials
import Testing

/// The walls between the rooms, read from `Package.swift` and from the imports themselves, because SwiftPM
/// builds an undeclared import of a sibling target without a word.
struct GuardsDependencies {
    /// From the base to the edge; a room may use the rows before its own.
    private static let rows: [[String]] = [
        ["CLibYAML", "Diagnostics"],
        ["YAMLSyntax", "ProfileModel", "WireFormat"],
        ["Manifests", "Planning", "Views"],
        ["ProfilesAPI", "Ledger", "Reconciler", "Sandbox"],
        ["Commands"],
    ]
    /// What a room may use of its own row.
    private static let arrows: [String: Set<String>] = [
        "WireFormat": ["ProfileModel"], "Views": ["Planning"], "Reconciler": ["ProfilesAPI", "Ledger"],
    ]
    private static let rooms = Set(rows.joined())

    @Test func everyRoomIsInTheTable() throws {
        #expect(Set(try declaredDependencies().keys).union(["CLibYAML"]) == Self.rooms)
    }

    @Test func theSandboxKnowsNothingButTheNouns() throws {
        let dependencies = try #require(try declaredDependencies()["Sandbox"])
        #expect(dependencies.intersection(Self.rooms) == ["ProfileModel"])
        #expect(try importedModules(in: "Sandbox").intersection(Self.rooms) == ["ProfileModel"])
    }

    @Test func clientAndLedgerKnowNothingButTheNouns() throws {
        for room in ["ProfilesAPI", "Ledger"] {
            let dependencies = try #require(try declaredDependencies()[room])
            #expect(dependencies.intersection(Self.rooms) == ["ProfileModel", "WireFormat"], "\(room)")
        }
    }

    @Test(arguments: rows.indices)
    func aRoomUsesLowerRowsAndItsArrows(_ row: Int) throws {
        let declared = try declaredDependencies()
        let lower = Set(Self.rows[..<row].joined())
        for room in Self.rows[row] where room != "CLibYAML" {
            let allowed = lower.union(Self.arrows[room] ?? [])
            let used = try #require(declared[room]).intersection(Self.rooms)
            #expect(used.isSubset(of: allowed), "\(room) declares \(used.subtracting(allowed))")
            let imported = try importedModules(in: room).intersection(Self.rooms)
            #expect(imported.isSubset(of: used), "\(room) imports \(imported.subtracting(used)) without saying so")
        }
    }

    @Test func baseNounsAndDecisionsReachNothingOutside() throws {
        let outside: Set = [
            "Foundation", "Glibc", "Darwin", "Musl", "Dispatch", "NIOCore", "NIOPosix", "AsyncHTTPClient", "GRDB",
            "Hummingbird", "Logging",
        ]
        for room in Self.rows[...2].joined() where room != "CLibYAML" {
            #expect(try importedModules(in: room).isDisjoint(with: outside), "\(room)")
        }
    }

    @Test func oneFileKnowsLibYAML() throws {
        let files = try Self.rooms.subtracting(["CLibYAML"]).flatMap { room in
            try sources(of: room).filter { importedModules(inText: $0.text).contains("CLibYAML") }.map(\.name)
        }
        #expect(files.count == 1, "\(files)")
    }

    /// By room, all names in quotes of its entry.
    private func declaredDependencies() throws -> [String: Set<String>] {
        let text = try read("\(packageRoot)/Package.swift")
        var declared: [String: Set<String>] = [:]
        for entry in text.components(between: " room(", and: ")") {
            let names = entry.split(separator: "\"", omittingEmptySubsequences: false)
                .enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
            guard let room = names.first else { continue }
            declared[room] = Set(names.dropFirst())
        }
        return declared
    }

    private func importedModules(in room: String) throws -> Set<String> {
        try sources(of: room).reduce(into: []) { $0.formUnion(importedModules(inText: $1.text)) }
    }

    private func importedModules(inText text: String) -> Set<String> {
        let modifiers: Set<Substring> = ["package", "internal", "private", "fileprivate", "public", "@testable"]
        return text.split(separator: "\n").reduce(into: []) { modules, line in
            let words = line.split(separator: " ").drop { modifiers.contains($0) }
            guard words.first == "import", let name = words.last else { return }
            modules.insert(String(name.prefix { $0 != "." }))
        }
    }

    private func sources(of room: String) throws -> [(name: String, text: String)] {
        let folder = "\(packageRoot)/Sources/\(room)"
        return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
            .map { ("\(room)/\($0)", try read("\(folder)/\($0)")) }
    }

    private func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}

private let packageRoot = String(#filePath.dropLast("/Tests/Scenarios/GuardsDependencies.swift".count))

extension String {
    fileprivate func components(between start: String, and end: Character) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let found = rest.firstRange(of: start) {
            let part = rest[found.upperBound...].prefix { $0 != end }
            parts.append(part)
            rest = rest[part.endIndex...]
        }
        return parts
    }
}

import Diagnostics
import FoundationEssentials
import Testing

/// A scenario's file. What people write comes first, what a run recorded after a line that says so.
struct ScenarioFile: Sendable, Hashable {
    /// `area/name`.
    var name: String

    static let all: [ScenarioFile] = {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { ScenarioFile(name: String($0.dropLast(5))) }
            .sorted { $0.name < $1.name }
    }()

    private static let root = String(#filePath.prefix { _ in true }.dropLast("/ScenarioFile.swift".count))

    private var path: String { "\(ScenarioFile.root)/\(name).yaml" }

    func read() throws -> Scenario {
        guard let data = FileManager.default.contents(atPath: path) else { throw ScenarioFlaw("cannot be read") }
        return try Scenario(SourceText(name: "\(name).yaml", bytes: Array(data)))
    }

    /// Writes what a run brought in place of what was recorded before.
    func record(_ outcome: Outcome) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw ScenarioFlaw("cannot be read") }
        var lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        if let mark = lines.firstIndex(of: ScenarioFile.mark[...]) { lines.removeSubrange(mark...) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        lines.append(ScenarioFile.mark[...])
        var text = lines.joined(separator: "\n") + "\n"
        for part in Outcome.parts {
            guard let value = outcome[keyPath: part.path] else { continue }
            text += "\(part.key): \(block(value))\n"
        }
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private static let mark = "# ---- recorded: a change below this line is a change of behaviour ----"

    /// A literal block, whose indentation is told because texts begin with spaces.
    private func block(_ value: String) -> String {
        guard !value.isEmpty else { return "\"\"" }
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return "|2\n" + lines.map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    }
}

extension ScenarioFile: CustomTestStringConvertible {
    var testDescription: String { name }
}

import Diagnostics
import Foundation
import Manifests
import ProfileModel
import Testing

/// The directories under `examples/` are what newcomers copy: they hold no problem of any kind.
@Suite struct ExamplesTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func source(_ path: String) throws -> SourceText {
        SourceText(name: path, bytes: Array(try Data(contentsOf: Self.root.appending(path: path))))
    }

    /// The profiles of an example as its environments have them.
    private func profiles(of example: String, in environmentName: String) throws -> [DesiredProfile] {
        let directory = "examples/\(example)"
        let (read, problems) = readWorkspace(try source("\(directory)/profilectl.yaml"))
        #expect(problems == [])
        let workspace = try #require(read)
        let environment = try workspace.environment(named: environmentName, fromVariable: nil).get()
        var diagnostics: [Diagnostic] = []
        let variables = environment.variables(environment: [:])
        let patterns = workspace.manifestPatterns(for: environment, variables, reporting: &diagnostics)
        #expect(diagnostics == [])
        let names = try #require(
            FileManager.default.enumerator(atPath: Self.root.appending(path: directory).path(percentEncoded: false)))
        let paths = names.compactMap { $0 as? String }.filter { path in
            path.hasSuffix(".yaml") && patterns.contains { $0.matches(path) }
        }
        let files = try paths.sorted().map { path in
            decodeManifest(
                try source("\(directory)/\(path)"), variables: variables, settings: workspace.manifestSettings)
        }
        let (state, found) = combine(files, settings: workspace.manifestSettings)
        #expect(found == [])
        return state.profiles
    }

    @Test(arguments: ["local", "staging"])
    func coolbikesHasNoProblem(environment: String) throws {
        let all = try profiles(of: "coolbikes", in: environment)
        #expect(all.count == 12)
        #expect(Set(all.map(\.address.source)) == ["company", "coolbikes", "mywebsite"])
        #expect(Set(all.map(\.address.type)) == ["contact", "member", "rider", "visitor"])
        let jane = all.filter { $0.identifiers.contains { $0.value == "jane.smith@example.com" } }
        #expect(jane.count == 3)
        let rider = try #require(jane.first { $0.address.source == "coolbikes" })
        #expect(rider.key == Identifier(type: "external_id", value: "0987654321"))
        #expect(rider.attributes["tier"] == "silver")
        // On a fresh account no user exists yet.
        #expect(all.allSatisfy { $0.userID == nil })
    }

    @Test(arguments: ["local", "qa"])
    func fixturesHaveNoProblem(environment: String) throws {
        let all = try profiles(of: "fixtures", in: environment)
        #expect(all.count == 6)
        #expect(all.contains { $0.name == "Costs ${amount}" })
        #expect(all.filter { $0.key.value == "happy+local@qa.coolbikes.example" }.count == 2)
    }
}

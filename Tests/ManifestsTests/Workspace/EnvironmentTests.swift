import Diagnostics
import Manifests
import Testing

@Suite struct EnvironmentTests {
    private let workspace = Workspace(
        environments: ["local", "staging"].map { Environment(name: $0, service: .sandbox(dataFile: nil)) })

    private func choice(
        _ name: String?, _ variable: String?, default defaultName: String? = nil
    ) -> Result<String, Diagnostic> {
        var workspace = workspace
        workspace.defaultEnvironment = defaultName
        return workspace.environment(named: name, fromVariable: variable).map(\.name)
    }

    @Test func theFlagWinsThenTheVariableThenTheDefault() throws {
        #expect(try choice("staging", "local", default: "local").get() == "staging")
        #expect(try choice(nil, "staging", default: "local").get() == "staging")
        #expect(try choice(nil, nil, default: "staging").get() == "staging")
        #expect(try choice(nil, "", default: "staging").get() == "staging")
    }

    @Test func theOnlyOneNeedsNoName() throws {
        var workspace = workspace
        workspace.environments.removeLast()
        #expect(try workspace.environment(named: nil, fromVariable: nil).get().name == "local")
    }

    @Test func severalNeedAChoice() {
        guard case .failure(let problem) = choice(nil, nil) else {
            Issue.record("chosen without a reason")
            return
        }
        #expect(problem.code == .noEnvironment)
        #expect(problem.help?.contains("local, staging") == true)
    }

    @Test func anUnknownOneIsNamedWithTheNearest() {
        guard case .failure(let problem) = choice("stagin", nil) else {
            Issue.record("chosen without a reason")
            return
        }
        #expect(problem.code == .unknownEnvironment)
        #expect(problem.help == "did you mean \"staging\"? environments: local, staging")
    }

    @Test func variablesAreResolvedWhenTheEnvironmentIsUsed() {
        let text = """
            version: 1
            environments:
              e:
                url: "https://${env:SUBDOMAIN}.zendesk.com/"
                auth: {bearer: "${env:TOKEN}"}
                vars: {domain: "qa.${env:COMPANY}", run: "${env:RUN}"}
            """
        let (workspace, problems) = readWorkspace(SourceText(name: "profilectl.yaml", text: text))
        #expect(problems == [])
        guard let environment = workspace?.environments.first else { return }

        var diagnostics: [Diagnostic] = []
        let good = environment.variables(
            environment: ["COMPANY": "acme.example", "SUBDOMAIN": "acme"], overrides: ["run": "7"])
        #expect(good.values == ["domain": "qa.acme.example", "run": "7"])
        #expect(environment.serviceURL(good, reporting: &diagnostics) == "https://acme.zendesk.com")
        #expect(diagnostics == [])

        let bad = environment.variables(environment: ["SUBDOMAIN": "evil.com/"])
        #expect(environment.serviceURL(bad, reporting: &diagnostics) == nil)
        #expect(diagnostics.map(\.code) == [.badURL])
        let missing = bad.unresolved["domain"]?.first
        #expect(missing?.code == .missingVariable)
        #expect(missing?.location?.range.start == SourcePosition(line: 6, column: 24))
        #expect(bad.unresolved.keys.sorted() == ["domain", "run"])
    }

    @Test func patternsOfAnEnvironmentReplaceThoseOfTheWorkspace() {
        let text = """
            version: 1
            manifests: [a]
            environments: {one: {sandbox: {}}, two: {sandbox: {}, manifests: ["b/${var:x}", "c["]}}
            """
        let workspace = readWorkspace(SourceText(name: "w", text: text)).0
        guard let workspace else { return }
        var diagnostics: [Diagnostic] = []
        let variables = Variables(values: ["x": "y"])
        func patterns(_ index: Int) -> [String] {
            workspace.manifestPatterns(for: workspace.environments[index], variables, reporting: &diagnostics).map(
                \.text)
        }
        #expect(patterns(0) == ["a"])
        #expect(patterns(1) == ["b/y"])
        #expect(diagnostics.map(\.code) == [.badPattern])
    }
}

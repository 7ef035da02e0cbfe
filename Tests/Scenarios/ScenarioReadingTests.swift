import Diagnostics
import Testing

/// A scenario that is misread proves nothing, so nothing in its file is passed over.
struct ScenarioReadingTests {
    @Test(arguments: [
        "story: s\nmanifest: m\nsurprise: x\n",
        "story: s\n",
        "manifest: m\n",
        "story: s\nmanifest: m\npolicy: {allow_deletes: true}\n",
        "story: s\nmanifest: m\nlive: {user: []}\n",
        "story: s\nmanifest: m\nledger: {jane: {id: x}}\n",
        "story: s\nmanifest: m\noutside: POST\n",
        "story: s\nmanifest: m\n---\nstory: s\nmanifest: m\n",
        "story: s\nstory: t\nmanifest: m\n",
    ])
    func aMistakeInAScenarioIsAnError(_ text: String) {
        #expect(throws: ScenarioFlaw.self) { try Scenario(SourceText(name: "scenario.yaml", text: text)) }
    }

    @Test func aSwitchThatDoesNotExistIsAnError() throws {
        let text = "story: s\nmanifest: m\nswitches: {patch_nul: ignores}\n"
        let scenario = try Scenario(SourceText(name: "scenario.yaml", text: text))
        #expect(throws: (any Error).self) { try ScenarioRun(scenario) }
    }
}

import Commands
import Diagnostics
import Testing

@Suite struct ExplainCommandTests {
    @Test(arguments: DiagnosticCode.allCases)
    func everyCodeHasAPage(code: DiagnosticCode) async throws {
        let bench = try Bench()
        let page = await bench.run("explain", code.rawValue)
        #expect(page.code == .done)
        #expect(page.errors.isEmpty)
        #expect(page.output.contains(code.rawValue))
        #expect(page.output.hasSuffix("\n"))
        #expect(page.output.split(separator: " ").count > 15, "says what it means and what to do")
        #expect(await bench.run("explain", code.rawValue.lowercased()).output == page.output)
    }

    @Test func withoutATopicAllCodesAreListed() async throws {
        let list = try await Bench().run("explain")
        #expect(list.code == .done)
        let codes = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(codes == DiagnosticCode.allCases.map(\.rawValue))
    }

    @Test func anUnknownCodeIsUsage() async throws {
        let page = try await Bench().run("explain", "PM999")
        #expect(page.code == .usage)
        #expect(page.output.isEmpty)
        #expect(page.errors.contains("PM999"))
    }
}

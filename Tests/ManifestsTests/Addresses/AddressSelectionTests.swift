import Diagnostics
import ProfileModel
import Testing

@testable import Manifests

@Suite struct AddressSelectionTests {
    private let addresses = Set(
        ["coolbikes/rider/jane-smith", "coolbikes/rider/walter", "company/contact/jane-smith", "company/contact/.x"]
            .compactMap { Address($0) })

    private func selection(_ targets: [String] = [], _ excludes: [String] = []) throws -> AddressSelection {
        AddressSelection(
            targets: try targets.map { try #require(AddressPattern($0)) },
            excludes: try excludes.map { try #require(AddressPattern($0)) }, among: addresses)
    }

    @Test(arguments: [
        ("coolbikes/rider/*", 2), ("*/*/jane-*", 2), ("**", 4), ("**/walter", 1), ("company/**", 2), ("*/*/*", 4),
        ("coolbikes/rider/walter", 1), ("c*/[rx]ider/?alter", 1), ("*/contact/.x", 1), ("company/contact/*", 2),
        (#"coolbikes/rider/w\alter"#, 1),
    ])
    func globsChoose(glob: String, count: Int) throws {
        let selection = try selection([glob])
        #expect(selection.selected.count == count)
        #expect(selection.diagnostics.isEmpty)
    }

    @Test func severalAddUpAndExcludesTakeAway() throws {
        let selection = try selection(["coolbikes/**", "company/**"], ["*/*/jane-smith"])
        #expect(selection.selected.map(\.name).sorted() == [".x", "walter"])
        #expect(selection.excluded.map(\.source).sorted() == ["company", "coolbikes"])
        #expect(try self.selection([], ["company/**"]).selected.count == 2)
    }

    @Test(arguments: [
        ("coolbike/rider/*", "coolbikes/rider/*"), ("coolbikes/rider/jane-smiht", "coolbikes/rider/jane-smith"),
        ("coolbikes", "coolbikes/**"), ("coolbikes/rider", "coolbikes/rider/**"), ("walter", "**/walter"),
        ("rider", "**/rider/**"), ("coolbikes/ridr/wal*", "coolbikes/rider/wal*"),
    ])
    func aGlobThatMatchesNothingIsAnError(glob: String, meant: String) throws {
        for selection in [try selection([glob, "**"]), try selection(["**"], [glob])] {
            #expect(selection.diagnostics.map(\.code) == [.nothingInScope])
            #expect(selection.diagnostics[0].message.contains(glob))
            #expect(selection.diagnostics[0].help == "did you mean \"\(meant)\"?")
        }
    }

    @Test func whereNothingIsNearTheFormIsTold() throws {
        let help = try selection(["zzz/*/*"]).diagnostics.first?.help
        #expect(help?.contains("company/contact/.x") == true)
    }

    @Test func nothingLeftIsAnError() throws {
        #expect(try selection(["*/*/walter"], ["coolbikes/**"]).diagnostics.map(\.code) == [.nothingInScope])
    }

    @Test(arguments: ["", "/", "a//b", "coolbikes/", "a/[b", "a/b\\", "[z-a]/b/c"])
    func whatIsNoGlob(text: String) {
        #expect(AddressPattern(text) == nil)
    }
}

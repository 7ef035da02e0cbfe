import ProfileModel
import Testing

@testable import Ledger

struct KeptFormsTests {
    private let forms = KeptForms([
        KeptForms.Form(.name, sent: " Jane", kept: "Jane"),
        KeptForms.Form(.identifier(type: ExactText("badge")), sent: "e\u{301}", kept: "\u{E9}"),
        KeptForms.Form(
            .attribute(path: [ExactText("o"), ExactText("e\u{301}")], keptKey: ExactText("\u{E9}")), sent: .null,
            kept: nil, isOverwritten: true),
    ])

    @Test func `the ledger keeps the forms of values`() throws {
        let directory = try TemporaryDirectory()
        let ledger = try LedgerFile.open(directory.file())
        var jane = entry("jane")
        jane.kept = forms
        try ledger.update([.put(jane), .put(entry("walter"))], at: moment(0))
        #expect(try ledger.entry(for: address("jane")) == jane)
        #expect(try ledger.entries().last?.kept.isEmpty == true)
        #expect(try ledger.entry(for: address("jane"))?.kept.forms[1].kept == "\u{E9}")
    }

    @Test func `the journal keeps the forms of values`() throws {
        var jane = entry("jane")
        jane.kept = forms
        #expect(try LedgerEntry(json: jane.json) == jane)
        #expect(try LedgerChange(json: LedgerChange.put(jane).json) == .put(jane))
    }
}

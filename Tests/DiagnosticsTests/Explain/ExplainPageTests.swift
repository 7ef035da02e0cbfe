import Diagnostics
import Testing

@Suite struct ExplainPageTests {
    @Test(arguments: DiagnosticCode.allCases)
    func everyCodeHasAPageThatSaysSomething(code: DiagnosticCode) {
        let page = code.page
        #expect(page.title.count > 10 && page.title.count < 60)
        #expect(page.title.last != ".")
        #expect(page.meaning.count > 40 && page.meaning.hasSuffix("."))
        #expect(page.example.text.count > 15)
    }

    @Test(arguments: DiagnosticCode.allCases)
    func everyPageHasAWayOut(code: DiagnosticCode) {
        #expect(code.page.fix.count > 15 && code.page.fix.hasSuffix("."))
    }

    @Test func noTwoPagesAreAlike() {
        let pages = DiagnosticCode.allCases.map(\.page)
        #expect(Set(pages.map(\.title)).count == pages.count)
        #expect(Set(pages.map(\.meaning)).count == pages.count)
        #expect(Set(pages.map(\.example)).count == pages.count)
    }

    @Test func codesHaveTheFormThatScriptsRelyOn() {
        for code in DiagnosticCode.allCases {
            #expect(code.rawValue.wholeMatch(of: /PM[0-5][0-9][0-9]/) != nil, "\(code)")
        }
    }
}

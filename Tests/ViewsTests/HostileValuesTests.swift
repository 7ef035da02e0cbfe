import Diagnostics
import Planning
import Testing
import Views
import WireFormat

/// Every form of output, fed with values that try to break out of it in every field.
@Suite struct HostileValuesTests {
    static let seeds = Array(UInt64(1)...30)

    private func hidden(in text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0 != "\n" && Escaping.isHidden($0) }
    }

    private func source(_ name: String) -> SourceText? {
        SourceText(name: name, text: RandomPlan.texts.joined(separator: "\n"))
    }

    @Test(arguments: seeds)
    func `no text for people carries a hidden character`(seed: UInt64) {
        var random = RandomPlan(seed: seed)
        let plan = random.plan()
        let (profile, entry, report) = (random.profile(), random.entry(), random.report())
        for style in [TextStyle.plain, TextStyle(color: false, width: 40)] {
            var texts = PlanDetail.allCases.map { PlanText.render(plan, style: style, detail: $0, sources: source) }
            texts.append(DiagnosticsText.render(plan.diagnostics, style: style, sources: source))
            texts.append(ApplyText.report(report, style: style))
            texts += report.lines.compactMap {
                ApplyText.line(for: .finished($0.step, $0.outcome), style: style, verbose: true)
            }
            texts.append(ProfilesText.render([profile], style: style))
            texts.append(LedgerText.list([entry], style: style))
            texts.append(LedgerText.entry(entry, style: style))
            for text in texts { #expect(hidden(in: text) == [], "seed \(seed): \(text)") }
        }
    }

    @Test(arguments: seeds)
    func `every machine format parses, a line for each object`(seed: UInt64) throws {
        var random = RandomPlan(seed: seed)
        let plan = random.plan()
        let (profile, entry, report) = (random.profile(), random.entry(), random.report())
        var documents = [
            PlanJSON.render(plan, version: "1"), DiagnosticsJSON.render(plan.diagnostics, sources: source),
            ProfilesJSON.render([profile]), LedgerJSON.list([entry]), LedgerJSON.entry(entry),
        ]
        let now = Fixtures.noon
        var events = [ApplyEventsJSON.version("1", at: now), ApplyEventsJSON.planned(plan, at: now)]
        events += plan.diagnostics.map { ApplyEventsJSON.diagnostic($0, at: now) }
        events += report.lines.map { ApplyEventsJSON.line(for: .finished($0.step, $0.outcome), at: now) }
        events.append(ApplyEventsJSON.line(for: .summary(report), at: now))
        documents += events.joined().split(separator: "\n").map { $0 + "\n" }
        for document in documents {
            #expect(document.count { $0 == "\n" } == 1)
            #expect(hidden(in: document) == [], "seed \(seed)")
            _ = try readJSON(Array(document.utf8))
        }
        #expect(try readJSON(PlanJSON.render(plan, version: "1", pretty: true)) == readJSON(documents[0]))
    }

    @Test(arguments: seeds)
    func `a narrow terminal wraps and loses no visible character`(seed: UInt64) {
        var random = RandomPlan(seed: seed)
        let plan = random.plan()
        let wide = PlanText.render(plan, style: .plain, detail: .full)
        let narrow = PlanText.render(plan, style: TextStyle(color: false, width: 30), detail: .full)
        #expect(narrow.filter { !$0.isWhitespace } == wide.filter { !$0.isWhitespace }, "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `colours change nothing but colours`(seed: UInt64) {
        var random = RandomPlan(seed: seed)
        let plan = random.plan()
        for width in [nil, 50] {
            let plain = PlanText.render(plan, style: TextStyle(color: false, width: width))
            let colored = PlanText.render(plan, style: TextStyle(color: true, width: width))
            let lines = withoutColors(colored).split(separator: "\n", omittingEmptySubsequences: false)
            let plainLines = plain.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == plainLines.count, "seed \(seed)")
            for (line, plainLine) in zip(lines, plainLines) { #expect(line == plainLine, "seed \(seed)") }
        }
    }

    private func withoutColors(_ text: String) -> String {
        text.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated()
            .map { $0 == 0 ? String($1) : String($1.drop { $0 != "m" }.dropFirst()) }.joined()
    }
}

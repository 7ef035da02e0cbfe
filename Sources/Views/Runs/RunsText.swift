import Planning
package import ProfileModel
import WireFormat

/// Runs for people.
package enum RunsText {
    /// One line for each run, as they come.
    package static func list(_ runs: [RecordedRun], style: TextStyle) -> String {
        guard !runs.isEmpty else { return style.line("No run yet: nothing was applied with this ledger.") }
        let rows = runs.map { Row($0) }
        let widths = (0..<3).map { column in rows.reduce(0) { max($0, $1.cells[column].width) } }
        return rows.map { row in
            let cells = zip(row.cells, widths).map { $0.padded(to: $1) }
            return style.line(.joined(cells + [row.rest], by: "  "), hang: 4)
        }.joined()
    }

    /// A run with its steps, in their order.
    package static func run(_ run: RecordedRun, _ steps: [RecordedStep], style: TextStyle) -> String {
        var text = style.line("\("run", .bold) \(bare: run.id) · environment \(bare: run.environment)", hang: 2)
        text += style.line("started \(run.startedAt.wholeSeconds) \(.source(run)), \(.duration(run))", hang: 2)
        if let undone = run.undoes { text += style.line("rolled back run \(bare: undone)", hang: 2) }
        text += "\n"
        for step in steps { text += style.line(line(step), hang: 7) }
        return text + (steps.isEmpty ? "" : "\n") + style.line(.counts(run) + ".", hang: 2)
    }

    private static func line(_ step: RecordedStep) -> SafeText {
        let number = String(step.number)
        let symbol = step.action.flatMap(Step.Action.init).map { SafeText.symbol($0) } ?? "?"
        let head = SafeText.spaces(3 - number.utf8.count) + "\(number)  " + symbol + " \(step.address, .bold)  "
        guard let detail = step.detail, !detail.isEmpty else { return head + .ending(step.ending) }
        return head + .ending(step.ending) + ": \(detail)"
    }

    private struct Row {
        var cells: [SafeText]
        var rest: SafeText

        init(_ run: RecordedRun) {
            cells = ["\(bare: run.id, .bold)", "\(bare: run.environment)", .duration(run)]
            rest = .counts(run) + "  " + .source(run).inked(.dim)
            if let undone = run.undoes { rest += "  rolled back \(bare: undone)" }
        }
    }
}

extension SafeText {
    fileprivate static func duration(_ run: RecordedRun) -> SafeText {
        switch run.ending {
        case .ended(let end): "took \(spanWords(from: run.startedAt, to: end))"
        case .underWay: "\("under way", .cyan)"
        case .cutOff: "\("cut off", .boldRed)"
        }
    }

    fileprivate static func source(_ run: RecordedRun) -> SafeText {
        var words: SafeText = run.startedBy.map { "by \($0)" } ?? "by somebody"
        if let url = run.ciURL { words += " \(bare: url)" }
        return words
    }

    /// Only what there is: `11 done, 1 failed (12 planned)`.
    fileprivate static func counts(_ run: RecordedRun) -> SafeText {
        let parts = RecordedStep.Ending.allCases.compactMap { ending -> SafeText? in
            run.counts[ending].map { "\($0) " + .ending(ending) }
        }
        return parts.isEmpty ? "nothing recorded" : .joined(parts, by: ", ") + " (\(run.planned) planned)"
    }

    fileprivate static func ending(_ ending: RecordedStep.Ending) -> SafeText {
        switch ending {
        case .done: "\("done", .green)"
        case .failed: "\("failed", .boldRed)"
        case .stale: "\("stale", .boldYellow)"
        case .unknown: "\("unknown", .boldRed)"
        case .notAttempted: "\("not attempted", .yellow)"
        case .inFlight: "\("in flight", .boldRed)"
        case .notReached: "\("not reached", .yellow)"
        }
    }
}

import Commands
import FoundationEssentials
import Testing

@Suite struct ExitCodeTests {
    @Test func theNumbersAreFixed() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 64, 65, 130])
    }

    @Test func whenSeveralApplyTheFirstOfAFixedOrderWins() {
        #expect(ExitCode.precedence.map(\.rawValue) == [65, 64, 130, 8, 7, 5, 6, 4, 1, 3, 2, 0])
        for (index, winner) in ExitCode.precedence.enumerated() {
            for loser in ExitCode.precedence[index...] {
                #expect(ExitCode.first(of: [loser, winner]) == winner)
                #expect(ExitCode.first(of: [winner, loser, loser]) == winner)
            }
        }
        #expect(ExitCode.first(of: []) == .done)
    }

    @Test func everyCodeHasAPlaceInTheOrder() {
        #expect(Set(ExitCode.precedence) == Set(ExitCode.allCases))
        #expect(ExitCode.precedence.count == ExitCode.allCases.count)
    }

    @Test func theReadmeHasTheTableThatIsExplained() async throws {
        let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "README.md")
        let text = String(decoding: try Data(contentsOf: readme), as: UTF8.self)
        let section = try #require(text.components(between: "## Exit codes", and: "## "))
        let rows = section.split(separator: "\n").compactMap { line -> String? in
            let cells = line.split(separator: "|").map { $0.trimmed }
            guard cells.count == 2, let number = Int32(cells[0]) else { return nil }
            return "\(number) \(cells[1].filter { $0 != "`" })"
        }
        #expect(rows == ExitCode.allCases.map { "\($0.rawValue) \($0.meaning)" })
        let order = "the first of \(ExitCode.precedence.map { String($0.rawValue) }.joined(separator: ", ")) wins"
        #expect(section.contains(order))

        let page = try await Bench().run("explain", "exit-codes")
        #expect(page.code == .done)
        for code in ExitCode.allCases {
            #expect(page.output.contains(" \(code.rawValue)  \(code.meaning)\n"))
        }
        #expect(page.output.contains(order))
    }
}

extension String {
    fileprivate func components(between start: String, and end: String) -> Substring? {
        guard let head = firstRange(of: start) else { return nil }
        let rest = self[head.upperBound...]
        return rest.firstRange(of: end).map { rest[..<$0.lowerBound] } ?? rest
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

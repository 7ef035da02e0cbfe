import Foundation
import Ledger
import Testing

/// A question is answered by what is typed when it is there.
@Suite struct TypedAheadTests {
    private let binary: BuiltBinary

    init() throws {
        binary = try BuiltBinary()
        try binary.write(manifest, to: "riders.yaml")
    }

    private func answering(_ answer: String, _ arguments: String...) async throws -> BuiltBinary.Result {
        let run = try RunningBinary(binary, arguments, typedAhead: "yes\n")
        try await RunningBinary.follow(.init(when: { run.hasSaid("to continue:") }) { run.type(answer) })
        return await run.end()
    }

    private func runs() throws -> [String] {
        try LedgerFile.open(binary.directory.appending(path: ".profilectl/local.sqlite").path).runs().map(\.id)
    }

    @Test func `a yes from before the question approves nothing`() async throws {
        defer { binary.remove() }
        let refused = try await answering("no\n", "apply", "riders.yaml")
        #expect(refused.status == 1, "\(refused.output)")
        #expect(refused.errors.contains("Nothing was changed."))
        #expect(!FileManager.default.fileExists(atPath: binary.directory.appending(path: ".profilectl").path))

        #expect(try await answering("yes\n", "apply", "riders.yaml").status == 0)
        let run = try #require(try runs().first)
        let kept = try await answering("no\n", "rollback", run, "--allow-delete", "--allow-delete-all")
        #expect(kept.status == 1, "\(kept.output)")
        #expect(try runs() == [run])
    }
}

import Foundation
import Testing

/// The lines of `plan --detail full`, run by a real shell with a real curl.
@Suite struct CurlTests {
    private static let curl = ["/usr/bin/curl", "/bin/curl"].first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(.enabled(if: curl != nil, "curl is not installed"))
    func theLinesDoWhatApplyDoes() async throws {
        let (applied, called) = (try Account(), try Account())
        defer {
            applied.remove()
            called.remove()
        }
        for account in [applied, called] {
            try account.binary.write(Self.before, to: "riders.yaml")
            #expect(try await account.binary.run("apply", "--auto-approve").status == 0)
            try account.binary.write(Self.after, to: "riders.yaml")
        }

        #expect(try await applied.binary.run("apply", "--auto-approve", "--allow-delete").status == 0)
        let plan = try await called.binary.run("plan", "--detail", "full", "--allow-delete")
        let lines = plan.output.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("curl ") }
        #expect(lines.count == 4, "\(plan.output)")
        #expect(!plan.output.contains("good"), "the token is never shown")
        for line in lines {
            #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
            let answer = try await called.shell(line + " -sS -o /dev/null -w '%{http_code}'")
            #expect(answer.hasPrefix("20"), "\(answer): \(line)")
        }

        for query in Self.queries {
            let mine = try await called.profile(query)
            #expect(try await applied.profile(query) == mine, "\(query)")
            #expect(mine.contains("\"attributes\""))
        }
        let again = try await called.binary.run("plan", "--format", "json", "--allow-delete")
        #expect(again.output.contains("\"writes\":[]"), "only the ledger is behind: \(again.output)")
    }

    @Test func withoutRealValuesThereIsNothingToRun() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(Self.before, to: "riders.yaml")
        let plain = try await binary.run("plan", "riders.yaml", "--detail", "full")
        #expect(plain.output.contains("curl -X PUT 'http://127.0.0.1:8787/api/v2/user_profiles?identifier=it%27s"))
        #expect(plain.output.contains("profilectl sandbox serve --port 8787 --data '"))
        let redacted = try await binary.run("plan", "riders.yaml", "--detail", "full", "--redact", "always")
        #expect(!redacted.output.contains("curl -X"))
        #expect(redacted.output.contains("No curl lines, because the values above are stand-ins"))
    }

    private static let queries = [
        "it's:rider:ext:a'b c+d&e=f#g%41:h", "it's:rider:ext:two", "it's:rider:ext:four",
    ]

    private static let before = #"""
        version: 1
        defaults: {source: "it's", type: rider}
        profiles:
          one: {name: "One", identifiers: {ext: "a'b c+d&e=f#g%41:h"}, attributes: {keep: "it's"}}
          two: {name: "Two", identifiers: {ext: two, badge: [old]}}
          three: {name: "Three", identifiers: {ext: three}}

        """#

    private static let after = #"""
        version: 1
        defaults: {source: "it's", type: rider}
        profiles:
          one:
            name: "'; rm -rf \"$HOME\" `id` $(id) !! \\ \\\\'"
            identifiers: {ext: "a'b c+d&e=f#g%41:h", email: "o'neil@example.com"}
            attributes:
              keep: "it's"
              lines: "a\nb\r\n\tc"
              escapes: "\e[31mred\a\b\x7f\0"
              letters: "Zo\xEB Zoe\u0308 \U0001F600 \u202E \u2028"
              "'$key`": "@file"
              number: 12345678901234567890
          two: {name: "Two", identifiers: {ext: two, badge: ["n'ew"]}}
          four: {name: "-x", identifiers: {ext: four}}

        """#
}

/// A served account with a workspace of its own.
private struct Account {
    let binary: BuiltBinary
    private let sandbox: ServedSandbox

    init() throws {
        binary = try BuiltBinary()
        sandbox = try ServedSandbox(binary, "--auth", "bearer:good")
        try binary.write(workspace(url: sandbox.url), to: "profilectl.yaml")
    }

    func remove() {
        _ = sandbox.stop()
        binary.remove()
    }

    func shell(_ command: String) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = binary.directory
        process.environment = ["PATH": "/usr/bin:/bin", "ZENDESK_OAUTH_TOKEN": "good"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Without what differs from account to account.
    func profile(_ query: String) async throws -> String {
        let answer = try await binary.run("get", query, "--format", "json")
        #expect(answer.status == 0, "\(answer.errors)")
        return answer.output.replacing(/"(id|user_id|created_at|updated_at)":"[^"]*",?/, with: "")
    }
}

import Foundation
import Testing

@Suite struct UsageTests {
    @Test(arguments: [
        ["--detailed-exitcod"], ["plan", "--detailed-exitcod"], ["plan", "--paralelism", "4"], ["aply"],
        ["plan", "--parallelism", "0"], ["plan", "--format", "yaml"], ["get"], ["get", "a:b"], ["explain", "PM999"],
        ["completions", "tcsh"], ["help", "nosuch"], ["help", "ledger", "nosuch"], ["ledger", "nosuch"],
        ["sandbox", "serve", "--switch", "no_such=thing"],
    ])
    func whatIsNotUnderstoodIsRefusedAndNothingHappens(arguments: [String]) async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        let result = try await binary.run(arguments)
        #expect(result.status == 64, "\(arguments)")
        #expect(result.output.isEmpty)
        #expect(!result.errors.isEmpty)
    }

    @Test func aMistypedFlagIsAnsweredWithTheRightOne() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        let result = try await binary.run("apply", "--auto-aprove")
        #expect(result.errors.contains("--auto-approve"))
    }

    @Test(arguments: [["plna"], ["help", "plna"]])
    func `a mistyped command is answered with the right one`(arguments: [String]) async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        #expect(try await binary.run(arguments).errors.contains("did you mean \"plan\"?"))
    }

    @Test func applyRefusesWithoutATerminalAndWithoutApproval() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(manifest, to: "riders.yaml")
        let result = try await binary.run("apply", "riders.yaml", input: "yes\n")
        #expect(result.status == 64)
        #expect(result.errors.contains("--auto-approve"))
        #expect(!FileManager.default.fileExists(atPath: binary.directory.appending(path: ".profilectl").path))
    }

    @Test func helpAndVersionGoToTheStandardOutput() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        for arguments in [["--help"], ["plan", "--help"], ["help", "apply"], ["version"], ["--version"], []] {
            let result = try await binary.run(arguments)
            #expect(result.status == 0, "\(arguments)")
            #expect(!result.output.isEmpty, "\(arguments)")
            #expect(result.errors.isEmpty, "\(arguments)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsArePrinted(shell: String) async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        let result = try await binary.run("completions", shell)
        #expect(result.status == 0)
        #expect(result.output.contains("profilectl"))
        #expect(result.output.contains("validate"))
    }

    @Test func everyListedCodeIsExplained() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        let codes = try await binary.run("explain").output.split(separator: "\n").compactMap {
            $0.split(separator: " ").first
        }
        #expect(codes.count > 40)
        for code in ["PM108", "pm502", "exit-codes"] {
            let page = try await binary.run("explain", code)
            #expect(page.status == 0)
            #expect(page.output.count > 100)
        }
    }
}

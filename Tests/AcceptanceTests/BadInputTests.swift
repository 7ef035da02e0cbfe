import Foundation
import Testing

/// Each thing that can be wrong has a message and an exit code of its own, and writes nothing.
@Suite struct BadInputTests {
    @Test func anUnreadableManifest() async throws {
        try await expect(65, "PM001") { binary in
            try binary.write(manifest, to: "riders.yaml")
            try FileManager.default.createDirectory(
                at: binary.directory.appending(path: "folder.yaml"), withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: binary.directory.appending(path: "linked.yaml").path, withDestinationPath: "/proc/self/mem")
            return ["plan", "linked.yaml"]
        }
    }

    @Test func aDirectoryWithNoManifests() async throws {
        try await expect(65, "PM105") { binary in
            try binary.write("nothing here", to: "profiles/notes.txt")
            return ["apply", "profiles", "--auto-approve"]
        }
    }

    @Test func noWorkspaceAndNoPath() async throws {
        try await expect(65, "profilectl init") { _ in ["plan"] }
    }

    @Test func anInvalidManifestTellsAllItsErrorsAtOnce() async throws {
        try await expect(65, "PM101", "PM109", "PM116", "riders.yaml:6:") { binary in
            try binary.write(
                """
                version: 1
                profiles:
                  a: {source: Zendesk, type: rider, identifiers: {email: a@example.com}}
                  b: {source: coolbikes, type: rider, identifiers: {}}
                  c:
                    atributes: {}
                    source: coolbikes
                    type: rider
                    identifiers: {email: c@example.com}

                """, to: "riders.yaml")
            return ["apply", "riders.yaml", "--auto-approve"]
        }
    }

    @Test func aWorkspaceFileWithAnUnknownKey() async throws {
        try await expect(65, "PM101", "environments") { binary in
            try binary.write("version: 1\nenviroments: {}\n", to: "profilectl.yaml")
            return ["plan"]
        }
    }

    @Test func anUnknownEnvironment() async throws {
        try await expect(65, "PM202", "served") { binary in
            try binary.write(workspace(url: "http://127.0.0.1:9"), to: "profilectl.yaml")
            return ["plan", "--env", "servd"]
        }
    }

    @Test func aNewerLedger() async throws {
        try await expect(1, "PM402") { binary in
            try binary.write(manifest, to: "riders.yaml")
            #expect(try await binary.run("apply", "riders.yaml", "--auto-approve").status == 0)
            try binary.setFormatVersion(ofSQLite: ".profilectl/local.sqlite", to: 9_999)
            return ["plan", "riders.yaml"]
        }
    }

    @Test func aLedgerThatIsNone() async throws {
        try await expect(1, "PM403") { binary in
            try binary.write(manifest, to: "riders.yaml")
            try binary.write(String(repeating: "not a database. ", count: 100), to: ".profilectl/local.sqlite")
            return ["plan", "riders.yaml"]
        }
    }

    @Test func anUnreachableHost() async throws {
        try await expect(1, "PM501", "127.0.0.1") { binary in
            try binary.write(manifest, to: "riders.yaml")
            try binary.write(workspace(url: "http://127.0.0.1:9"), to: "profilectl.yaml")
            return ["plan"]
        }
    }

    @Test func credentialsOverPlainHTTP() async throws {
        try await expect(65, "PM509") { binary in
            try binary.write(workspace(url: "http://acme.example"), to: "profilectl.yaml")
            return ["plan"]
        }
    }

    @Test func aMissingSecret() async throws {
        try await expect(65, "PM119", "SECRET_TOKEN") { binary in
            try binary.write(manifest, to: "riders.yaml")
            let text = workspace(url: "http://127.0.0.1:9").replacing("${env:TOKEN:-good}", with: "${env:SECRET_TOKEN}")
            try binary.write(text, to: "profilectl.yaml")
            return ["plan"]
        }
    }

    @Test(arguments: [
        ("--auth", "bearer:good", "bad", Int32(8), "PM502"),
        ("--auth", "bearer:good:end_user", "good", 8, "PM503"),
        ("--fault", "html", "good", 1, "PM504"),
        ("--fault", "truncated", "good", 1, "PM505"),
    ])
    func aServiceThatDoesNotAnswerAsItShould(
        option: String, value: String, token: String, code: Int32, diagnostic: String
    ) async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary, option, value)
        try binary.write(manifest, to: "riders.yaml")
        try binary.write(workspace(url: sandbox.url, token: token), to: "profilectl.yaml")
        for format in ["text", "json"] {
            let result = try await binary.run("plan", "--format", format)
            #expect(result.status == code)
            #expect((result.errors + result.output).contains(diagnostic))
            if format == "json" {
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(result.output.utf8)) }
            }
        }
        _ = sandbox.stop()
    }

    @Test func anApplyWhileAnotherHoldsTheLock() async throws {
        try await expect(7, "PM401") { binary in
            try binary.write(manifest, to: "riders.yaml")
            #expect(try await binary.run("apply", "riders.yaml", "--auto-approve").status == 0)
            try binary.write(manifest.replacing("silver", with: "gold"), to: "riders.yaml")
            try binary.holdLock(ofLedger: ".profilectl/local.sqlite")
            return ["apply", "riders.yaml", "--auto-approve"]
        }
    }

    @Test func aClosedStandardOutput() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(manifest, to: "riders.yaml")
        let process = binary.start(["plan", "riders.yaml"])
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try output.fileHandleForReading.close()
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 1)
    }

    /// Runs what `prepare` sets up and answers; the command fails with the code and says all the words, as text
    /// and, where the command has a machine format, as JSON; and it leaves every file as it was.
    private func expect(
        _ code: Int32, _ words: String..., prepare: (BuiltBinary) async throws -> [String]
    ) async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        let arguments = try await prepare(binary)
        let before = try binary.files()
        let result = try await binary.run(arguments)
        #expect(result.status == code, "\(result.errors)")
        for word in words { #expect(result.errors.contains(word), "\(word) in: \(result.errors)") }
        #expect(result.output.isEmpty)
        let machine = try await binary.run(arguments + ["--format", "json"])
        #expect(machine.status == code)
        for line in arguments[0] == "apply" ? machine.output.split(separator: "\n") : [Substring(machine.output)] {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
        #expect(try binary.files() == before)
    }
}

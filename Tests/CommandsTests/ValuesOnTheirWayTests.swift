import Glibc
import Testing

@testable import Commands

/// What a user gives is what is used, or it is said that it is not.
@Suite struct ValuesOnTheirWayTests {
    private let latin1: [UInt8] = Array("WHO=Zo".utf8) + [0xEB]

    private func manifest(name: String) -> String {
        """
        version: 1
        profiles:
          jane:
            source: coolbikes
            type: rider
            name: \(name)
            identifiers: {bike_id: "77"}

        """
    }

    @Test func `a variable that is not UTF-8 is an error where used`() async throws {
        let bench = try Bench.local(manifest(name: "\"${env:WHO}\""))
        bench.set { $0.variables = [latin1] }
        for command in [["validate"], ["plan"], ["apply", "--auto-approve"]] {
            let run = await bench.run(command)
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains("PM138") && run.errors.contains("profiles/riders.yaml:6:12"))
            #expect(run.errors.contains("WHO") && !run.all.contains("Zo"))
        }
        #expect(!bench.exists(".profilectl"))
    }

    @Test func `a variable that nothing uses does not matter`() async throws {
        let bench = try Bench.local()
        bench.set { $0.variables = [latin1, Array("PROFILECTL_ENV=".utf8) + [0xFF]] }
        #expect(await bench.run("validate", "--env", "local").code == .done)
        #expect(await bench.run("version").code == .done)
    }

    @Test(arguments: [[0xFF], Array("local".utf8) + [0xC3]] as [[UInt8]])
    func `an environment is not chosen by what is not UTF-8`(name: [UInt8]) async throws {
        let bench = try Bench.local()
        bench.set { $0.variables = [Array("PROFILECTL_ENV=".utf8) + name] }
        let run = await bench.run("plan")
        #expect(run.code == .usage)
        #expect(run.errors.contains("PROFILECTL_ENV is not UTF-8"))
    }

    @Test func `a key of bytes makes the same pseudonyms again`() async throws {
        let bench = try Bench.local()
        func pseudonyms(_ key: [UInt8]) async -> String {
            bench.set { $0.variables = [Array("PROFILECTL_REDACTION_KEY=".utf8) + key] }
            return await bench.run("plan", "--redact", "always").output
        }
        let first = await pseudonyms([0xFF])
        #expect(await pseudonyms([0xFF]) == first)
        #expect(await pseudonyms([0xFE]) != first)
    }

    @Test(arguments: [
        ("good\n", "ends with a line break"), ("\u{FEFF}good", "U+FEFF"), ("good ", "white space"),
        ("\tgood", "white space"), ("   ", "is blank"), ("", "is empty"),
    ])
    func `a credential that would be sent otherwise is an error`(token: String, words: String) async throws {
        let service = try Service()
        let bench = try Bench.staging(service)
        bench.set { $0.environment["TOKEN"] = token }
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput, "\(run.errors)")
        #expect(run.errors.contains("the bearer token") && run.errors.contains(words), "\(run.errors)")
        #expect(run.errors.contains("profilectl.yaml:5:20") && !run.all.contains("good"))
        #expect(service.requests.isEmpty)
    }

    @Test func `a credential that is not UTF-8 is an error`() async throws {
        let bench = try Bench.staging(try Service())
        bench.set { state in
            state.environment["TOKEN"] = nil
            state.variables = [Array("TOKEN=good".utf8) + [0xE9]]
        }
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM138") && !run.all.contains("good"))
    }

    @Test func `a file name of the workspace has no line break`() async throws {
        let bench = try Bench.local()
        try bench.write(
            "version: 1\nenvironments: {local: {sandbox: {}, ledger: {file: \"${env:LEDGER}\"}}}\n",
            to: "profilectl.yaml")
        bench.set { $0.environment["LEDGER"] = "ledger.sqlite\n" }
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM139"))
    }

    @Test(arguments: [["validate", "x"], ["plan", "--env", "x"], ["get", "x"], ["plan", "--target", "x"]])
    func `an argument that is not UTF-8 is refused`(arguments: [String]) async throws {
        let bench = try Bench.local()
        let run = await bench.run(bytes: arguments.map { $0 == "x" ? [0x78, 0xE9] : Array($0.utf8) })
        #expect(run.code == .usage)
        #expect(run.errors.contains("argument \(arguments.count) is not UTF-8"))
        #expect(run.output.isEmpty)
    }

    @Test func `arguments in UTF-8 arrive as they are`() async throws {
        let bench = try Bench.local()
        let run = await bench.run(bytes: [Array("get".utf8), Array("s:t:email:Rene\u{301}@example.com".utf8)])
        #expect(run.errors.contains("Rene\u{301}@example.com"))
    }

    @Test func `detail of what has none is refused`() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await bench.run("snapshot", "--out", "snapshot.json").code == .done)
        #expect(await bench.run("plan", "--out", "plan.json").code == .done)
        for subject in ["runs", "snapshot.json"] {
            let run = await bench.run("show", subject, "--detail", "full")
            #expect(run.code == .usage)
            #expect(run.errors.contains("--detail has no effect here"))
            #expect(await bench.run("show", subject).code == .done)
        }
        #expect(await bench.run("show", "plan.json", "--detail", "full").code == .done)
    }

    @Test func `plan from a snapshot refuses what only calls need`() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("plan", "--snapshot", "s.json", "--parallelism", "4").code == .usage)
    }
}

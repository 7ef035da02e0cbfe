import FoundationEssentials
import Glibc
import Testing

@testable import Commands

/// A ledger and a sandbox, or two ledgers, in one file.
@Suite struct SharedStoresTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
        try bench.write(riders("a"), to: "profiles/riders.yaml")
    }

    private func workspace(_ environments: String...) throws {
        let lines = environments.map { "  \($0)\n" }.joined()
        try bench.write("version: 1\ndefault_environment: one\nenvironments:\n\(lines)", to: "profilectl.yaml")
    }

    private func expectShared(_ code: String, _ location: Testing.SourceLocation = #_sourceLocation) async {
        let run = await bench.run("validate")
        #expect(run.code == .invalidInput, "\(run.all)", sourceLocation: location)
        #expect(run.errors.contains("error[\(code)]"), "\(run.all)", sourceLocation: location)
        #expect(!run.output.contains("Valid"), sourceLocation: location)
    }

    @Test(arguments: ["ledger.sqlite", "./ledger.sqlite", "x/../ledger.sqlite", "${env:PLACE}", "${var:place}"])
    func `two ledgers in one file are an error`(path: String) async throws {
        bench.set { $0.environment["PLACE"] = "./ledger.sqlite" }
        try workspace(
            "one: {sandbox: {}, ledger: {file: ledger.sqlite}}",
            "two: {sandbox: {}, vars: {place: ./ledger.sqlite}, ledger: {file: \"\(path)\"}}")
        await expectShared("PM209")
        try bench.write("", to: "ledger.sqlite")
        await expectShared("PM209")
    }

    @Test func `the default place of a ledger counts too`() async throws {
        try workspace("one: {sandbox: {}}", "two: {sandbox: {}, ledger: {file: .profilectl/one.sqlite}}")
        let run = await bench.run("validate")
        #expect(run.errors.contains("profilectl.yaml:5:37"))
        #expect(
            run.errors.contains(
                "note: the ledger of environment 'one' is '.profilectl/one.sqlite'\n --> profilectl.yaml:4:3"))
    }

    @Test(arguments: [".profilectl/one.sqlite", "x/../.profilectl/one.sqlite-journal", "box.sqlite", "two.sqlite-wal"])
    func `a saved plan takes the place of no ledger`(name: String) async throws {
        try workspace(
            "one: {sandbox: {data: box.sqlite}}", "two: {sandbox: {}, ledger: {file: two.sqlite}}")
        for command in ["plan", "snapshot"] {
            let run = await bench.run(command, "--out", name)
            #expect(run.code == .error, "\(run.all)")
            #expect(run.errors.contains("PM013"))
            #expect(run.errors.contains("'\(name)': this file belongs to the"), "\(run.all)")
            #expect(run.errors.contains("help: choose another name"))
        }
        #expect(!bench.exists(name))
    }

    @Test func `an absolute path is the same file`() async throws {
        try workspace(
            "one: {sandbox: {}, ledger: {file: ledger.sqlite}}",
            "two: {sandbox: {}, ledger: {file: \(bench.path("./ledger.sqlite"))}}")
        await expectShared("PM209")
    }

    @Test func `links lead to the same file`() async throws {
        try workspace(
            "one: {sandbox: {}, ledger: {file: data/ledger.sqlite}}",
            "two: {sandbox: {}, ledger: {file: link.sqlite}}",
            "three: {sandbox: {}, ledger: {file: shortcut/ledger.sqlite}}")
        try bench.link("link.sqlite", to: "shortcut/ledger.sqlite")
        try bench.link("shortcut", to: "data")
        let toNowhere = await bench.run("validate")
        #expect(toNowhere.errors.contains("2 errors"), "\(toNowhere.all)")
        try bench.write("x", to: "data/ledger.sqlite")
        let toFile = await bench.run("validate")
        #expect(toFile.errors.contains("2 errors"), "\(toFile.all)")
    }

    @Test func `hard links are the same file`() async throws {
        try workspace(
            "one: {sandbox: {}, ledger: {file: ledger.sqlite}}", "two: {sandbox: {}, ledger: {file: other.sqlite}}")
        try bench.write("x", to: "ledger.sqlite")
        try bench.write("x", to: "other.sqlite")
        #expect(await bench.run("validate").code == .done)
        try bench.remove("other.sqlite")
        #expect(Glibc.link(bench.path("ledger.sqlite"), bench.path("other.sqlite")) == 0)
        await expectShared("PM209")
    }

    @Test func `a sandbox in the ledger's default place is an error`() async throws {
        try workspace("one: {sandbox: {data: .profilectl/one.sqlite}}")
        await expectShared("PM210")
    }

    @Test func `a ledger in another environment's sandbox is an error`() async throws {
        try workspace("one: {sandbox: {data: s.sqlite}}", "two: {sandbox: {}, ledger: {file: s.sqlite}}")
        await expectShared("PM210")
    }

    @Test(arguments: ["-journal", "-wal", "-shm"])
    func `the files that SQLite makes are not free`(suffix: String) async throws {
        try workspace(
            "one: {sandbox: {data: s.sqlite}}", "two: {sandbox: {}, ledger: {file: .profilectl/../s.sqlite\(suffix)}}")
        await expectShared("PM210")
        try workspace(
            "one: {sandbox: {}, ledger: {file: \"l.sqlite\(suffix)\"}}",
            "two: {sandbox: {}, ledger: {file: l.sqlite}}")
        await expectShared("PM209")
    }

    @Test func `two environments may share a sandbox`() async throws {
        try workspace("one: {sandbox: {data: s.sqlite}}", "two: {sandbox: {data: s.sqlite}}")
        #expect(await bench.run("validate").code == .done)
    }

    @Test func `a path with an unset variable is not compared`() async throws {
        try workspace(
            "one: {sandbox: {}, ledger: {file: \"${env:UNSET}\"}}",
            "two: {sandbox: {}, ledger: {file: \"${env:UNSET}\"}}")
        #expect(await bench.run("validate").code == .done)
    }

    @Test func `a chosen environment is refused before anything is opened`() async throws {
        try workspace("one: {sandbox: {data: .profilectl/one.sqlite}}")
        for command in [["apply", "--auto-approve"], ["plan"], ["drift"], ["ledger", "list"]] {
            let run = await bench.run(command)
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains("PM210"))
        }
        #expect(!bench.exists(".profilectl"))
    }

    @Test func `other environments do not stop the chosen one`() async throws {
        try workspace(
            "one: {sandbox: {}}", "two: {sandbox: {}, ledger: {file: l.sqlite}}",
            "three: {sandbox: {}, ledger: {file: l.sqlite}}")
        #expect(await bench.run("plan").code == .done)
        #expect(await bench.run("plan", "--env", "two").errors.contains("PM209"))
        #expect(await bench.run("plan", "--env", "three").errors.contains("PM209"))
        #expect(await bench.run("validate").errors.contains("PM209"))
    }

    @Test func `a ledger of another workspace gives a warning`() async throws {
        let other = try Bench()
        for (bench, name) in [(bench, "one"), (other, "two")] {
            try bench.write(riders(name), to: "profiles/riders.yaml")
            try bench.write(
                """
                version: 1
                environments:
                  \(name): {sandbox: {data: s.sqlite}, ledger: {file: \(self.bench.path("ledger.sqlite"))}}

                """, to: "profilectl.yaml")
        }
        #expect(!(await bench.run("apply", "--auto-approve")).all.contains("PM428"))
        #expect(!(await bench.run("plan")).all.contains("PM428"))
        for command in [["validate"], ["plan"], ["apply", "--auto-approve"]] {
            let run = await other.run(command)
            #expect(run.all.contains("was last used by an environment 'one', and this one is 'two'"), "\(run.all)")
        }
        #expect(!(await other.run("plan")).all.contains("PM428"), "the apply wrote the new name")
    }
}

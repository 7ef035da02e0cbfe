import Ledger
import ProfileModel
import Testing

@testable import Commands

/// A file in the ledger's place that is not a ledger.
@Suite struct ForeignLedgerTests {
    static let commands = [
        ["plan"], ["apply", "--auto-approve"], ["apply", "--resume"], ["drift"], ["snapshot", "--out", "s.json"],
        ["show", "runs"], ["rollback", "20", "--plan-only"], ["ledger", "list"], ["ledger", "show", "a/b/c"],
        ["ledger", "forget", "a/b/c"], ["ledger", "unlock"],
    ]

    @Test(arguments: commands)
    func `an empty file is not an empty ledger`(command: [String]) async throws {
        let bench = try Bench.local()
        try bench.write("", to: ".profilectl/local.sqlite")
        let run = await bench.run(command)
        #expect(run.code == .error)
        #expect(run.errors.contains("PM403"), "\(run.all)")
        #expect(run.errors.contains("is not a ledger: it is an empty file\nhelp: restore the ledger from a backup"))
        #expect(try bench.text(".profilectl/local.sqlite") == "")
        #expect(try !bench.names(in: ".profilectl").contains { $0.hasPrefix("local.sqlite-") })
    }

    @Test func `a ledger that is a sandbox's data is named`() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.write(
            localWorkspace + "    ledger: {file: .profilectl/copy.sqlite}\n", to: "profilectl.yaml")
        try bench.copy(".profilectl/local-sandbox.sqlite", to: ".profilectl/copy.sqlite")
        let run = await bench.run("plan")
        #expect(run.code == .error)
        #expect(run.errors.contains("it is the data of a sandbox"), "\(run.all)")
    }

    @Test func `a journal that is left alone keeps a new ledger away`() async throws {
        let bench = try Bench.local()
        try bench.write("unfinished", to: ".profilectl/local.sqlite-journal")
        for command in [["plan"], ["apply", "--auto-approve"], ["ledger", "unlock"]] {
            let run = await bench.run(command)
            #expect(run.code == .error)
            #expect(run.errors.contains("PM427"), "\(run.all)")
        }
        #expect(!bench.exists(".profilectl/local.sqlite"))
    }

    @Test func `without a ledger there is no lock`() async throws {
        let run = await (try Bench.local()).run("ledger", "unlock")
        #expect(run.output == "There is no ledger, and so no lock.\n")
    }
}

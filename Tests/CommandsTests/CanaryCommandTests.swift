import Commands
import HTTPTypes
import ProfileModel
import Sandbox
import Testing

@Suite struct CanaryCommandTests {
    private let names = (1...9).map { "rider-\($0)" }

    private var manifest: String {
        names.reduce("version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n") {
            $0 + "  \($1): {identifiers: {bike_id: of-\($1)}, attributes: {tier: gold}}\n"
        }
    }

    @Test func theCanaryGoesFirstAndThenTheRest() async throws {
        let service = try Service()
        let bench = try Bench.staging(service, manifest)
        let run = await bench.run("apply", "--auto-approve", "--canary", "2")
        #expect(run.code == .done, "\(run.errors)")
        #expect(run.output.contains("canary: made and read back before the others"))
        #expect(run.output.contains("canary: 2 profiles read back as planned"))
        #expect(run.output.contains("9 done"))
        #expect(await bench.run("apply", "--auto-approve", "--canary", "0").code == .usage)
    }

    /// The service takes the values and stores others.
    @Test(arguments: ["text", "json"], ["manifests", "saved plan"])
    func whatReadsBackOtherwiseStopsTheRest(format: String, source: String) async throws {
        let service = try Service()
        let bench = try Bench.staging(service, manifest)
        if source == "saved plan" { #expect(await bench.run("plan", "--out", "plan.json").code == .done) }
        service.onRequest { [sandbox = service.sandbox] request in
            guard request.method == .get, var world = Optional(sandbox.world()), !world.profiles.isEmpty else {
                return
            }
            for index in world.profiles.indices { world.profiles[index].attributes["tier"] = "g0ld" }
            try? sandbox.load(world)
        }
        let plan = source == "saved plan" ? ["plan.json"] : []
        let run = await bench.run(["apply"] + plan + ["--auto-approve", "--canary", "2", "--format", format])
        #expect(run.code == .partlyApplied, "\(run.errors)")
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 2)
        if format == "text" {
            #expect(run.output.contains("reads back otherwise than planned: attributes.tier"))
            #expect(run.output.contains("2 done, 0 failed, 0 stale, 0 unknown, 7 not attempted (9 planned)"))
            #expect(run.output.contains("`profilectl rollback "))
        } else {
            let events = try run.events()
            #expect(events.count { $0["canary"] == .bool(true) } == 2)
            let verdict = try #require(events.first { $0.text("type") == "canary" })
            #expect(verdict["holds"] == .bool(false))
            #expect(verdict.list("findings").map { $0.text("code") } == ["differs", "differs"])
        }
    }

    @Test func aCanaryThatIsRefusedStopsTheRestToo() async throws {
        let service = try Service(faults: ["422,method=PUT,nth=2"])
        let bench = try Bench.staging(service, manifest)
        let run = await bench.run("apply", "--auto-approve", "--canary", "3", "--parallelism", "1")
        #expect(run.code == .partlyApplied)
        #expect(run.output.contains("was not done"))
        #expect(service.sandbox.requests.count { $0.method == "PUT" } == 3)
    }

    /// Nothing is applied in part when nothing is applied.
    @Test func aCanaryOfWhichNothingIsDoneHasTheCodeOfWhatBefellIt() async throws {
        for (fault, code) in [("422,method=PUT", ExitCode.error), ("403,method=PUT", .notPermitted)] {
            let bench = try Bench.staging(try Service(faults: [fault]), manifest)
            let run = await bench.run("apply", "--auto-approve", "--canary", "2")
            #expect(run.code == code)
            #expect(run.output.contains("0 done"))
        }
    }

    @Test func moreThanThereAreMeansAll() async throws {
        let service = try Service()
        let bench = try Bench.staging(service, manifest)
        let run = await bench.run("apply", "--auto-approve", "--canary", "100")
        #expect(run.code == .done)
        #expect(run.output.contains("canary: 9 profiles read back as planned"))
    }
}

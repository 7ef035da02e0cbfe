import Commands
import HTTPTypes
import ProfileModel
import Sandbox
import Testing

/// However an apply ended, running it again brings what was wanted, and nothing twice.
@Suite struct AfterFaultTests {
    private static let faults = [
        "cut-after,method=PUT,nth=2", "cut-before,method=PUT,nth=2", "503-after,method=PUT,nth=1",
        "truncated,method=PUT,nth=3", "html,method=PUT,nth=1", "500,method=PUT,nth=3", "cut-before,method=GET,nth=5",
        "wrong-length,method=PUT,nth=2", "429,nth=6,retry-after=5", "422,method=PUT,nth=1",
    ]

    @Test(arguments: faults, [1, 8])
    func aSecondRunMakesItWhole(fault: String, parallelism: Int) async throws {
        let service = try Service(faults: [fault])
        let bench = try Bench.staging(service, riders("ann", "bob", "cleo", "dora"))
        _ = await bench.run("apply", "--auto-approve", "--parallelism", "\(parallelism)")
        let second = await bench.run("apply", "--auto-approve")
        #expect(second.code == .done, "\(second.all)")
        #expect(await bench.run("plan", "--detailed-exitcode").code == .done)
        #expect(service.sandbox.world().profiles.count == 4)
        let entries = try await bench.run("ledger", "list", "--format", "json").document().list("entries")
        #expect(entries.count == 4)
    }

    /// Some calls fail in every run; with enough runs all is done.
    @Test(arguments: 0..<4)
    func manyRunsGetThroughABadNetwork(seed: Int) async throws {
        let service = try Service(faults: [
            "cut-after,rate=0.1,method=PUT", "503,rate=0.1,method=PUT", "truncated,rate=0.1,method=PUT",
        ])
        let names = (0..<6).map { "rider-\(seed)-\($0)" }
        let bench = try Bench.staging(
            service,
            names.reduce("version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n") {
                $0 + "  \($1): {identifiers: {bike_id: \($1)}}\n"
            })
        var codes: [ExitCode] = []
        repeat {
            codes.append(await bench.run("apply", "--auto-approve", "--parallelism", "3").code)
        } while codes.last != .done && codes.count < 20
        #expect(codes.last == .done, "\(codes)")
        #expect(service.sandbox.world().profiles.count == 6)
        #expect(await bench.run("plan", "--detailed-exitcode").code == .done)
    }
}

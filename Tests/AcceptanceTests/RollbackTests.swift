import Foundation
import Testing

/// A try on some profiles first, and the way back, by the commands that the output itself names.
@Suite struct RollbackTests {
    private let binary: BuiltBinary

    init() throws { binary = try BuiltBinary() }

    private func write(_ sandbox: ServedSandbox, tier: String, riders: Range<Int>) throws {
        try binary.write(workspace(url: sandbox.url), to: "profilectl.yaml")
        let profiles = riders.map {
            "  rider-\($0): {identifiers: {bike_id: b\($0)}, attributes: {tier: \(tier)}}\n"
        }
        try binary.write(
            "version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n" + profiles.joined(),
            to: "riders.yaml")
    }

    @Test func aRunIsTakenBack() async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary)
        try write(sandbox, tier: "silver", riders: 0..<4)
        #expect(try await binary.run("apply", "--auto-approve").status == 0)
        try write(sandbox, tier: "gold", riders: 1..<5)
        let apply = try await binary.run("apply", "--auto-approve", "--allow-delete")
        #expect(apply.output.contains("5 done"), "\(apply.output)")

        let runs = try await binary.run("show", "runs")
        let run = try #require(runs.output.split(separator: " ").first.map(String.init))
        #expect(runs.output.split(separator: "\n").first?.contains("5 done") == true, "\(runs.output)")
        let shown = try await binary.run("show", run)
        #expect(shown.output.contains("coolbikes/rider/rider-0"))

        let look = try await binary.run("rollback", run, "--plan-only")
        #expect(look.output.contains("3 to update, 1 to create, 0 to delete, 1 blocked"), "\(look.output)")
        #expect(look.output.contains("without its events"))
        let refused = try await binary.run("rollback", run)
        #expect(refused.status == 64)
        #expect(refused.errors.contains("--auto-approve"))
        let rollback = try await binary.run("rollback", run, "--auto-approve", "--allow-delete")
        #expect(rollback.status == 0, "\(rollback.output)\(rollback.errors)")
        #expect(rollback.output.contains("5 done"))

        try write(sandbox, tier: "silver", riders: 0..<4)
        let plan = try await binary.run("plan", "--allow-delete", "--detailed-exitcode")
        #expect(plan.status == 0, "\(plan.output)")
    }

    @Test func aCanaryThatDoesNotHoldIsAllThatIsTouched() async throws {
        defer { binary.remove() }
        let sandbox = try ServedSandbox(binary, "--fault", "422,method=PATCH,nth=2")
        try write(sandbox, tier: "silver", riders: 0..<20)
        #expect(try await binary.run("apply", "--auto-approve").status == 0)
        try write(sandbox, tier: "gold", riders: 0..<20)

        let tried = try await binary.run("apply", "--auto-approve", "--canary", "3", "--parallelism", "1")
        #expect(tried.status == 6, "\(tried.output)\(tried.errors)")
        #expect(tried.output.contains("! canary: made and read back before the others"))
        #expect(tried.output.contains("The canary did not hold: nothing but it was attempted."))
        let patched = try await sandbox.requests().filter { $0.method == "PATCH" }
        #expect((2...3).contains(patched.count))

        let hint = try #require(tried.output.firstMatch(of: /`profilectl rollback (\S+)`/))
        #expect(try await binary.run("rollback", String(hint.1), "--auto-approve").status == 0)
        let held = try await binary.run("apply", "--auto-approve", "--canary", "3")
        #expect(held.output.contains("20 done"), "\(held.output)\(held.errors)")
        #expect(held.output.contains("read back as planned"))
    }
}

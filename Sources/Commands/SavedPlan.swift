import Diagnostics
import Planning
import Views

/// A plan from a file.
struct SavedPlan {
    var plan: Plan
    var name: String

    /// The saved plan, when the paths are one file that holds one; its environment becomes the chosen one.
    static func load(
        _ paths: [String], _ environment: inout EnvironmentOptions, in session: Session
    ) throws(Stop) -> SavedPlan? {
        guard paths.count == 1, let name = paths.first else { return nil }
        let directory = try environment.directory.path(in: session)
        let path = resolvePath(name, in: directory)
        guard kindOfFile(path) == .file, let bytes = try? readFile(path), looksLikeJSON(bytes) else { return nil }
        // What it is instead is said where manifests are read.
        if case .snapshot? = SavedDocument(bytes) { return nil }
        let plan = try read(bytes, name)
        let chosen = environment.environment ?? session.environment["PROFILECTL_ENV"]
        if let chosen, chosen != plan.environment.name {
            throw Stop(
                Diagnostic(
                    .planOutdated,
                    "'\(name)' is a plan for the environment '\(plan.environment.name)', not for '\(chosen)'",
                    help: "leave --env and PROFILECTL_ENV away, or make a plan for '\(chosen)'"),
                code: .planStale)
        }
        environment.environment = plan.environment.name
        return SavedPlan(plan: plan, name: name)
    }

    static func read(_ bytes: [UInt8], _ name: String) throws(Stop) -> Plan {
        do throws(PlanDocumentFailure) {
            return try Plan(json: bytes)
        } catch {
            throw Stop(
                Diagnostic(
                    .planUnreadable, "'\(name)' is no plan that can be used: \(error.words)",
                    help: "make the plan again with `profilectl plan --out`"),
                code: .invalidInput)
        }
    }

    private static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
        bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
    }
}

import Diagnostics
import Planning
import ProfileModel
import Views
import WireFormat

/// A plan from a file.
struct SavedPlan {
    var plan: Plan
    var name: String

    /// The saved plan, when the paths are one file that holds one. No other environment may be chosen.
    static func load(
        _ paths: [String], _ environment: EnvironmentOptions, in session: Session
    ) throws(Stop) -> SavedPlan? {
        guard paths.count == 1, let name = paths.first else { return nil }
        let directory = try environment.directory.path(in: session)
        let path = resolvePath(name, in: directory)
        guard kindOfFile(path) == .file, let bytes = try? readFile(path), looksLikePlan(bytes) else { return nil }
        // What it is instead is said where manifests are read.
        if case .snapshot? = SavedDocument(bytes) { return nil }
        let plan = try read(bytes, name)
        let variable = try environment.variable(in: session)
        let chosen = environment.environment ?? variable ?? ""
        if !chosen.isEmpty, chosen != plan.environment.name {
            throw Stop(
                Diagnostic(
                    .planOutdated,
                    "'\(name)' is a plan for the environment '\(plan.environment.name)', not for '\(chosen)'",
                    help: "leave --env and PROFILECTL_ENV away, or make a plan for '\(chosen)'"),
                code: .planStale)
        }
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

    /// Manifests may be JSON too, but say no format.
    private static func looksLikePlan(_ bytes: [UInt8]) -> Bool {
        let member = "format_version"
        guard bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") else { return false }
        if case .object(let document)? = try? readJSON(bytes) { return document[member] != nil }
        return bytes.firstRange(of: Array("\"\(member)\"".utf8)) != nil
    }
}

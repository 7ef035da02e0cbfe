import Manifests
import Planning
import ProfileModel
import Sandbox

/// One situation that a user can be in, what profilectl does there, and how it comes back.
struct Scenario: Sendable {
    var story: String
    /// Manifests of the old state; applied before anything else.
    var before: String?
    /// What is there without us.
    var live = SandboxWorld()
    /// What others do after `before`.
    var outside: [OutsideCall] = []
    var ledger: [LedgerEntry] = []
    /// What the ledger can say of earlier applies at the first plan; `ledger: missing` says that there is none.
    var history = LedgerHistory.known
    /// Each `name=value`.
    var switches: [String] = []
    var policy = PlanPolicy()
    var patchNullDeletes = false
    var variables = Variables()
    /// Globs on addresses, for the way to what the manifest says.
    var targets: [String] = []
    var excludes: [String] = []
    var manifest: String
    var expected = Outcome()
}

/// A call that somebody else makes.
enum OutsideCall: Sendable, Hashable {
    case request(method: String, target: String, body: String)
    /// The id is looked up when it is made.
    case delete(IdentifierQuery)
}

/// What a scenario records; nil for what did not come to pass.
struct Outcome: Sendable, Hashable {
    /// Warnings of manifests that are fine otherwise.
    var warnings: String?
    /// Warnings of a plan that can be applied.
    var notices: String?
    /// Why there is no plan, or why a plan cannot be applied.
    var error: String?
    /// The calls that the plan was made from, in order.
    var reads: String?
    var plan: String?
    /// Which steps wait for which.
    var waits: String?
    /// The writes of apply in order.
    var requests: String?
    /// The steps of apply that were not done.
    var failures: String?
    /// The plan back to the old state.
    var down: String?

    /// The parts by their keys, in the order of a file.
    static let parts: [(key: String, path: any WritableKeyPath<Outcome, String?> & Sendable)] = [
        ("warnings", \.warnings), ("notices", \.notices), ("error", \.error), ("reads", \.reads), ("plan", \.plan),
        ("waits", \.waits),
        ("requests", \.requests), ("failures", \.failures), ("down", \.down),
    ]
}

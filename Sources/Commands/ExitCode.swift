/// How a run of profilectl ends. The numbers are fixed for ever; the same table stands in the README.
package enum ExitCode: Int32, Sendable, CaseIterable {
    case done = 0
    case error = 1
    case changesPending = 2
    case driftFound = 3
    case blocked = 4
    case planStale = 5
    case partlyApplied = 6
    case lockNotAcquired = 7
    case notPermitted = 8
    case usage = 64
    case invalidInput = 65
    case interrupted = 130

    package var meaning: String {
        switch self {
        case .done: "done, or nothing to do"
        case .error: "error"
        case .changesPending: "changes pending (plan --detailed-exitcode)"
        case .driftFound: "drift found"
        case .blocked: "blocked by policy or conflict"
        case .planStale: "plan is stale"
        case .partlyApplied: "applied in part"
        case .lockNotAcquired: "lock not acquired"
        case .notPermitted: "authentication or permission"
        case .usage: "usage"
        case .invalidInput: "manifest or workspace invalid"
        case .interrupted: "interrupted after draining"
        }
    }

    /// When several apply, the first of these wins.
    package static let precedence: [ExitCode] = [
        .invalidInput, .usage, .interrupted, .notPermitted, .lockNotAcquired, .planStale, .partlyApplied, .blocked,
        .error, .driftFound, .changesPending, .done,
    ]

    package static func first(of codes: some Sequence<ExitCode>) -> ExitCode {
        let present = Set(codes)
        return precedence.first(where: present.contains) ?? .done
    }

    package static var table: String {
        let rows = allCases.map { code in
            let number = String(code.rawValue)
            return String(repeating: " ", count: 5 - number.count) + number + "  " + code.meaning
        }
        let order = precedence.map { String($0.rawValue) }.joined(separator: ", ")
        return """
            Exit codes of profilectl

            \(rows.joined(separator: "\n"))

            When several apply, the first of \(order) wins.

            """
    }
}

import Diagnostics
import YAMLSyntax

/// `max_delete` limits deletes, and `max_delete_floor` says how few are always within that limit: each needs the other
/// to leave it something to do.
func uselessThresholds(
    _ limit: (ChangeThreshold, YAMLNode)?, floor: (Int, YAMLNode)?, hasLimit: Bool
) -> Diagnostic? {
    guard let floor else { return nil }
    guard let limit else {
        guard !hasLimit else { return nil }
        return withoutEffect(
            "max_delete_floor", because: "there is no max_delete beside it", at: floor.1.location,
            help: "write max_delete too, such as `max_delete: 10%`; without it the number of deletes is not limited")
    }
    guard case .count(let count) = limit.0, count <= floor.0 else { return nil }
    return withoutEffect(
        "max_delete: \(count)", because: "max_delete_floor always allows \(floor.0)", at: limit.1.location,
        help: "write a max_delete above the floor or in percent, or remove the floor")
}

/// Deletes that never happen need no limit.
func thresholdsOfNever(_ nodes: [(String, YAMLNode?)], source: String) -> [Diagnostic] {
    nodes.compactMap { key, node in
        node.map {
            withoutEffect(
                key, because: "`delete: never` keeps all profiles of the source \(shortened(source))", at: $0.location,
                help: "remove it, or let the source delete profiles")
        }
    }
}

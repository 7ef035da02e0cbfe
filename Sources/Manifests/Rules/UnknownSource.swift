package import Diagnostics
package import ProfileModel

/// A policy for a source that no profile has protects nothing.
/// - Parameter known: the sources of all profiles that there are.
package func unknownSources(in policy: Environment.Policy, among known: Set<ExactText>) -> [Diagnostic] {
    let names = known.map(\.text).sorted { $0.precedes($1) }
    return policy.sources.filter { !known.contains($0.key) }
        .sorted { $0.key.text.precedes($1.key.text) }
        .map { source, rules in
            Diagnostic(
                .unknownSource, "no profile has the source \"\(shortened(source.text))\", which a policy is for",
                severity: .warning, at: rules.location,
                help: names.isEmpty ? nil : suggestion(for: source.text, among: names, known: "sources"))
        }
}

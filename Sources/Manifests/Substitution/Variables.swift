/// What `${env:NAME}` and `${var:NAME}` stand for.
package struct Variables: Sendable, Hashable {
    /// The process environment, as the caller read it.
    package var environment: [String: String]
    /// The `vars` of the chosen environment, and those of the command line.
    package var values: [String: String]

    package init(environment: [String: String] = [:], values: [String: String] = [:]) {
        self.environment = environment
        self.values = values
    }

    func value(of reference: Substitution.Reference) -> String? {
        let found =
            switch reference.space {
            case .environment: environment[reference.name]
            case .variable: values[reference.name]
            }
        // As in a shell, `:-` also replaces a variable that is set to nothing.
        if let fallback = reference.fallback, found?.isEmpty ?? true { return fallback }
        return found
    }
}

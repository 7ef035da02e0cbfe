package import Diagnostics

/// What `${env:NAME}` and `${var:NAME}` stand for.
package struct Variables: Sendable, Hashable {
    /// The process environment, as the caller read it.
    package var environment: ProcessEnvironment
    /// The `vars` of the chosen environment, and those of the command line.
    package var values: [String: String]
    /// Why those of the `vars` have no value that refer to something missing. It is told where such a variable is
    /// used, so a command needs only those that it uses.
    package var unresolved: [String: [Diagnostic]] = [:]

    package init(environment: ProcessEnvironment = ProcessEnvironment(), values: [String: String] = [:]) {
        self.environment = environment
        self.values = values
    }

    /// Why the reference has no value.
    func problems(of reference: Substitution.Reference, at location: SourceLocation?) -> [Diagnostic] {
        switch reference.space {
        case .environment: [missingVariable(reference, at: location)]
        case .variable: unresolved[reference.name] ?? [missingVariable(reference, at: location)]
        }
    }

    /// What is wrong with the value of a reference; nil when it can be used, or is not there.
    func flaw(of reference: Substitution.Reference) -> ProcessEnvironment.Flaw? {
        switch reference.space {
        case .environment: environment.flaw(of: reference.name)
        case .variable: nil
        }
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

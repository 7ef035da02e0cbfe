/// What is wrong, where, and the way out. All diagnostics of a run are collected and shown
/// together; none is thrown.
package struct Diagnostic: Sendable, Hashable {
    package enum Severity: String, Sendable, CaseIterable {
        case error, warning
    }

    /// A second place that explains the first: "the other profile is here".
    package struct Note: Sendable, Hashable {
        package var message: String
        package var location: SourceLocation?

        package init(_ message: String, at location: SourceLocation? = nil) {
            self.message = message
            self.location = location
        }
    }

    package var code: DiagnosticCode
    package var severity: Severity
    /// One sentence without a full stop; may quote values of the input, unescaped (renderers escape).
    package var message: String
    package var location: SourceLocation?
    package var notes: [Note]
    /// The way out, when it is known: "write the value in quotes".
    package var help: String?

    package init(
        _ code: DiagnosticCode, _ message: String, severity: Severity = .error, at location: SourceLocation? = nil,
        notes: [Note] = [], help: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.location = location
        self.notes = notes
        self.help = help
    }
}

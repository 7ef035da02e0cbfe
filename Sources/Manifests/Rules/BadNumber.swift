import Diagnostics

func badNumber(_ message: String, at location: SourceLocation, help: String? = nil) -> Diagnostic {
    Diagnostic(.badNumber, message, at: location, help: help)
}

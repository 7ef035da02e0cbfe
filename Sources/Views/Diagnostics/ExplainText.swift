package import Diagnostics

/// The page of a code.
package enum ExplainText {
    package static func render(_ code: DiagnosticCode) -> String {
        code.rawValue
    }
}

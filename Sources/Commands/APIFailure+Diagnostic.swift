import Diagnostics
import ProfilesAPI

extension APIFailure {
    /// What went wrong with the service, as a message with a code and a way out.
    var diagnostic: Diagnostic {
        switch self {
        default: Diagnostic(.unexpectedAnswer, "\(self)")
        }
    }
}

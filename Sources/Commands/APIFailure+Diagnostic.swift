import Diagnostics
import Planning
import ProfilesAPI

extension APIFailure {
    /// What went wrong with the service, as a message with a code and a way out.
    func diagnostic(_ stamp: EnvironmentStamp) -> Diagnostic {
        let service = stamp.service
        return switch self {
        case .unreachable(let failure, let host), .interruptedAfterSending(let failure, let host):
            Diagnostic(
                .unreachable, "\(host) cannot be reached: \(failure)",
                help: "check `url` of the environment '\(stamp.name)', the network and the proxy; nothing was changed")
        case .unauthenticated(let error):
            Diagnostic(
                .unauthenticated, "\(service) does not accept the credentials: \(error.words)",
                help:
                    "check `auth` of the environment '\(stamp.name)': tokens expire, and passwords are no longer taken")
        case .noAccessToken(let cause):
            Diagnostic(
                .unauthenticated, "no access token for \(service): \(cause.diagnostic(stamp).message)",
                help: "check the id and the secret of `oauth_client` in the environment '\(stamp.name)'")
        case .forbidden(let error):
            Diagnostic(
                .forbidden, "\(service) refuses access: \(error.words)",
                help:
                    "the user needs an agent role with access to profiles, the token the scopes users:read and users:write, and the account the Profiles feature"
            )
        case .notFound(let error), .refused(let error), .serverError(let error):
            Diagnostic(.refusedByService, "\(service) answered \(error.words)")
        case .rateLimited(let retryAfter, _):
            Diagnostic(
                .rateLimited,
                "\(service) asks to wait\(retryAfter.map { " for \(Int($0.rounded(.up))) s" } ?? ""): the account's rate is used up",
                help: "lower `rate_limit` of the environment '\(stamp.name)', or run when less is going on")
        case .notJSON(let contentType, let bytes, let status):
            Diagnostic(
                .notJSON,
                "\(service) answered \(status) with \(bytes) bytes of \(contentType ?? "an unknown format") instead of JSON",
                help:
                    "does `url` of the environment '\(stamp.name)' point at the service, and not at a proxy or a login page?"
            )
        case .truncated(let expected, let got):
            Diagnostic(
                .truncatedAnswer,
                "the answer of \(service) ends after \(got)\(expected.map { " of \($0)" } ?? "") bytes",
                help: "run the command again; if it stays so, look at the proxy between")
        case .unexpected(let what):
            Diagnostic(.unexpectedAnswer, "\(service) gave an answer that makes no sense: \(what)")
        case .insecureURL(let host):
            Diagnostic(
                .insecureURL, "credentials are not sent to \(host) without TLS", help: "write the URL with https://")
        case .malformedURL(let flaw):
            Diagnostic(.badURL, "the URL of the environment '\(stamp.name)' cannot be used: \(flaw)")
        case .notPermitted(let reason):
            Diagnostic(.unreachable, "the call was not made: \(reason)")
        case .lookAgain:
            Diagnostic(.unreachable, "the call to \(service) had to wait, and was not made")
        case .cancelled:
            Diagnostic(.unreachable, "the call to \(service) was cancelled")
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .unauthenticated, .noAccessToken, .forbidden: .notPermitted
        case .insecureURL, .malformedURL: .invalidInput
        case .unreachable, .interruptedAfterSending, .notFound, .refused, .rateLimited, .serverError, .notJSON,
            .truncated, .unexpected, .notPermitted, .lookAgain, .cancelled:
            .error
        }
    }
}

extension ServiceError {
    /// `403 PermissionDenied: no access to profiles (request 8f2c)`.
    fileprivate var words: String {
        let code = code.map { " \($0)" } ?? ""
        let request = requestID.map { " (request \($0))" } ?? ""
        return "\(status)\(code): \(title ?? StepFailure.hiddenReason)\(request)"
    }
}

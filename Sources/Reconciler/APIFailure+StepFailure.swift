import Planning
import ProfilesAPI

extension APIFailure {
    /// What the report says of a call that did not succeed.
    var stepFailure: StepFailure {
        switch self {
        case .unauthenticated(let error), .forbidden(let error), .notFound(let error), .refused(let error),
            .serverError(let error):
            StepFailure(status: error.status, code: error.code, title: error.words, requestID: error.requestID)
        case .rateLimited(let retryAfter, let error):
            StepFailure(
                status: 429, code: error?.code,
                title: (error?.words ?? "the account's rate is used up")
                    + (retryAfter.map { "; the service asks to wait \(Int(min($0, 1e9).rounded(.up))) s" } ?? ""),
                requestID: error?.requestID)
        case .noAccessToken(let cause):
            StepFailure(status: 401, title: "no access token: \(cause.stepFailure.title)")
        case .unreachable(let failure, let host), .interruptedAfterSending(let failure, let host):
            StepFailure(title: "\(host): \(failure)")
        case .notJSON(let contentType, _, let status):
            StepFailure(status: status, title: "answered with \(contentType ?? "something") instead of JSON")
        case .truncated(_, let got):
            StepFailure(title: "the answer ended after \(got) bytes")
        case .unexpected(let what):
            StepFailure(title: "the answer makes no sense: \(what)")
        case .insecureURL, .malformedURL:
            StepFailure(title: "the URL of the environment cannot be used")
        case .notPermitted(let reason):
            StepFailure(title: reason)
        case .lookAgain:
            StepFailure(title: "the call had to wait, and was not made")
        case .cancelled:
            StepFailure(title: "cancelled")
        }
    }
}

extension ServiceError {
    fileprivate var words: String { title ?? StepFailure.hiddenReason }
}

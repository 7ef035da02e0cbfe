package import WireFormat

/// What a call can come to other than what it was made for. Decided by status, never by the words of a body
/// (api notes, section 6).
package enum APIFailure: Error, Sendable, Hashable {
    /// No answer, and nothing to fear: nothing was sent, or the call was a read.
    case unreachable(TransportFailure, host: String)
    /// A write was sent, or part of it, and no answer tells what became of it.
    case interruptedAfterSending(TransportFailure, host: String)
    /// 401, or the sign-in with client credentials was refused.
    case unauthenticated(ServiceError)
    /// The access token that the call needs could not be fetched; the call itself was not made.
    indirect case noAccessToken(APIFailure)
    /// 403.
    case forbidden(ServiceError)
    /// 404, where it is an error.
    case notFound(ServiceError)
    /// Any other 4xx.
    case refused(ServiceError)
    /// 429, and no patience left. Seconds to wait, where the service named them.
    case rateLimited(retryAfter: Double?, ServiceError?)
    /// 5xx.
    case serverError(ServiceError)
    /// An answer by someone else than the API: a proxy, a sign-in page. Nothing of the page is kept.
    case notJSON(contentType: String?, bytes: Int, status: Int)
    /// The answer ends too early.
    case truncated(expected: Int?, got: Int)
    /// An answer that the reference does not know.
    case unexpected(UnexpectedAnswer)
    /// Plain HTTP to anywhere but the machine itself.
    case insecureURL(host: String)
    case malformedURL(URLFlaw)
    /// The caller's own `WritePermission` forbade the write: nothing was sent that had an effect.
    case notPermitted(reason: String)
    /// A write of a step had no effect so far and had to wait: its profile may have changed since the look.
    case lookAgain
    /// The caller gave up before anything was sent, or during a read.
    case cancelled
}

package enum UnexpectedAnswer: Sendable, Hashable {
    /// Never followed: the new place may be anyone's.
    case redirect(status: Int, host: String?)
    case status(Int)
    /// The answer says that it is JSON and is not.
    case malformedJSON
    /// The body has no such member at its top.
    case missingMember(String)
    /// The body has the member more than once at its top.
    case repeatedMember(String)
    case notAProfile(ProfileDecodingError)
    /// Another profile than the one that was asked for, which is named as the call names it: by its id, or by
    /// `source:type`.
    case otherProfile(asked: String)
    case answerTooLarge(limit: Int)
    case tooManyPages(limit: Int)
    /// There is a next page, and its link is missing or leads elsewhere.
    case badPageLink
}

/// What the service says about a refusal.
package struct ServiceError: Sendable, Hashable {
    package var status: Int
    /// For messages only: most of the service's codes are unknown.
    package var code: String?
    /// The service's sentence. It may quote values of a person, so it is nil where `ServiceReasons` are hidden. Where the
    /// body has no sentence, one of ours about it.
    package var title: String?
    /// What the service's support asks for.
    package var requestID: String?
    /// When the service wants to be asked again; seconds.
    package var retryAfter: Double?

    package init(
        status: Int, code: String? = nil, title: String?, requestID: String? = nil, retryAfter: Double? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.requestID = requestID
        self.retryAfter = retryAfter
    }
}

extension APIFailure {
    /// Of a failed write: whether it may have taken effect, so that only a read can tell.
    /// Says nothing about a failed read.
    package var outcomeIsUnknown: Bool {
        switch self {
        case .interruptedAfterSending, .serverError, .truncated: true
        case .notJSON(_, _, let status): (200..<300).contains(status)
        case .unexpected(.redirect): false
        case .unexpected: true
        case .unreachable, .unauthenticated, .noAccessToken, .forbidden, .notFound, .refused, .rateLimited: false
        case .insecureURL, .malformedURL, .notPermitted, .lookAgain, .cancelled: false
        }
    }
}

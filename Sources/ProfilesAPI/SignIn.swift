import HTTPTypes
import ProfileModel
import WireFormat

/// Turns credentials into the `Authorization` header of a call.
struct SignIn: Sendable {
    private let credentials: Credentials
    private let tokens: AccessTokens?

    init(_ credentials: Credentials, over exchange: Exchange) {
        self.credentials = credentials
        switch credentials {
        case .oauthClient(let id, let secret):
            tokens = AccessTokens(now: exchange.pacer.now) {
                do throws(APIFailure) {
                    return .success(try await exchange.accessToken(clientID: id, secret: secret))
                } catch {
                    return .failure(error)
                }
            }
        case .bearer, .apiToken, .none:
            tokens = nil
        }
    }

    /// Nil where the call needs none.
    func header() async throws(APIFailure) -> Secret? {
        guard let tokens else { return credentials.fixedHeader }
        return Credentials.bearerHeader(try await tokens.current())
    }

    /// Another header after a 401; nil when there is nothing else to try.
    func header(insteadOf refused: Secret?) async throws(APIFailure) -> Secret? {
        guard let tokens, let refused else { return nil }
        let token = Secret(String(refused.reveal().dropFirst("Bearer ".count)))
        return Credentials.bearerHeader(try await tokens.replacement(for: token))
    }

    /// What must not appear in anything that is told about a call with this header.
    func secrets(in header: Secret?) -> [Secret] {
        let token = header.flatMap { $0.reveal().split(separator: " ", maxSplits: 1).last }
        return [credentials.secret, token.map { Secret(String($0)) }].compactMap { $0 }
    }
}

extension Exchange {
    /// `POST /oauth/tokens` with client credentials (api notes, section 5). Asking twice does no harm.
    fileprivate func accessToken(clientID: String, secret: Secret) async throws(APIFailure) -> AccessToken {
        let body: AttributeValue = .object([
            "grant_type": "client_credentials", "client_id": .string(clientID),
            "client_secret": .string(secret.reveal()), "scope": "users:read users:write",
        ])
        let call = Call(
            method: .post, target: "/oauth/tokens", body: Array(writeJSON(body).utf8), verb: .read)
        do {
            let answer = try await answer(to: call, authorization: nil)
            return try reader(of: answer, hiding: [secret]).accessToken()
        } catch {
            throw refusal(error)
        }
    }

    /// A refused sign-in is told as such; anything else must not be taken for the fate of the call
    /// that needed the token.
    private func refusal(_ failure: APIFailure) -> APIFailure {
        switch failure {
        case .unauthenticated(let error), .forbidden(let error), .notFound(let error), .refused(let error):
            .unauthenticated(error)
        case .cancelled: .cancelled
        case .lookAgain: .lookAgain
        case .notPermitted(let reason): .notPermitted(reason: reason)
        case .unreachable, .interruptedAfterSending, .noAccessToken, .rateLimited, .serverError, .notJSON,
            .truncated, .unexpected, .insecureURL, .malformedURL:
            .noAccessToken(failure)
        }
    }
}

extension AnswerReader {
    fileprivate func accessToken() throws(APIFailure) -> AccessToken {
        let object = try object()
        guard case .string(let token)? = object["access_token"], !token.isEmpty else {
            throw .unexpected(.missingMember("access_token"))
        }
        guard case .number(let lifetime)? = object["expires_in"] else { return AccessToken(value: Secret(token)) }
        return AccessToken(value: Secret(token), lifetime: Double(lifetime.text))
    }
}

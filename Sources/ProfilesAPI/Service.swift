/// The service as one account sees it: calls go out signed, and answers come back to be read.
/// Only `ReadingClient` and `WritingClient` make calls with it.
struct Service: Sendable {
    var exchange: Exchange
    let signIn: SignIn

    init(_ exchange: Exchange, credentials: Credentials) {
        self.exchange = exchange
        signIn = SignIn(credentials, over: exchange)
    }

    /// The same service, that asks before each sending of a write.
    func asking(_ permission: @escaping WritePermission) -> Service {
        var service = self
        service.exchange.permission = permission
        return service
    }

    /// A 401 is taken as final only when a fresh access token brought it.
    func answer(to call: Call) async throws(APIFailure) -> AnswerReader {
        let header = try await signIn.header()
        let reader = try await answer(to: call, header)
        guard reader.status == 401, let other = try await signIn.header(insteadOf: header) else { return reader }
        return try await answer(to: call, other)
    }

    private func answer(to call: Call, _ header: Secret?) async throws(APIFailure) -> AnswerReader {
        let answer = try await exchange.answer(to: call, authorization: header)
        return exchange.reader(of: answer, hiding: signIn.secrets(in: header))
    }
}

package import ProfileModel
import WireFormat

/// Endpoints 1 to 3. It cannot write: it has no method that does.
package struct ReadingClient: Sendable {
    /// A user has at most 20 profiles; a service that has pages without end is broken.
    static let mostPages = 100

    var service: Service

    /// `userAgent` goes with every call: some calls of the service fail without one (api notes, section 5).
    /// `limiter` is shared by all clients of one account.
    package init(
        origin: ServiceOrigin, credentials: Credentials, transport: HTTPTransport, limiter: RateLimiter,
        retry: RetryPolicy = .standard, userAgent: String, pacer: Pacer = .system,
        reasons: ServiceReasons = .shown
    ) {
        service = Service(
            Exchange(
                origin: origin, transport: transport, limiter: limiter, retry: retry, userAgent: userAgent,
                pacer: pacer, reasons: reasons),
            credentials: credentials)
    }

    /// Reference, "Get profiles by user ID". Nil when there is no such user, where the service tells.
    package func profiles(ofUser userID: String) async throws(APIFailure) -> LookupAnswer? {
        var answer = LookupAnswer()
        var target = CallForm(.user(userID)).target
        for page in 1...ReadingClient.mostPages {
            let reader = try await service.answer(to: .read(target))
            if page == 1, reader.isAbsent { return nil }
            let found = try reader.profiles()
            answer.profiles += found.profiles
            answer.unreadable += found.unreadable
            guard let next = try reader.nextPage(at: service.exchange.origin) else { return answer }
            target = next
        }
        throw .unexpected(.tooManyPages(limit: ReadingClient.mostPages))
    }

    /// Reference, "Get profile by profile ID". Nil when there is none.
    package func profile(id: String) async throws(APIFailure) -> Profile? {
        let reader = try await service.answer(to: .read(CallForm(.profile(id: id)).target))
        return reader.isAbsent ? nil : try reader.profile(withID: id)
    }

    /// Reference, "Get profile by identifier". Nil when the query selects none.
    package func profile(matching query: IdentifierQuery) async throws(APIFailure) -> Profile? {
        let reader = try await service.answer(to: .read(CallForm(.query(query)).target))
        return reader.isAbsent ? nil : try reader.profile(matching: query)
    }

    /// Nil when there is no such user or profile.
    package func answer(_ lookup: Lookup) async throws(APIFailure) -> LookupAnswer? {
        switch lookup {
        case .user(let userID): try await profiles(ofUser: userID)
        case .profile(let id): try await profile(id: id).map { LookupAnswer([$0]) }
        case .query(let query): try await profile(matching: query).map { LookupAnswer([$0]) }
        }
    }
}

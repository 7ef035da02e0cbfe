package import HTTPTypes
package import ProfileModel
import Synchronization

/// A local stand-in of the Profiles API: the nine endpoints of the reference with their rules, for use inside
/// a process and behind `SandboxServer`. Requests take effect one after the other, whoever sends them.
package final class Sandbox: Sendable {
    package let configuration: SandboxConfiguration
    private let now: @Sendable () -> Timestamp
    private let sleep: @Sendable (Duration) async -> Void
    private let seed: UInt64
    private let state: Mutex<State>

    private struct State {
        var account: Account
        var issuer: Issuer
        var file: SandboxFile?
        var meter: RateMeter?
        var faults: FaultDraws
        var tokens = OAuthTokens()
        var log: RequestLog
    }

    /// Opens the storage and reads what it holds. `seed` decides ids and drawn faults, so that runs repeat.
    package init(
        configuration: SandboxConfiguration = SandboxConfiguration(), store: SandboxStorage = .memory,
        now: @escaping @Sendable () -> Timestamp, seed: UInt64 = 1,
        sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) throws(SandboxFailure) {
        self.configuration = configuration
        self.now = now
        self.sleep = sleep
        self.seed = seed
        let file: SandboxFile? =
            switch store {
            case .memory: nil
            case .file(let path): try SandboxFile(path: path)
            }
        let contents = try file?.read() ?? SandboxFile.Contents()
        var account = Account(lowerCase: configuration.switches.lowerCase)
        for change in contents.changes { account.apply(change) }
        account.remember(sources: contents.sources, types: contents.types)
        var issuer = Issuer(seed: seed, lastProfileID: contents.lastProfileID.flatMap(ULID.init))
        if let id = contents.lastUserID { issuer.skip(userID: id) }
        state = Mutex(
            State(
                account: account, issuer: issuer, file: file, meter: configuration.rateLimit.map(RateMeter.init),
                faults: FaultDraws(configuration.faults, seed: seed),
                log: RequestLog(capacity: configuration.requestLogCapacity)))
    }

    /// Answers one request. Host and scheme play no part.
    package func respond(to request: HTTPRequest, body: [UInt8] = []) async -> SandboxAnswer {
        let method = request.method.rawValue
        let (path, query) = splitTarget(request.path ?? "/")
        let strike = state.withLock { $0.faults.draw(method: method, path: String(path)) }
        let wait = configuration.latency + strike.delay
        if wait > .zero { await sleep(wait) }
        return state.withLock { state in
            let moment = now()
            let occurrence = String(10_001 + state.log.count)
            var answer =
                strike.kind?.strikesBefore == true
                ? SandboxAnswer(head: HTTPResponse(status: .ok))
                : perform(request, body, at: moment, occurrence: occurrence, on: &state)
            for kind in strike.replacements + (strike.kind.map { [$0] } ?? []) {
                answer = kind.spoil(answer, occurrence: occurrence, switches: configuration.switches)
            }
            answer.head.headerFields[.date] = httpDate(moment)
            answer.head.headerFields[.requestID] = occurrence
            answer.head.headerFields[.zendeskRequestID] = occurrence
            let isLeftOut = path == "/oauth/tokens" || body.count > configuration.limits.bodyBytes
            state.log.append(
                LoggedRequest(
                    n: state.log.count + 1, at: moment, method: method, path: String(path),
                    query: query.map(String.init),
                    body: isLeftOut ? "" : String(decoding: body, as: UTF8.self), status: answer.head.status.code,
                    behaviour: answer.behaviour))
            return answer
        }
    }

    /// Steps 1 to 4, then the service's own, then the write.
    private func perform(
        _ request: HTTPRequest, _ body: [UInt8], at moment: Timestamp, occurrence: String, on state: inout State
    ) -> SandboxAnswer {
        let switches = configuration.switches
        var standing: RateStanding?
        var reply: Reply
        do {
            let route = try Route(request, jsonSuffix: switches.jsonSuffix)
            if route.endpoint == .token { return try token(request, body, at: moment, on: &state).answer() }
            let caller = try caller(of: request, at: moment, on: state)
            try checkFeature()
            try caller.checkMay(route.endpoint)
            let counts = switches.rateCounts == .all || route.endpoint.isWrite
            standing = state.meter?.take(at: moment, counts: counts)
            if let standing, !standing.isAllowed {
                reply = throttled(standing, now: moment, occurrence: occurrence, switches: switches)
            } else {
                let call = ProfileService.Call(
                    endpoint: route.endpoint, query: route.query, contentType: request.headerFields[.contentType],
                    body: body)
                reply = try decideAndStore(call, at: moment, on: &state)
            }
        } catch {
            reply = error.reply(occurrence: occurrence, shape: switches.errorShape)
        }
        let shown = standing ?? state.meter?.take(at: moment, counts: false)
        reply.headers += shown?.headers ?? []
        return reply.answer()
    }

    private func caller(of request: HTTPRequest, at moment: Timestamp, on state: State) throws(Refusal) -> SandboxCaller
    {
        switch configuration.authentication {
        case .open: SandboxCaller()
        case .required(let access):
            try access.caller(
                authorization: request.headerFields[.authorization], issued: state.tokens.issued, now: moment.seconds)
        }
    }

    private func checkFeature() throws(Refusal) {
        guard configuration.switches.feature == .off else { return }
        throw Refusal(403, .featureNotEnabled, "profiles are not activated in this account (Admin Center)")
    }

    private func token(
        _ request: HTTPRequest, _ body: [UInt8], at moment: Timestamp, on state: inout State
    ) throws(Refusal) -> Reply {
        guard case .required(let access) = configuration.authentication, !access.clients.isEmpty else {
            throw Refusal(404, .routeNotFound, "no endpoint POST /oauth/tokens: the sandbox has no OAuth clients")
        }
        return state.tokens.issue(
            body, contentType: request.headerFields[.contentType], access: access, now: moment)
    }

    /// Decides on a value, stores the effect, and only then changes what later requests see.
    private func decideAndStore(
        _ call: ProfileService.Call, at moment: Timestamp, on state: inout State
    ) throws(Refusal) -> Reply {
        let decision = try decide(call, at: moment, on: &state)
        guard !decision.changes.isEmpty else { return decision.reply }
        do {
            try state.file?.write(decision.changes, issuer: state.issuer)
        } catch {
            throw Refusal(500, .storageFailed, error.description)
        }
        for change in decision.changes { state.account.apply(change) }
        return decision.reply
    }

    private func decide(
        _ call: ProfileService.Call, at moment: Timestamp, on state: inout State
    ) throws(Refusal) -> ProfileService.Decision {
        let isFine = configuration.switches.timestamps == .milliseconds
        let fraction = isFine ? moment.nanoseconds / 1_000_000 * 1_000_000 : 0
        var service = ProfileService(
            account: state.account, limits: configuration.limits, switches: configuration.switches,
            now: Timestamp(seconds: moment.seconds, nanoseconds: fraction), issuer: state.issuer)
        defer { state.issuer = service.issuer }
        return try service.decide(call)
    }
}

extension Sandbox {
    /// The requests that the log still has, oldest first.
    package var requests: [LoggedRequest] { state.withLock { $0.log.requests } }

    /// In the order of their ids.
    package var users: [SandboxUser] {
        state.withLock { Array($0.account.users.values) }.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) }
    }

    package func world() -> SandboxWorld {
        let account = state.withLock { $0.account }
        let profiles = account.profiles.values.sorted { $0.id < $1.id }
        let events = profiles.filter { $0.events > 0 }.map { ($0.id, $0.events) }
        return SandboxWorld(
            users: account.users.values.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) },
            profiles: profiles.map(\.noun), events: Dictionary(uniqueKeysWithValues: events))
    }

    /// Replaces everything by this world. The request log stays.
    package func load(_ world: SandboxWorld) throws(SandboxFailure) {
        try state.withLock { (state) throws(SandboxFailure) in
            var loading = WorldLoading(
                issuer: state.issuer, now: Timestamp(seconds: now().seconds), switches: configuration.switches)
            try loading.load(world)
            try state.file?.replaceAll(loading.changes, issuer: loading.issuer)
            state.account = loading.account
            state.issuer = loading.issuer
        }
    }

    /// Empties the account and the request log, and lets throttle, faults and issued tokens start anew.
    package func reset() throws(SandboxFailure) {
        try load(SandboxWorld())
        state.withLock { state in
            state.log.clear()
            state.meter = configuration.rateLimit.map(RateMeter.init)
            state.faults = FaultDraws(configuration.faults, seed: seed)
            state.tokens = OAuthTokens()
        }
    }

    /// Gives a profile this many events; false if there is no such profile.
    @discardableResult
    package func setEvents(_ count: Int, ofProfile id: String) throws(SandboxFailure) -> Bool {
        try state.withLock { (state) throws(SandboxFailure) in
            guard var profile = state.account.profiles[id] else { return false }
            profile.events = count
            try state.file?.write([.profile(profile)], issuer: state.issuer)
            state.account.apply(.profile(profile))
            return true
        }
    }

    /// Lets go of the data file; later writes answer 500.
    package func close() {
        state.withLock { $0.file?.close() }
    }
}

package import ProfileModel
import WireFormat

package enum WriteAnswer: Sendable, Hashable {
    /// 201.
    case created(Profile)
    /// 200: the profile as it is now, after PUT or PATCH.
    case replaced(Profile)
    case deleted
    /// A DELETE found nothing to delete.
    case alreadyGone
}

/// Endpoints 4 to 9. Whether a failed call may have taken effect tells `APIFailure.outcomeIsUnknown`.
package struct WritingClient: Sendable {
    package private(set) var reading: ReadingClient
    private var service: Service

    /// - Parameter permission: asked before each sending of a write; a write that it forbids ends in
    ///   `APIFailure.notPermitted`.
    package init(reading: ReadingClient, permission: WritePermission? = nil) {
        self.reading = reading
        service = permission.map(reading.service.asking) ?? reading.service
    }

    /// The same client, that writes only as long as it is permitted.
    package func permitted(by permission: @escaping WritePermission) -> WritingClient {
        WritingClient(reading: reading, permission: permission)
    }

    /// The same client for one step: the patience for retries is for all its calls together, whichever of them takes
    /// long. The first attempt of each call is made all the same.
    package func forOneStep() -> WritingClient {
        let patience = Patience()
        var client = self
        client.reading.service.exchange.patience = patience
        client.service.exchange.patience = patience
        return client
    }

    /// When a step is over: the turn of a write that was not needed.
    package func endStep() async {
        if let turn = service.exchange.patience?.takeTurn() { await service.exchange.limiter.giveBack(turn) }
    }

    package func perform(_ write: ProfileWrite) async throws(APIFailure) -> WriteAnswer {
        switch write {
        case .putUnderUser(let userID, let query, let values):
            try await put(query, values, underUser: userID)
        case .putByQuery(let query, let values): try await put(query, values)
        case .put(let id, let values): .replaced(try await put(id: id, values))
        case .patch(let id, let patch): .replaced(try await self.patch(id: id, patch))
        case .patchByQuery(let query, let patch): .replaced(try await self.patch(query, patch))
        case .delete(let id): try await delete(id: id)
        }
    }

    /// Reference, "Create or update profile by user ID".
    package func put(
        _ query: IdentifierQuery, _ values: ProfileValues, underUser userID: String
    ) async throws(APIFailure) -> WriteAnswer {
        try await answer(to: .putUnderUser(userID: userID, query, values)).written(matching: query)
    }

    /// Reference, "Create or update profile by identifier".
    package func put(_ query: IdentifierQuery, _ values: ProfileValues) async throws(APIFailure) -> WriteAnswer {
        try await answer(to: .putByQuery(query, values)).written(matching: query)
    }

    /// Reference, "Update profile by profile ID".
    package func put(id: String, _ values: ProfileValues) async throws(APIFailure) -> Profile {
        try await answer(to: .put(id: id, values)).updated().profile(withID: id)
    }

    /// Reference, "Partial update profile by profile ID".
    package func patch(id: String, _ patch: ProfilePatch) async throws(APIFailure) -> Profile {
        try await answer(to: .patch(id: id, patch)).updated().profile(withID: id)
    }

    /// Reference, "Partial update profile by identifier".
    package func patch(_ query: IdentifierQuery, _ patch: ProfilePatch) async throws(APIFailure) -> Profile {
        try await answer(to: .patchByQuery(query, patch)).updated().profile(matching: query)
    }

    /// Reference, "Delete profile by profile ID". Not all that is known of a second DELETE is certain: 404
    /// tells that the profile is gone, and so does 400 when a GET then answers 404 (api notes, section 7).
    package func delete(id: String) async throws(APIFailure) -> WriteAnswer {
        let reader = try await answer(to: .delete(id: id))
        if reader.isAbsent { return .alreadyGone }
        switch reader.status {
        case 204: return .deleted
        case 200:
            try reader.checkNoPage()
            return .deleted
        case 400:
            guard await isGone(id) else { throw reader.failure() }
            return .alreadyGone
        default: throw reader.failure()
        }
    }

    /// Whatever keeps the GET from an answer, the refusal of the DELETE stands.
    private func isGone(_ id: String) async -> Bool {
        do {
            return try await reading.profile(id: id) == nil
        } catch {
            return false
        }
    }

    /// A pause before a write is sent again whose answer was lost and which had no effect; as long as before a read
    /// that is made again.
    /// - Returns: false when there is no patience left, or the task was cancelled.
    package func waitBeforeSendingAgain(after failure: APIFailure, sending: Int) async -> Bool {
        let exchange = service.exchange
        let decision = exchange.retry.decision(
            after: .answered(status: 503, retryAfter: failure.retryAfter), attempt: sending, verb: .read,
            elapsed: exchange.patience?.spent ?? 0,
            random: exchange.pacer.random())
        guard case .retry(let pause) = decision, !Task.isCancelled else { return false }
        exchange.patience?.spend(pause)
        do {
            try await exchange.pacer.sleep(pause)
            return true
        } catch {
            return false
        }
    }

    private func answer(to write: ProfileWrite) async throws(APIFailure) -> AnswerReader {
        try await service.answer(to: .write(write))
    }
}

extension APIFailure {
    fileprivate var retryAfter: Double? {
        if case .serverError(let error) = self { error.retryAfter } else { nil }
    }
}

extension AnswerReader {
    fileprivate func written(matching query: IdentifierQuery) throws(APIFailure) -> WriteAnswer {
        let profile = try profile(matching: query)
        return status == 201 ? .created(profile) : .replaced(profile)
    }

    /// These endpoints never create.
    fileprivate func updated() throws(APIFailure) -> AnswerReader {
        guard status != 201 else { throw .unexpected(.status(status)) }
        return self
    }
}

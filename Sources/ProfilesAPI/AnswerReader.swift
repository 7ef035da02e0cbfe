import HTTPTypes
import ProfileModel
import WireFormat

/// What an answer means, decided by its status (api notes, section 6).
struct AnswerReader: Sendable {
    let answer: HTTPAnswer
    private let retryAfter: Double?
    private let secrets: [Secret]
    private let reasons: ServiceReasons

    init(_ answer: HTTPAnswer, retryAfter: Double?, hiding secrets: [Secret], reasons: ServiceReasons) {
        self.answer = answer
        self.retryAfter = retryAfter
        self.secrets = secrets
        self.reasons = reasons
    }

    var status: Int { answer.head.status.code }

    /// Why the answer is not the one that the call was made for.
    func failure() -> APIFailure {
        switch status {
        case 300..<400: return .unexpected(.redirect(status: status, host: redirectHost))
        // A page that says 404 says nothing about profiles.
        case 404 where answer.isPage: return notJSON()
        case 400..<600: break
        default: return .unexpected(.status(status))
        }
        var error = ServiceError(answer, hiding: secrets, reasons: reasons)
        switch status {
        case 401: return .unauthenticated(error)
        case 403: return .forbidden(error)
        case 404: return .notFound(error)
        case 429: return .rateLimited(retryAfter: retryAfter, error)
        case 400..<500: return .refused(error)
        default:
            error.retryAfter = retryAfter
            return .serverError(error)
        }
    }

    /// The body of a 200 or 201 answer.
    func object() throws(APIFailure) -> AttributeObject {
        guard status == 200 || status == 201 else { throw failure() }
        guard !answer.isPage, !answer.body.isEmpty || answer.isJSON else { throw notJSON() }
        switch Result(catching: { () throws(JSONError) in try readAnswer(answer.body) }) {
        case .success(.object(let object)): return object
        case .success: throw .unexpected(.missingMember("profile"))
        case .failure(let error) where error.problem == .truncated && beginsLikeJSON:
            throw .truncated(expected: nil, got: answer.body.count)
        case .failure: throw answer.isJSON ? .unexpected(.malformedJSON) : notJSON()
        }
    }

    /// The envelope `{"profile":{…}}`.
    func profile() throws(APIFailure) -> Profile {
        try read(try member("profile"))
    }

    /// The envelope `{"profiles":[…]}`. One that cannot be read does not keep the others from being read.
    func profiles() throws(APIFailure) -> LookupAnswer {
        guard case .array(let items) = try member("profiles") else { throw .unexpected(.missingMember("profiles")) }
        var answer = LookupAnswer()
        for item in items {
            do {
                answer.profiles.append(try Profile(json: item))
            } catch {
                answer.unreadable.append(UnreadableProfile(error, id: item.profileID))
            }
        }
        return answer
    }

    private func member(_ name: String) throws(APIFailure) -> AttributeValue {
        switch try object()[name] {
        case nil: throw .unexpected(.missingMember(name))
        case .damaged: throw .unexpected(.repeatedMember(name))
        case let value?: return value
        }
    }

    /// A 200 answer may have no body at all, or any JSON, where nothing is read from it.
    func checkNoPage() throws(APIFailure) {
        guard !answer.isPage, answer.body.isEmpty || (try? readAnswer(answer.body)) != nil else { throw notJSON() }
    }

    private func notJSON() -> APIFailure {
        .notJSON(contentType: answer.mediaType, bytes: answer.body.count, status: status)
    }

    private func read(_ value: AttributeValue) throws(APIFailure) -> Profile {
        do { return try Profile(json: value) } catch { throw .unexpected(.notAProfile(error)) }
    }

    private var beginsLikeJSON: Bool {
        answer.firstByte == UInt8(ascii: "{") || answer.firstByte == UInt8(ascii: "[")
    }

    private var redirectHost: String? {
        answer.head.headerFields.value("location").flatMap { try? URLParts($0) }?.origin.host
    }
}

import HTTPTypes
import ProfileModel
import WireFormat

/// One request, short of where it goes and of who sends it.
struct Call: Sendable, Hashable {
    var method: HTTPRequest.Method
    /// Path and query, percent-encoded.
    var target: String
    var body: [UInt8] = []
    /// Whether it may be made again when it is not known what became of it.
    var verb: RetryPolicy.Verb
}

extension Call {
    static func read(_ target: String) -> Call {
        Call(method: .get, target: target, verb: .read)
    }

    static func write(_ write: ProfileWrite) -> Call {
        let form = CallForm(write)
        return Call(
            method: method(of: write), target: form.target, body: form.body.map { Array(writeJSON($0).utf8) } ?? [],
            verb: .write)
    }

    private static func method(of write: ProfileWrite) -> HTTPRequest.Method {
        switch write {
        case .putUnderUser, .putByQuery, .put: .put
        case .patch, .patchByQuery: .patch
        case .delete: .delete
        }
    }

    /// Headers as the notes ask for them (section 5): a content type also on DELETE, which has no body.
    func request(to origin: ServiceOrigin, userAgent: String, authorization: Secret?) -> HTTPRequest {
        var fields = HTTPFields()
        fields[.accept] = "application/json"
        fields[.userAgent] = userAgent
        if method != .get { fields[.contentType] = "application/json" }
        if let authorization { fields[.authorization] = authorization.reveal() }
        return HTTPRequest(
            method: method, scheme: origin.scheme.rawValue, authority: origin.authority, path: target,
            headerFields: fields)
    }
}

extension CallForm {
    var target: String { query.map { "\(path)?\($0)" } ?? path }
}

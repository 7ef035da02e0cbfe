import ProfileModel
import Views
import WireFormat

extension PlanDocumentFailure {
    var words: String {
        switch self {
        case .notJSON(let error): "it is not JSON: byte \(error.offset) is not as expected"
        case .unsupportedVersion("1.0"): "an older profilectl saved it, and it does not say what it rests on"
        case .unsupportedVersion(let found?): "it has format \(found), which this profilectl does not know"
        case .unsupportedVersion(nil): "it does not say which format it has"
        case .redacted: "it was written for readers, with pseudonyms for the values"
        case .digestMismatch: "its content is not what was saved; plans are not edited by hand"
        case .invalid(let path, let problem): "\(path.isEmpty ? "the document" : path): \(problem.words)"
        }
    }
}

extension PlanDocumentFailure.Problem {
    fileprivate var words: String {
        switch self {
        case .missing: "is missing"
        case .expected(let kind): "is no \(kind.rawValue)"
        case .unknownName(let name): "has the unknown name '\(name)'"
        case .notAProfile: "is no profile"
        case .repeated: "says again what was said before"
        case .requestDiffers: "the call is not the one that this step makes"
        }
    }
}

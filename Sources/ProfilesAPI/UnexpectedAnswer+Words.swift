import WireFormat

extension UnexpectedAnswer: CustomStringConvertible {
    package var description: String {
        switch self {
        case .redirect(let status, let host?): "a redirect (\(status)) to \(host), which is not followed"
        case .redirect(let status, nil): "a redirect (\(status)), which is not followed"
        case .status(let status): "the status \(status), which the reference does not know"
        case .malformedJSON: "it says that it is JSON, and it is not"
        case .missingMember(let name): "the member '\(name)' is missing"
        case .repeatedMember(let name): "the member '\(name)' is there more than once"
        case .notAProfile(let error): "a profile whose '\(error.field)' cannot be read"
        case .otherProfile(let asked): "it was asked for \(asked) and answered with another profile"
        case .answerTooLarge(let limit): "more than \(limit) bytes"
        case .tooManyPages(let limit): "more than \(limit) pages"
        case .badPageLink: "a next page without a usable link"
        }
    }
}

extension URLFlaw: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noScheme: "it does not begin with https://"
        case .otherScheme: "only https:// is spoken (and http:// on this machine)"
        case .noHost: "it has no host"
        case .badHost: "its host is not valid"
        case .badPort: "its port is not valid"
        case .userInfo: "credentials do not belong in it"
        case .morePath: "it ends with the host: no path, query or fragment"
        }
    }
}

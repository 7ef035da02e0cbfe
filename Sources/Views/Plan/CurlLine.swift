import Planning
import ProfileModel
import WireFormat

/// A plan's calls as lines for a POSIX shell that make them with curl, byte for byte as `apply` would.
///
/// Only printable ASCII stands in them: the URL is percent-encoded, and the JSON of the body writes everything else
/// as `\uXXXX`. The token is a variable of the shell's, never a value of ours.
struct CurlLines: Hashable {
    private let origin: String
    private let isAuthorized: Bool
    /// What has to be done before the lines work; nil when nothing has.
    let preparation: SafeText?

    /// Nil when nothing can be called at what the plan says the service is.
    init?(_ service: String) {
        let sandbox = "sandbox:"
        if service.hasPrefix(sandbox) {
            origin = "http://127.0.0.1:8787"
            isAuthorized = false
            let file = service.dropFirst(sandbox.count)
            guard Self.isPlain(file) else { return nil }
            preparation =
                "the curl lines need the sandbox to be served: profilectl sandbox serve --port 8787 --data "
                + "\(shellQuoted(String(file)))"
        } else {
            guard service.hasPrefix("https://") || service.hasPrefix("http://") else { return nil }
            guard Self.isPlain(service[...]), !service.contains(" ") else { return nil }
            origin = service
            isAuthorized = true
            preparation = "the curl lines take the access token from the variable ZENDESK_OAUTH_TOKEN"
        }
    }

    func line(_ write: ProfileWrite) -> String {
        let form = CallForm(write)
        let target = form.query.map { "\(form.path)?\($0)" } ?? form.path
        var words = ["curl", "-X", form.method, shellQuoted(origin + target)]
        if isAuthorized { words += ["-H", "\"Authorization: Bearer $ZENDESK_OAUTH_TOKEN\""] }
        words += ["-H", "'Content-Type: application/json'"]
        if let body = form.body { words += ["-d", shellQuoted(Escaping.asciiJSON(writeJSON(body)))] }
        return words.joined(separator: " ")
    }

    private static func isPlain(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}

/// As one word, in quotes only where a shell would read something else.
func shellQuotedWhereNeeded(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
        byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || "0123456789/._-+@".utf8.contains(byte))
    }
    return isPlain && !text.isEmpty && !text.hasPrefix("-") ? text : shellQuoted(text)
}

/// As one word, in which no shell reads anything.
func shellQuoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
}

import Diagnostics
import Manifests

extension Workspace {
    /// Secrets that stand in the workspace file itself. They are in git already, and need not get into logs too.
    var writtenSecrets: [String] {
        environments.compactMap { environment in
            guard case .account(_, let authentication) = environment.service else { return nil }
            let secret =
                switch authentication {
                case .bearer(let token), .apiToken(_, let token), .oauthClient(_, let token): token
                }
            return secret.isLiteral ? secret.text : nil
        }
    }
}

extension SourceText {
    /// With a star for each character of these, so that places stay where they are.
    func hiding(_ secrets: [String]) -> SourceText {
        let hidden = secrets.filter { !$0.isEmpty }
        guard !hidden.isEmpty else { return self }
        var text = String(decoding: bytes, as: UTF8.self)
        for secret in hidden {
            let stars = String(repeating: "*", count: secret.unicodeScalars.count)
            text = text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: stars)
        }
        return SourceText(name: name, text: text)
    }
}

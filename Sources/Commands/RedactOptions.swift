import ArgumentParser
import Manifests
import ProfilesAPI
import Views

enum RedactChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// Nil where values are shown.
    func redaction(publicAttributes: [String] = [], in session: Session) -> Redaction? {
        guard isWanted(in: session) else { return nil }
        return Redaction(key: key(session), publicAttributes: Set(publicAttributes))
    }

    func serviceReasons(in session: Session) -> ServiceReasons { isWanted(in: session) ? .hidden : .shown }

    /// Without a key of the user's, pseudonyms mean something within one run only. Pipelines of forks set
    /// the variable to nothing.
    private func key(_ session: Session) -> [UInt8] {
        let given = session.variables.bytes(of: "PROFILECTL_REDACTION_KEY") ?? []
        return given.isEmpty ? Array("\(session.randomSeed())\(session.randomSeed())".utf8) : given
    }

    private func isWanted(in session: Session) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: session.isInPipeline
        }
    }
}

struct RedactOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Show pseudonyms instead of values. `auto` does so where the variable CI is set.",
            valueName: "auto|always|never"))
    var redact: RedactChoice = .auto

    func redaction(publicAttributes: [String], in session: Session) -> Redaction? {
        redact.redaction(publicAttributes: publicAttributes, in: session)
    }
}

extension Stop {
    /// Without the values that others must not read; a source line would show them.
    func redacted(by redaction: Redaction?) -> Stop {
        guard let redaction else { return self }
        return Stop(redaction.redacted(diagnostics), code: code)
    }
}

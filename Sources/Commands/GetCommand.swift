import ArgumentParser
import Diagnostics
import Manifests
import Planning
import ProfileModel
import ProfilesAPI
import Views

struct GetCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Print live profiles.",
        discussion: """
            By identifier query (source:type:identifier_type:value), by profile id, or all of a user:
              profilectl get coolbikes:rider:email:jane@example.com
              profilectl get 01ARZ3NDEKTSV4RRFFQ69G5FAV
              profilectl get --user 123456
            """)

    @Argument(help: ArgumentHelp("An identifier query or a profile id.", valueName: "query-or-id"))
    var selector: String?

    @Option(help: ArgumentHelp("All profiles of this user.", valueName: "user-id"))
    var user: String?

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var redaction: RedactOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var failsInJSON: Bool { format.format == .json }
    var redactChoice: RedactChoice { redaction.redact }

    func validate() throws { _ = try lookup() }

    func run(in session: Session) async throws -> ExitCode {
        let lookup = try lookup()
        let context = try RunContext.load(environment, in: session)
        let account = try Account.open(context, redacting: redactChoice, in: session)
        let answer = try await account.use { client in
            do throws(APIFailure) {
                return try await client.answer(lookup)
            } catch {
                if let unreadable = error.unreadable(in: lookup), !error.isOfTheWay {
                    return LookupAnswer(unreadable: [unreadable])
                }
                throw Stop(error.diagnostic(account.stamp), code: error.exitCode)
            }
        }
        let unreadable = answer?.unreadable ?? []
        // Without a profile there is nothing to print but the error.
        if let answer, answer.profiles.isEmpty, !unreadable.isEmpty {
            throw Stop(unreadable.map { $0.diagnostic(of: lookup) }, code: .error)
        }
        let profiles = answer?.profiles ?? []
        let redaction = redaction.redaction(publicAttributes: context.workspace.publicAttributes, in: session)
        let shown = redaction.map { redaction in profiles.map { redaction.redacted($0) } } ?? profiles
        switch format.format {
        case .text:
            let style = TextStyle.forOutput(in: session, color: style.color)
            try session.output.write(context.notice + ProfilesText.render(shown, style: style))
        case .json:
            try session.output.write(ProfilesJSON.render(shown, unreadable: unreadable))
        }
        guard unreadable.isEmpty else {
            let diagnostics = unreadable.map { $0.diagnostic(of: lookup) }
            let style = TextStyle.forErrors(in: session, color: style.color)
            try session.errorOutput.write(DiagnosticsText.render(diagnostics, style: style, sources: { _ in nil }))
            return .error
        }
        guard answer == nil else { return .done }
        try session.errorOutput.write(
            user.map { "There is no user \($0).\n" } ?? "No profile answers to \(Escaping.quoted(selector ?? "")).\n")
        return .error
    }

    private func lookup() throws -> Lookup {
        switch (selector, user) {
        case (nil, let user?):
            guard !user.isEmpty, user.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
                throw ValidationError("a user id has digits only")
            }
            return .user(user)
        case (let selector?, nil): return try lookup(selector)
        case (nil, nil): throw ValidationError("say what to get: an identifier query, a profile id, or --user")
        case (_?, _?): throw ValidationError("give an identifier query or profile id, or --user, not both")
        }
    }

    private func lookup(_ selector: String) throws -> Lookup {
        guard !selector.isEmpty else { throw ValidationError("say what to get: an identifier query or a profile id") }
        guard selector.contains(":") else {
            guard !selector.contains("/") else {
                let hint = "`profilectl ledger show` tells the profile id of an address"
                throw ValidationError("this is no identifier query and no profile id; \(hint)")
            }
            return .profile(id: selector)
        }
        guard let query = IdentifierQuery(selector) else {
            throw ValidationError("an identifier query has four parts: source:type:identifier_type:value")
        }
        return .query(query)
    }
}

extension UnreadableProfile {
    /// The value of a query is personal and not repeated.
    fileprivate func diagnostic(of lookup: Lookup) -> Diagnostic {
        let name =
            switch (id, lookup) {
            case (let id?, _): "profile \(id)"
            case (nil, .user(let user)): "a profile of user \(user)"
            case (nil, .query(let query)):
                "the \(query.source)/\(query.type) profile with this \(query.identifier.type)"
            case (nil, .profile(let id)): "profile \(id)"
            }
        return Diagnostic(
            .unreadableProfile, "\(name) cannot be read: \(words)",
            help: "run the command again; if it stays so, correct the live profile or ask the service's support")
    }
}

/// PM5xx: the service and the network.
extension ExplainPage {
    static let unreachable = ExplainPage(
        title: "The service cannot be reached",
        meaning: "No connection could be made, or it ended without an answer, and trying again did not help.",
        example: .situation("The host does not exist, a proxy is needed, or the sandbox is not running."),
        fix: """
            Check `url` and the network; `profilectl doctor` tries each part. A write without an answer is read back \
            by the next apply, never repeated blindly.
            """)

    static let unauthenticated = ExplainPage(
        title: "The service does not know who calls",
        meaning: "It answered 401: the credentials are missing, wrong, expired or switched off.",
        example: .situation(
            "An API token that was not used for 30 days is deactivated; after 30 April 2027 none works."),
        fix: """
            Check the variables that `auth` names, and that they are those of this account. An OAuth client with \
            `oauth_client` fits pipelines best.
            """)

    static let forbidden = ExplainPage(
        title: "The caller may not do this",
        meaning: """
            The service answered 403: it knows the caller, who lacks a permission. Profiles need an agent or admin, \
            for writing a role that allows it, for OAuth the scopes `users:read` and `users:write`.
            """,
        example: .situation(
            "A token with the scope `tickets:read` only, or an account where profiles are not switched on."),
        fix: "Ask an admin for the role or scope, and whether profiles are activated (Suite Team and above).")

    static let notJSON = ExplainPage(
        title: "The answer is not JSON",
        meaning: "Something else than the API answered, most often a proxy, a login page or a maintenance page.",
        example: .situation("A company proxy answers with an HTML page."),
        fix: "Check `url` and the proxy; the message tells the status, the length and the content type of the answer."
    )

    static let truncatedAnswer = ExplainPage(
        title: "An answer ended too early",
        meaning: "The connection ended in the middle of an answer, so what it says is not known.",
        example: .situation("A proxy that cuts connections after some seconds."),
        fix: "Run the command again; reads are repeated and writes are read back first. If it stays, look at the proxy."
    )

    static let unexpectedAnswer = ExplainPage(
        title: "The answer is not what the API describes",
        meaning: "It is JSON, but without the parts that the reference promises, or with a status that is not known.",
        example: .situation("`{\"ok\": true}` in answer to a request for a profile."),
        fix:
            "Check that `url` is the account's own. If it is, keep the request id from the message and ask the service's support."
    )

    static let refusedByService = ExplainPage(
        title: "The service refused the request",
        meaning: """
            It answered that the request is not acceptable (400, 404, 409, 422) and gave a reason, which the message \
            repeats. Its reasons are often short.
            """,
        example: .situation("An identifier that belongs to another user, or the 21st profile of a user."),
        fix: "Correct the manifest by the reason given. Nothing was changed by the refused call; other steps go on.")

    static let rateLimited = ExplainPage(
        title: "Too many requests",
        meaning: """
            The service answered 429 again and again. The limit of an account is shared by all that use its profiles, \
            events and legacy custom objects.
            """,
        example: .situation(
            "`rate_limit: {per_minute: 1000}` on an account that allows 500, or a second job beside this one."),
        fix: "Set `per_minute` to the account's limit and `share` below 1, to leave room for others; then apply again.")

    static let insecureURL = ExplainPage(
        title: "Credentials would travel unprotected",
        meaning:
            "The `url` begins with http://, where anyone on the way can read the credentials. Only this machine is excepted.",
        example: .workspace(
            """
            version: 1
            environments:
              staging:
                url: http://acme.zendesk.com
                auth: {bearer: "${env:ZENDESK_OAUTH_TOKEN}"}
            """),
        fix: "Write https://. For a sandbox on this machine `http://localhost:8787` or `http://127.0.0.1:8787` is fine."
    )

    static let sandboxUnusable = ExplainPage(
        title: "The sandbox does not start",
        meaning: """
            The data file of the sandbox is in use by another process, was written by a newer profilectl or is something \
            else; or its port is taken.
            """,
        example: .situation("`profilectl sandbox serve --data FILE` while another one serves the same file."),
        fix:
            "Stop the other process, or give this one a file and a port of its own. A data file may be deleted: it holds test data only."
    )
}

/// PM2xx: the workspace file.
extension ExplainPage {
    static let noEnvironment = ExplainPage(
        title: "No environment was chosen",
        meaning: """
            A run is about one environment: that of `--env`, else of `PROFILECTL_ENV`, else `default_environment`, \
            else the only one. Here there are several, or none, and nothing chooses.
            """,
        example: .situation("`profilectl plan` with the environments `staging` and `production` and no default."),
        fix: "Add `--env staging`, or write `default_environment` in `profilectl.yaml`; best a harmless one.")

    static let unknownEnvironment = ExplainPage(
        title: "The environment does not exist",
        meaning:
            "`--env`, `PROFILECTL_ENV` or `default_environment` names an environment that `profilectl.yaml` does not have.",
        example: .workspace(
            """
            version: 1
            default_environment: stagging
            environments:
              staging: {sandbox: {}}
            """),
        fix: "Correct the name; the message lists those that exist.")

    static let badURL = ExplainPage(
        title: "The url of an account is not usable",
        meaning:
            "`url` is a scheme and a host, with a port where needed. It has no path, no query and no user or password.",
        example: .workspace(
            """
            version: 1
            environments:
              staging:
                url: https://acme.zendesk.com/api/v2
                auth: {bearer: "${env:ZENDESK_OAUTH_TOKEN}"}
            """),
        fix: "Write `https://acme.zendesk.com`. Credentials stand under `auth`.")

    static let badAuthentication = ExplainPage(
        title: "The credentials are not given as they should be",
        meaning: """
            An environment with a `url` needs exactly one of `bearer`, `oauth_client` and `api_token` under `auth`; a \
            sandbox takes none. Passwords are no longer accepted by the service. A secret that is written into the \
            file itself gets a warning: all who can read the repository have it.
            """,
        example: .workspace(
            """
            version: 1
            environments:
              staging: {url: "https://acme.zendesk.com"}
            """),
        fix: "Write `auth: {bearer: \"${env:ZENDESK_OAUTH_TOKEN}\"}` and set the variable where profilectl runs.")

    static let badNumber = ExplainPage(
        title: "A number is out of its range",
        meaning: """
            `per_minute` is a whole number from 1 on, `share` lies above 0 and is at most 1, thresholds are a \
            percentage such as `30%` or a whole number of profiles.
            """,
        example: .workspace(
            """
            version: 1
            environments:
              staging: {sandbox: {}, rate_limit: {share: 60}}
            """),
        fix: "Write a number of that range, without quotes: a share of 60 % is `0.6`.")

    static let badPattern = ExplainPage(
        title: "A pattern cannot be understood",
        meaning: "`manifests` and `--target` take globs: `*`, `?` and `[a-z]` within a name, `**` for any directories.",
        example: .workspace("version: 1\nmanifests: [\"profiles/[a-c*.yaml\"]\n"),
        fix: "Close the bracket. A backslash before `*`, `?` or `[` makes it an ordinary character.")

    static let badEnvironmentName = ExplainPage(
        title: "An environment has an unsuitable name",
        meaning:
            "The ledger of an environment lies in a file of its name, so the name has only letters, digits, `-` and `_`.",
        example: .workspace("version: 1\nenvironments:\n  eu/staging: {sandbox: {}}\n"),
        fix: "Write `eu-staging`.")

    static let unknownSource = ExplainPage(
        title: "A policy is for a source that no profile has",
        meaning: """
            What stands under `policy.sources` holds for the profiles of that source. No manifest and no entry of the \
            ledger has it, so most likely it is misspelt, and the source that is meant goes without its policy. \
            Looked at when all manifests of the environment are read, not when files are named.
            """,
        example: .situation("`policy: {sources: {coolbike: {delete: never}}}`, while the profiles are of `coolbikes`."),
        fix: "Write the source as the manifests do, or take the policy out when its last profile is gone.")
}

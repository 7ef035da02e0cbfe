/// The web page of the pipeline's run that the variables of a continuous-integration service name; nil elsewhere.
func pipelinePage(in environment: [String: String]) -> String? {
    for page in pages {
        let parts = page.map { part in
            switch part {
            case .text(let text): text
            case .variable(let name): environment[name] ?? ""
            }
        }
        if !parts.contains(""), let url = shownURL(parts.joined()) { return url }
    }
    return nil
}

private enum Part: ExpressibleByStringLiteral {
    case text(String)
    case variable(String)

    init(stringLiteral text: String) { self = .text(text) }
}

/// The first whose variables are all set. Those that a service sets for others' sake stand behind its own.
private let pages: [[Part]] = [
    // GitHub, Gitea and Forgejo
    [
        .variable("GITHUB_SERVER_URL"), "/", .variable("GITHUB_REPOSITORY"), "/actions/runs/",
        .variable("GITHUB_RUN_ID"),
    ],
    // GitLab
    [.variable("CI_JOB_URL")],
    // GitLab, Woodpecker
    [.variable("CI_PIPELINE_URL")],
    [.variable("BUILDKITE_BUILD_URL"), "#", .variable("BUILDKITE_JOB_ID")],
    [.variable("BUILDKITE_BUILD_URL")],
    [.variable("CIRCLE_BUILD_URL")],
    // Azure Pipelines
    [
        .variable("SYSTEM_COLLECTIONURI"), .variable("SYSTEM_TEAMPROJECT"), "/_build/results?buildId=",
        .variable("BUILD_BUILDID"),
    ],
    [.variable("BITBUCKET_GIT_HTTP_ORIGIN"), "/pipelines/results/", .variable("BITBUCKET_BUILD_NUMBER")],
    [.variable("TRAVIS_BUILD_WEB_URL")],
    [.variable("DRONE_BUILD_LINK")],
    [.variable("SEMAPHORE_ORGANIZATION_URL"), "/jobs/", .variable("SEMAPHORE_JOB_ID")],
    ["https://cirrus-ci.com/task/", .variable("CIRRUS_TASK_ID")],
    // Jenkins, TeamCity
    [.variable("BUILD_URL")],
]

/// Nil for what is no URL of a page. Spaces, as in names of projects, are encoded; what signs somebody in is taken out.
private func shownURL(_ text: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: text.hasPrefix), text.utf8.count <= 1_000 else {
        return nil
    }
    let rest = text.dropFirst(scheme.count).replacing(" ", with: "%20")
    guard !rest.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) else { return nil }
    let host = rest.prefix { !"/?#".contains($0) }
    guard let at = host.lastIndex(of: "@") else { return scheme + rest }
    return scheme + rest[rest.index(after: at)...]
}

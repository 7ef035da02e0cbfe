import Testing

@testable import Commands

@Suite struct PipelinePageTests {
    private static let services: [(variables: [String: String], page: String?)] = [
        ([:], nil),
        (
            ["GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b", "GITHUB_RUN_ID": "7"],
            "https://github.com/a/b/actions/runs/7"
        ),
        (["GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b"], nil),
        (
            ["CI_JOB_URL": "https://gitlab.com/a/-/jobs/1", "CI_PIPELINE_URL": "https://gitlab.com/a/-/pipelines/2"],
            "https://gitlab.com/a/-/jobs/1"
        ),
        (["BUILD_URL": "https://jenkins.example/job/7/"], "https://jenkins.example/job/7/"),
        (
            [
                "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/", "SYSTEM_TEAMPROJECT": "Our Profiles",
                "BUILD_BUILDID": "9",
            ], "https://dev.azure.com/acme/Our%20Profiles/_build/results?buildId=9"
        ),
        (["CIRCLE_BUILD_URL": "https://circleci.com/gh/a/b/3"], "https://circleci.com/gh/a/b/3"),
        (
            ["BUILDKITE_BUILD_URL": "https://buildkite.com/a/b/builds/4", "BUILDKITE_JOB_ID": "0190"],
            "https://buildkite.com/a/b/builds/4#0190"
        ),
        (["BUILDKITE_BUILD_URL": "https://buildkite.com/a/b/builds/4"], "https://buildkite.com/a/b/builds/4"),
        (
            ["BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.org/a/b", "BITBUCKET_BUILD_NUMBER": "5"],
            "http://bitbucket.org/a/b/pipelines/results/5"
        ),
        (["BUILD_URL": "https://ops:s3cret@jenkins.example/job/7/?a=b@c"], "https://jenkins.example/job/7/?a=b@c"),
        (["BUILD_URL": "file:///etc/passwd"], nil),
        (["BUILD_URL": "https://jenkins.example/\u{1B}[2J"], nil),
    ]

    @Test(arguments: services.indices)
    func thePageIsThatOfTheRun(index: Int) {
        #expect(pipelinePage(in: Self.services[index].variables) == Self.services[index].page)
    }
}

/// What `init` writes.
enum StarterFiles {
    static let workspace = """
        # The workspace file of profilectl. All file names are relative to it.
        version: 1
        manifests: [profiles]
        default_environment: local

        environments:
          # An embedded sandbox of the Profiles API: no account, no server.
          local:
            sandbox: {data: .profilectl/local-sandbox.sqlite}

          # A real account. The secret comes from the environment and is never written here.
          # staging:
          #   url: https://your-subdomain.zendesk.com
          #   auth: {oauth_client: {id: ci, secret: "${env:ZENDESK_CLIENT_SECRET}"}}
          #   ledger: {file: /var/lib/profilectl/staging.sqlite}   # in pipelines: a place that outlives the job
          #   rate_limit: {per_minute: 500, share: 0.6}
          #   policy: {allow_delete: false, max_delete: 10%, max_delete_floor: 10}

        """

    static let manifest = """
        # Customer profiles. The key under `profiles` is the profile's name in this workspace, and it is
        # printed in plans and logs: take no personal data for it.
        version: 1
        defaults:
          source: coolbikes
          type: rider
          key: external_id
        profiles:
          jane-smith:
            name: Jane Smith
            identifiers:
              external_id: 0987654321   # the text as written: the leading zero stays
              email: jane@example.com
            attributes:
              favorite_color: red
              height: 103cm

        """

    static let gitignore = """
        # Ledgers, sandbox data, saved plans and snapshots hold personal data.
        .profilectl/
        *.plan.json
        *.snapshot.json

        """

    static let github = """
        # The ledger says what profilectl manages in an account; `plan` and `apply` need it in every run. It is the
        # file .profilectl/staging.sqlite and holds personal data. A runner that is gone after the job takes it along:
        # use one that keeps its disk, and set `ledger: {file: /var/lib/profilectl/staging.sqlite}` in profilectl.yaml.
        # Without the ledger `apply` exits with 4. If nothing was ever applied to the account, start this workflow by
        # hand once and choose first_run.
        name: profiles
        on:
          pull_request:
          push: {branches: [main]}
          workflow_dispatch:
            inputs:
              first_run:
                description: Nothing was applied to this account before, so there is no ledger yet.
                type: boolean
                default: false
        concurrency: profiles
        jobs:
          profiles:
            runs-on: ubuntu-latest  # better: a runner that keeps its disk, for the ledger
            env:
              PROFILECTL_ENV: staging
              ZENDESK_CLIENT_SECRET: ${{ secrets.ZENDESK_CLIENT_SECRET }}
            steps:
              - uses: actions/checkout@v4
              # Put the profilectl binary on the PATH here.
              - run: profilectl validate
              - if: github.event_name == 'pull_request'
                run: profilectl plan
              - if: github.ref == 'refs/heads/main'
                run: profilectl apply --auto-approve ${{ inputs.first_run && '--first-run' || '' }}

        """

    static let gitlab = """
        # Put the profilectl binary on the PATH of the image, and ZENDESK_CLIENT_SECRET in the CI variables.
        #
        # The ledger says what profilectl manages in an account; `plan` and `apply` need it in every run. It is the
        # file .profilectl/staging.sqlite and holds personal data. A runner that is gone after the job takes it along:
        # use one that keeps its disk, and set `ledger: {file: /var/lib/profilectl/staging.sqlite}` in profilectl.yaml.
        # Without the ledger `apply` exits with 4. If nothing was ever applied to the account, run the pipeline by
        # hand once with the variable FIRST_RUN=yes.
        variables:
          PROFILECTL_ENV: staging
        profiles:plan:
          script:
            - profilectl validate
            - profilectl plan
          rules:
            - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        profiles:apply:
          script:
            - profilectl apply --auto-approve ${FIRST_RUN:+--first-run}
          resource_group: profiles
          rules:
            - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

        """
}

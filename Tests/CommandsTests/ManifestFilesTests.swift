import Commands
import Testing

/// Which files are taken for manifests.
@Suite struct ManifestFilesTests {
    /// The profiles that the manifests describe, by the names of their files.
    private func found(_ bench: Bench, _ paths: String...) async throws -> [String] {
        let run = await bench.run(["plan", "--format", "json"] + paths)
        return try run.document().list("steps").compactMap {
            $0.text("address")?.split(separator: "/").last.map(String.init)
        }
    }

    private func bench(_ names: String...) throws -> Bench {
        let bench = try Bench()
        try bench.write(localWorkspace, to: "profilectl.yaml")
        for name in names {
            let profile = String(name.map { $0.isLetter || $0.isNumber ? $0 : "-" })
            try bench.write(riders(profile), to: name)
        }
        return bench
    }

    @Test func aDirectoryIsReadWithAllBelowIt() async throws {
        let bench = try bench("profiles/a.yaml", "profiles/b.yml", "profiles/deep/er/c.yaml", "profiles/notes.txt")
        #expect(try await found(bench) == ["profiles-a-yaml", "profiles-b-yml", "profiles-deep-er-c-yaml"])
    }

    @Test func hiddenFilesAndDirectoriesAreSkipped() async throws {
        let bench = try bench("profiles/a.yaml", "profiles/.b.yaml", "profiles/.git/c.yaml")
        #expect(try await found(bench) == ["profiles-a-yaml"])
    }

    @Test func globsChoose() async throws {
        let bench = try bench("p/a.yaml", "p/b.yml", "p/x/a.yaml", "p/x/y/a.yaml", "p/x/notes.txt")
        #expect(try await found(bench, "p/*.yaml") == ["p-a-yaml"])
        #expect(try await found(bench, "p/*/a.yaml") == ["p-x-a-yaml"])
        #expect(try await found(bench, "p/**/a.yaml") == ["p-a-yaml", "p-x-a-yaml", "p-x-y-a-yaml"])
        #expect(try await found(bench, "p/x/*") == ["p-x-a-yaml", "p-x-y-a-yaml"])
    }

    @Test func aFileThatIsNamedMayHaveAnyEnding() async throws {
        let bench = try bench("riders.txt", ".hidden")
        #expect(try await found(bench, "riders.txt") == ["riders-txt"])
        #expect(try await found(bench, ".hidden") == ["-hidden"])
    }

    @Test func aFileThatIsChosenTwiceIsReadOnce() async throws {
        let bench = try bench("profiles/a.yaml")
        #expect(try await found(bench, "profiles", "profiles/a.yaml", "./profiles/*.yaml") == ["profiles-a-yaml"])
    }

    @Test func linksInACircleEnd() async throws {
        let bench = try bench("profiles/a.yaml", "profiles/deep/b.yaml")
        try bench.link("profiles/deep/back", to: bench.path("profiles"))
        try bench.link("profiles/self", to: ".")
        #expect(try await found(bench) == ["profiles-a-yaml", "profiles-deep-b-yaml"])
    }

    @Test func theWorkspaceFileIsNoManifest() async throws {
        let bench = try bench("a.yaml", "team/b.yaml")
        try bench.write(localWorkspace, to: "team/profilectl.yaml")
        #expect(try await found(bench, ".") == ["a-yaml", "team-b-yaml"])
        #expect(try await found(bench, "**/*.yaml") == ["a-yaml", "team-b-yaml"])
    }

    @Test(arguments: ["missing", "missing.yaml", "empty", "*.yml"])
    func nothingFoundIsAnError(path: String) async throws {
        let bench = try bench("profiles/a.yaml", "empty/notes.txt")
        for command in ["validate", "plan"] {
            let run = await bench.run(command, path)
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains("PM105"))
            #expect(run.errors.contains(path))
        }
    }

    @Test func onePatternWithoutMatchIsAnErrorAlthoughAnotherMatches() async throws {
        let bench = try bench("profiles/a.yaml")
        #expect(await bench.run("plan", "profiles", "missing").code == .invalidInput)
    }

    /// What it led to may be all that a team wants: nothing is to be deleted because a disk is not there.
    @Test(arguments: ["profiles/team", "profiles/deep/riders.yaml"])
    func aLinkThatLeadsNowhereIsAnError(link: String) async throws {
        let bench = try bench("profiles/a.yaml", "profiles/deep/b.yaml")
        #expect(await bench.run("validate").code == .done)
        try bench.link(link, to: "/mnt/not-mounted")
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM001"))
        #expect(run.errors.contains(link))
    }

    /// Editors leave such links beside the files that they have open.
    @Test func aHiddenLinkThatLeadsNowhereIsSkipped() async throws {
        let bench = try bench("profiles/a.yaml")
        try bench.link("profiles/.#a.yaml", to: "user@host.4711")
        #expect(try await found(bench) == ["profiles-a-yaml"])
    }

    @Test func theEnvironmentsManifestsReplaceTheWorkspaces() async throws {
        let bench = try bench("profiles/a.yaml", "common/b.yaml", "extra/c.yaml")
        try bench.write(
            """
            version: 1
            environments:
              local: {sandbox: {}, manifests: [common, "${env:MORE}"]}

            """, to: "profilectl.yaml")
        bench.set { $0.environment["MORE"] = "extra" }
        #expect(try await found(bench) == ["common-b-yaml", "extra-c-yaml"])
    }
}

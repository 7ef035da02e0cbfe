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

    @Test func `a manifest may end in any case of YAML or JSON`() async throws {
        let bench = try bench("profiles/a.YAML", "profiles/b.Yml", "profiles/c.yamlx")
        for name in ["d.json", "e.JSON"] {
            let rider = name.first.map(String.init) ?? ""
            try bench.write(
                """
                {"version": 1, "profiles": {"\(rider)": {"source": "s", "type": "t", "identifiers": {"bike": "\(rider)"}}}}
                """, to: "profiles/\(name)")
        }
        #expect(try await found(bench) == ["profiles-a-YAML", "profiles-b-Yml", "d", "e"])
        #expect(try await found(bench, "profiles/*") == ["profiles-a-YAML", "profiles-b-Yml", "d", "e"])
        #expect(await bench.run("plan", "profiles/*.yaml").errors.contains("PM105"))
        #expect(await bench.run("apply", "profiles/d.json", "--auto-approve").code == .done)
    }

    @Test(arguments: [
        "{\"name\": \"tools\", \"version\": \"1.0.0\"}", "[1, 2]", "\"x\"", "{}",
        "{\"compilerOptions\": {} // a comment\n}",
    ])
    func `a JSON file of another tool gets one error`(text: String) async throws {
        let bench = try bench("profiles/a.yaml")
        try bench.write(text, to: "profiles/package.json")
        let run = await bench.run("validate")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM136") && run.errors.contains("profiles/package.json"))
        #expect(run.errors.contains("1 error\n"))
        #expect(await bench.run("validate", "profiles/*.yaml").code == .done)
    }

    @Test func `a mistyped JSON manifest is told key by key`() async throws {
        let bench = try bench("profiles/a.yaml")
        try bench.write("{\"version\": 1, \"profles\": {}}", to: "profiles/b.json")
        let run = await bench.run("validate")
        #expect(run.errors.contains("PM101") && run.errors.contains("\"profiles\""))
    }

    @Test func hiddenFilesAndDirectoriesAreSkipped() async throws {
        let bench = try bench("profiles/a.yaml", "profiles/.b.yaml", "profiles/.git/c.yaml")
        #expect(try await found(bench) == ["profiles-a-yaml"])
    }

    /// ann and bob are managed; bob's manifest then gets another name.
    private func renamed(to name: String, _ workspace: String = localWorkspace) async throws -> (Bench, Bench.Run) {
        let bench = try Bench()
        try bench.write(workspace, to: "profilectl.yaml")
        try bench.write(riders("ann"), to: "profiles/ann.yaml")
        try bench.write(riders("bob"), to: "profiles/bob.yaml")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.remove("profiles/bob.yaml")
        #expect(!(await bench.run("plan").all.contains("PM137")))
        let json = """
            {"version": 1, "profiles": {"bob": {"source": "coolbikes", "type": "rider", "identifiers": {"bike_id": "bike-of-bob"}}}}
            """
        try bench.write(name.contains(".json") ? json : riders("bob"), to: "profiles/\(name)")
        return (bench, await bench.run("plan"))
    }

    @Test(arguments: ["bob.YAML", "bob.Yml", "bob.json", "old/BOB.YAML"])
    func `a manifest with another ending is read and not deleted`(name: String) async throws {
        let (_, run) = try await renamed(to: name)
        #expect(run.output.contains("2 profiles, 2 unchanged"))
    }

    @Test(arguments: ["bob.yaml.txt", "bob.yaml.bak", "bob.yam", ".bob.yaml", ".old/bob.yaml", "bob.json.off"])
    func `a skipped file that names a deleted profile is told`(name: String) async throws {
        let (bench, run) = try await renamed(to: name)
        #expect(run.all.contains("PM137") && run.all.contains("'profiles/\(name)'"))
        #expect(run.all.contains("it may describe coolbikes/rider/bob"))
        #expect(await bench.run("validate").errors.contains("PM137"))
        // Paths that are given leave out what they leave out, and nothing is deleted.
        #expect(!(await bench.run("plan", "profiles/ann.yaml").all.contains("PM137")))
    }

    @Test(arguments: ["bob.yaml~", ".bob.yaml.swp", "ann.yaml.bak", ".git/bob.yaml", "bob.txt", "notes/README.md"])
    func `copies and the files of editors are not told`(name: String) async throws {
        #expect(!(try await renamed(to: name).1.all.contains("PM137")))
    }

    @Test func `a file that the glob does not take is told`() async throws {
        let globs = localWorkspace + "manifests: [profiles/*.yaml]\n"
        let (_, run) = try await renamed(to: "bob.YAML", globs)
        #expect(run.all.contains("PM137") && run.all.contains("'profiles/bob.YAML'"))
    }

    @Test func `a skipped file about others is not told`() async throws {
        let (bench, _) = try await renamed(to: "carl.yaml.txt")
        try bench.write(riders("carl", "bobby"), to: "profiles/carl.yaml.txt")
        #expect(!(await bench.run("plan").all.contains("PM137")))
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

    @Test(arguments: [
        ("riders.yaml.txt", "profiles"), ("riders.YAML", "profiles/*.yaml"), (".riders.yaml", "profiles"),
    ])
    func `a file with nearly the name is named`(name: String, path: String) async throws {
        let bench = try bench("profiles/\(name)")
        let run = await bench.run("plan", path)
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM105") && run.errors.contains("'\(name)' is there"))
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

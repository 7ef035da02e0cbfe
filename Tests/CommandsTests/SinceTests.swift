import Commands
import ProfileModel
import Testing

/// `--since`, with repositories made for the test.
@Suite struct SinceTests {
    /// ann and bob are applied and committed on main; the branch `topic` is checked out.
    private func bench() async throws -> Bench {
        let bench = try Bench.repository(["ann.yaml": riders("ann"), "bob.yaml": riders("bob")])
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.git("checkout", "-q", "-b", "topic")
        return bench
    }

    private func addresses(_ run: Bench.Run) throws -> [String] {
        let document = try run.document()
        let steps = document.list("steps") + document.list("blocked")
        return steps.compactMap { $0.text("address") }.sorted()
    }

    private func plan(_ bench: Bench, _ more: String...) async -> Bench.Run {
        await bench.run(["plan", "--since", "main", "--format", "json"] + more)
    }

    @Test func `what was no manifest at the merge base is left aside`() async throws {
        let bench = try Bench.repository(["riders.yaml": riders("ann"), "package.json": "{\"name\": \"tools\"}"])
        try bench.git("switch", "-q", "-c", "topic")
        try bench.remove("profiles/package.json")
        try bench.write(riders("ann", "bob"), to: "profiles/riders.yaml")
        let run = await bench.run("plan", "--since", "main")
        #expect(run.code == .done, "\(run.errors)")
        #expect(run.output.contains("coolbikes/rider/bob"))
    }

    @Test func nothingChangedIsNothingToDoAndNothingIsRead() async throws {
        let bench = try await bench()
        let run = await bench.run("plan", "--since", "main", "--detailed-exitcode")
        #expect(run.code == .done)
        #expect(run.output.contains("Nothing differs from the merge base"))
        #expect(run.output.contains("0 reads made."))
        #expect(await bench.run("apply", "--since", "main", "--auto-approve").code == .done)
    }

    @Test func whatIsCommittedUncommittedOrUntrackedCounts() async throws {
        let bench = try await bench()
        try bench.write(riders("cleo"), to: "profiles/cleo.yaml")
        try bench.commit()
        try bench.write(riders("dora"), to: "profiles/dora.yaml")
        try bench.git("add", "profiles/dora.yaml")
        try bench.write(riders("emil"), to: "profiles/emil.yaml")
        let run = await plan(bench)
        #expect(run.code == .done)
        #expect(try addresses(run) == ["cleo", "dora", "emil"].map { "coolbikes/rider/\($0)" })
        let since = try run.document().object("scope").object("since")
        #expect(since.text("revision") == "main")
        #expect(since.text("merge_base") == (try bench.git("rev-parse", "main")))
        #expect(since["count"] == .number(JSONNumber(text: "3")))
        let text = await bench.run("plan", "--since", "main")
        #expect(text.output.contains("only what differs from main (merge base "))
    }

    @Test func whatMainDidMeanwhileIsNotOurs() async throws {
        let bench = try await bench()
        try bench.write(riders("cleo"), to: "profiles/cleo.yaml")
        try bench.commit()
        try bench.git("checkout", "-q", "main")
        try bench.write(riders("zoe"), to: "profiles/zoe.yaml")
        try bench.commit()
        try bench.git("checkout", "-q", "topic")
        #expect(try addresses(await plan(bench)) == ["coolbikes/rider/cleo"])
    }

    @Test func filesMayMoveAndBeJoined() async throws {
        let bench = try await bench()
        try bench.remove("profiles/bob.yaml")
        try bench.write("# both\n" + riders("bob", "ann"), to: "profiles/deep/er/riders.yaml")
        try bench.remove("profiles/ann.yaml")
        try bench.commit()
        #expect(try addresses(await plan(bench)) == [])
    }

    @Test func whatWasRemovedIsDeleted() async throws {
        let bench = try await bench()
        try bench.remove("profiles/bob.yaml")
        let run = await plan(bench, "--allow-delete")
        #expect(try addresses(run) == ["coolbikes/rider/bob"])
        #expect(try run.document().list("steps").first?.text("action") == "delete")
    }

    @Test func onlyWhatDiffersIsRead() async throws {
        let service = try Service()
        let bench = try await bench()
        try bench.write(stagingWorkspace, to: "profilectl.yaml")
        try bench.write(riders("cleo"), to: "profiles/cleo.yaml")
        bench.set { state in
            state.environment["TOKEN"] = Service.token
            state.service = service.transport
            state.mayWait = true
        }
        #expect(await plan(bench).code == .done)
        #expect(service.requests.count == 1)
    }

    @Test func globsNarrowItFurther() async throws {
        let bench = try await bench()
        try bench.write(riders("cleo", "dora"), to: "profiles/more.yaml")
        #expect(try addresses(await plan(bench, "--exclude", "**/dora")) == ["coolbikes/rider/cleo"])
        // What the glob matches did not change.
        #expect(try addresses(await plan(bench, "--target", "**/ann")) == [])
    }

    @Test func theWorkspaceMayBeAFolderOfTheRepository() async throws {
        let bench = try Bench.repository([:])
        try bench.write(localWorkspace, to: "team/crm/profilectl.yaml")
        try bench.write(riders("ann"), to: "team/crm/profiles/a.yaml")
        try bench.write("version: 1\nprofiles: [\n", to: "profiles/not-ours.yaml")
        try bench.commit()
        try bench.write(riders("ann", "bob"), to: "team/crm/profiles/a.yaml")
        #expect(try addresses(await plan(bench, "-C", "team/crm")) == ["coolbikes/rider/bob"])
    }

    @Test func todaysPatternsFindTheOldManifests() async throws {
        let bench = try await bench()
        try bench.write(
            "version: 1\nmanifests: [profiles, other]\nenvironments:\n  local:\n    sandbox: {}\n",
            to: "profilectl.yaml")
        try bench.write(riders("cleo"), to: "other/cleo.yaml")
        #expect(try addresses(await plan(bench)) == ["coolbikes/rider/cleo"])
    }

    // What can go wrong

    private func expect(
        _ run: Bench.Run, _ code: ExitCode, _ texts: String..., at location: SourceLocation = #_sourceLocation
    ) {
        #expect(run.code == code, "\(run.all)", sourceLocation: location)
        for text in texts { #expect(run.errors.contains(text), "\(run.errors)", sourceLocation: location) }
    }

    @Test(arguments: ["origin/main", "--all", "main:profiles", "main..topic"])
    func aRevisionThatDoesNotExist(revision: String) async throws {
        let bench = try await bench()
        for command in [["plan"], ["apply", "--auto-approve"]] {
            expect(await bench.run(command + ["--since=\(revision)"]), .usage, "PM321")
        }
    }

    @Test func noCommitYet() async throws {
        let bench = try Bench.local()
        bench.set { state in
            state.mayRunPrograms = true
            state.environment["PATH"] = "/usr/bin:/bin"
        }
        try bench.git("init", "-q", "-b", "main")
        expect(await bench.run("plan", "--since", "HEAD"), .usage, "PM321", "no commit yet")
    }

    @Test func noRepository() async throws {
        let bench = try Bench.local()
        bench.set { state in
            state.mayRunPrograms = true
            state.environment = ["PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": "/"]
        }
        expect(await bench.run("plan", "--since", "main"), .error, "PM322", "git says")
        #expect(try bench.names() == ["profilectl.yaml", "profiles"])
    }

    @Test func noGit() async throws {
        let bench = try Bench.local()
        bench.set { state in
            state.mayRunPrograms = true
            state.environment["PATH"] = "/nonexistent"
            state.programs = { call throws(ProgramCall.Failure) in
                var call = call
                call.name = "git-that-is-not-installed"
                return try call.run()
            }
        }
        expect(await bench.run("plan", "--since", "main"), .error, "PM326", "no `git` on the PATH")
    }

    @Test func aShallowCloneEndsBeforeTheMergeBase() async throws {
        let bench = try await bench()
        try bench.write(riders("cleo"), to: "profiles/cleo.yaml")
        try bench.commit()
        try bench.git("checkout", "-q", "main")
        try bench.write(riders("zoe"), to: "profiles/zoe.yaml")
        try bench.commit()
        try bench.git("clone", "-q", "--depth", "1", "--no-single-branch", "file://\(bench.path("."))", "clone")
        let run = await bench.run("plan", "-C", "clone", "--since", "origin/topic")
        expect(run, .error, "PM323", "git fetch --unshallow", "fetch-depth: 0")
        try bench.git("fetch", "-q", "--unshallow", in: "clone")
        expect(await bench.run("plan", "-C", "clone", "--since", "origin/topic"), .done)
    }

    @Test func historiesThatNeverMet() async throws {
        let bench = try await bench()
        try bench.git("checkout", "-q", "--orphan", "other")
        try bench.commit()
        expect(await bench.run("plan", "--since", "main"), .error, "PM323", "no common history")
    }

    @Test func manifestsOutsideTheRepository() async throws {
        let bench = try Bench.repository([:])
        let elsewhere = try Bench()
        try elsewhere.write(riders("ann"), to: "profiles/a.yaml")
        expect(
            await bench.run("plan", elsewhere.path("profiles"), "--since", "main"), .invalidInput, "PM324",
            "not in the repository")
    }

    @Test func aLinkAtTheMergeBaseIsNotFollowed() async throws {
        let bench = try await bench()
        try bench.write(riders("cleo"), to: "elsewhere/cleo.yaml")
        try bench.link("profiles/cleo.yaml", to: "../elsewhere/cleo.yaml")
        try bench.commit()
        expect(await bench.run("plan", "--since", "HEAD"), .invalidInput, "PM324", "profiles/cleo.yaml")
        // Links of today are read as ever.
        #expect(try addresses(await plan(bench)) == ["coolbikes/rider/cleo"])
    }

    @Test func oldManifestsThatDoNotParse() async throws {
        let bench = try Bench.repository(["ann.yaml": riders("ann"), "bad.yaml": "version: 1\nprofils: {}\n"])
        try bench.remove("profiles/bad.yaml")
        let base = try bench.git("rev-parse", "--short=12", "HEAD")
        let run = await bench.run("plan", "--since", "main")
        expect(run, .invalidInput, "PM325", "without --since", "PM101", "\(base):profiles/bad.yaml:2:1")
        #expect(await bench.run("plan").code == .done)
    }

    @Test func largeFilesComeWhole() async throws {
        let names = (0..<5000).map { "rider-\($0)" }
        let text = "# ü\n" + riders("ann") + names.map { "  \($0):\n    identifiers: {bike_id: \"\($0)\"}\n" }.joined()
        let bench = try Bench.repository(["large.yaml": text, "small.yaml": riders("bob")])
        try bench.write(text.split(separator: "rider-4999").joined(separator: "rider-x"), to: "profiles/large.yaml")
        let run = await plan(bench)
        #expect(try addresses(run) == ["coolbikes/rider/rider-4999", "coolbikes/rider/rider-x"])
    }
}

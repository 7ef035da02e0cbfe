import Commands
import ProfileModel
import Synchronization
import Testing

/// How git is asked, and what is said where it cannot answer.
@Suite struct GitTests {
    /// ann and bob are applied and committed on main.
    private func bench() async throws -> Bench {
        let bench = try Bench.repository(["ann.yaml": riders("ann"), "bob.yaml": riders("bob")])
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        return bench
    }

    private func expect(
        _ run: Bench.Run, _ code: ExitCode, _ texts: String..., at location: SourceLocation = #_sourceLocation
    ) {
        #expect(run.code == code, "\(run.all)", sourceLocation: location)
        for text in texts { #expect(run.errors.contains(text), "\(run.errors)", sourceLocation: location) }
    }

    // Inherited variables

    @Test func `a hook of a linked working tree changes nothing`() async throws {
        let bench = try Bench.repository([:])
        try bench.write(localWorkspace, to: "team/crm/profilectl.yaml")
        try bench.write(riders("ann"), to: "team/crm/profiles/ann.yaml")
        try bench.write(riders("bob"), to: "team/crm/profiles/bob.yaml")
        try bench.commit()
        try bench.git("worktree", "add", "-q", "-b", "topic", bench.path("linked"))
        #expect(await bench.run("apply", "-C", "linked/team/crm", "--auto-approve").code == .done)
        try bench.git("rm", "-q", "team/crm/profiles/ann.yaml", in: "linked")
        let place = bench.path(".git/worktrees/linked")
        bench.set { state in
            state.environment["GIT_DIR"] = place
            state.environment["GIT_INDEX_FILE"] = "\(place)/index.lock"
            state.environment["GIT_PREFIX"] = ""
        }
        #expect(try await steps(bench, "-C", "linked/team/crm", "--since", "main") == ["deletes_are_off ann"])
    }

    @Test func `git gets no variable that names another place`() async throws {
        let bench = try await bench()
        let seen = Mutex<[[String: String]]>([])
        let noise = [
            "GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "/nowhere", "GIT_PREFIX": "x/",
            "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/nowhere",
            "GIT_NAMESPACE": "other", "GIT_CEILING_DIRECTORIES": bench.path(""), "GIT_TRACE": "1", "GIT_TRACE2": "1",
            "GIT_LITERAL_PATHSPECS": "1", "GIT_GLOB_PATHSPECS": "1", "GIT_CONFIG_PARAMETERS": "'core.bare=true'",
            "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.worktree", "GIT_CONFIG_VALUE_0": "/nowhere",
            "GIT_CONFIG_KEY_1": "safe.directory", "GIT_CONFIG_VALUE_1": "*", "GIT_SOMETHING_NEW": "1",
            "GIT_SSH_COMMAND": "ssh -i key",
        ]
        bench.set { state in
            state.environment.merge(noise) { _, new in new }
            state.programs = { call throws(ProgramCall.Failure) in
                seen.withLock { $0.append(call.environment) }
                return try call.run()
            }
        }
        try bench.remove("profiles/ann.yaml")
        #expect(try await steps(bench, "--since", "main") == ["deletes_are_off ann"])
        let names = Set(seen.withLock { $0 }.flatMap(\.keys).filter { $0.hasPrefix("GIT_") })
        #expect(
            names.sorted() == [
                "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_KEY_0", "GIT_CONFIG_NOSYSTEM",
                "GIT_CONFIG_VALUE_0",
                "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_SSH_COMMAND", "GIT_TERMINAL_PROMPT",
            ])
        #expect(seen.withLock { $0 }.allSatisfy { $0["GIT_CONFIG_KEY_0"] == "safe.directory" })
    }

    @Test func `variables name a repository that lies elsewhere`() async throws {
        let bench = try await bench()
        let elsewhere = try Bench()
        try bench.git("clone", "-q", "--bare", bench.path(".git"), elsewhere.path("bare.git"))
        try bench.remove(".git")
        try bench.remove("profiles/ann.yaml")
        bench.set { $0.environment["GIT_DIR"] = elsewhere.path("bare.git") }
        // Without more git takes any directory for the top of the working tree.
        expect(await bench.run("plan", "--since", "main"), .error, "PM322", "GIT_WORK_TREE")
        bench.set { $0.environment["GIT_WORK_TREE"] = "." }
        #expect(try await steps(bench, "--since", "main") == ["deletes_are_off ann"])
        bench.set { $0.environment["GIT_WORK_TREE"] = "profiles" }
        expect(await bench.run("plan", "--since", "main"), .error, "PM322")
    }

    // What git refuses or cannot do

    @Test func `all that git advises is shown`() async throws {
        let bench = try await bench()
        bench.set { state in
            state.programs = { call throws(ProgramCall.Failure) in
                let advice = """
                    fatal: detected dubious ownership in repository at '/clone'
                    To add an exception for this directory, call:

                    \tgit config --global --add safe.directory /clone
                    """
                let script = "printf '%s\\n' \"$1\" >&2; exit 128"
                return try ProgramCall(
                    name: "sh", arguments: ["-c", script, "git", advice], environment: call.environment
                ).run()
            }
        }
        expect(
            await bench.run("plan", "--since", "main"), .error, "PM322",
            "git says: fatal: detected dubious ownership in repository at '/clone'",
            "git config --global --add safe.directory /clone", "if you trust the owner")
    }

    @Test func `without git a whole clone deletes, a sparse one does not`() async throws {
        let bench = try await bench()
        bench.set { state in
            state.programs = { call throws(ProgramCall.Failure) in
                var call = call
                call.name = "git-that-is-not-installed"
                return try call.run()
            }
        }
        try bench.remove("profiles/ann.yaml")
        #expect(try await steps(bench, "--allow-delete") == ["delete ann"])
        try bench.git("sparse-checkout", "set", "profiles")
        expect(await bench.run("plan", "--allow-delete"), .error, "PM327", "PM326", "no `git` on the PATH")
    }

    @Test func `a clone whose .git leads nowhere deletes nothing`() async throws {
        let bench = try await bench()
        try bench.remove(".git")
        try bench.write("gitdir: /nowhere/.git/worktrees/x\n", to: ".git")
        #expect(await bench.run("plan").code == .done)
        try bench.remove("profiles/ann.yaml")
        expect(await bench.run("plan", "--allow-delete"), .error, "PM327", "git says: fatal: not a git repository")
        expect(await bench.run("plan", "--since", "main"), .error, "PM322", "git says: fatal: not a git repository")
        try bench.remove(".git")
        #expect(try await steps(bench, "--allow-delete") == ["delete ann"])
        // A directory without a HEAD is no repository to git either.
        try bench.write("", to: ".git/note")
        #expect(try await steps(bench, "--allow-delete") == ["delete ann"])
    }

    @Test func `an object that is missing is no change`() async throws {
        let bench = try await bench()
        let blob = try bench.git("rev-parse", "HEAD:profiles/ann.yaml")
        try bench.remove(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        expect(await bench.run("plan", "--since", "main"), .error, "PM328", "profiles/ann.yaml")
        try bench.remove("profiles/ann.yaml")
        expect(await bench.run("plan", "--allow-delete"), .error, "PM328", "profiles/ann.yaml")
    }

    @Test func `a commit that is missing is no wrong name`() async throws {
        let bench = try await bench()
        let commit = try bench.git("rev-parse", "HEAD")
        try bench.git("update-ref", "refs/heads/old", "HEAD")
        try bench.git("commit", "-q", "--allow-empty", "-m", "more")
        try bench.remove(".git/objects/\(commit.prefix(2))/\(commit.dropFirst(2))")
        expect(await bench.run("plan", "--since", "old"), .error, "PM326", "git says")
        let unknown = String(repeating: "1", count: 40)
        expect(await bench.run("plan", "--since", unknown), .usage, "PM321")
        let head = try bench.git("rev-parse", "HEAD")
        try bench.remove(".git/objects/\(head.prefix(2))/\(head.dropFirst(2))")
        expect(await bench.run("plan", "--since", "HEAD~"), .error, "PM326", "git says")
    }

    @Test func `a partial clone whose remote is gone says so`() async throws {
        let bench = try await bench()
        try bench.write(riders("ann").replacing("bike-of", with: "bike of"), to: "profiles/ann.yaml")
        try bench.commit()
        try bench.git("config", "uploadpack.allowFilter", "true")
        let url = "file://\(bench.path("."))"
        try bench.git("clone", "-q", "--filter=blob:none", url, "partial")
        try bench.git("clone", "-q", "--filter=blob:none", "--sparse", url, "sparse")
        try bench.git("config", "remote.origin.url", "file:///nowhere", in: "partial")
        expect(
            await bench.run("plan", "-C", "partial", "--since", "HEAD~"), .error, "PM328", "profiles/ann.yaml",
            "git says: fatal: '/nowhere' does not appear to be a git repository")
        // What is the same on both sides is not fetched.
        try bench.git("config", "remote.origin.url", "file:///nowhere", in: "sparse")
        try bench.write(riders("cleo"), to: "sparse/profiles/cleo.yaml")
        #expect(try await steps(bench, "-C", "sparse", "--since", "HEAD") == ["create cleo"])
    }

    // Contents

    /// A clone that was checked out again with these attributes; idris is applied and committed too.
    private func bench(attributes: String, _ configuration: [String: String] = [:]) async throws -> Bench {
        let bench = try Bench.repository(["ann.yaml": riders("ann")])
        try bench.write(
            riders("idris") + "    attributes: {rev: \"$Id$\", note: \"one\n\n      two\"}\n", to: "profiles/idris.yaml"
        )
        try bench.write(attributes, to: ".gitattributes")
        for (key, value) in configuration { try bench.git("config", key, value) }
        try bench.commit()
        try bench.remove("profiles")
        try bench.git("checkout", "-q", ".")
        return bench
    }

    @Test(arguments: ["*.yaml text eol=crlf\n", "* text=auto eol=crlf\n", "*.yaml ident\n", "*.yaml ident eol=crlf\n"])
    func `what git converts did not change`(attributes: String) async throws {
        let bench = try await bench(attributes: attributes)
        let text = try bench.text("profiles/idris.yaml")
        #expect(text.contains(attributes.contains("ident") ? "$Id: " : "\r\n"))
        #expect(try await steps(bench, "--since", "HEAD") == [])
        try bench.write(text.replacing("\r\n", with: "\n"), to: "profiles/idris.yaml")
        #expect(try await steps(bench, "--since", "HEAD") == [])
    }

    @Test func `filters have run on both sides`() async throws {
        let bench = try await bench(
            attributes: "*.yaml filter=x\n",
            ["filter.x.clean": "sed s/rider/R/", "filter.x.smudge": "sed s/R/rider/"])
        #expect(try bench.text("profiles/ann.yaml").contains("rider"))
        #expect(try await steps(bench, "--since", "HEAD") == [])
        for name in ["plan", "apply"] {
            try bench.git("config", "filter.x.required", name == "plan" ? "false" : "true")
            try bench.git("config", "filter.x.smudge", "false")
            expect(
                await bench.run([name, "--since", "HEAD"] + (name == "apply" ? ["--auto-approve"] : [])), .error,
                "PM328", "git says: error: external filter 'false' failed")
        }
    }

    @Test(arguments: ["process", "smudge"]) func `a filter that cannot be started has not run`(kind: String)
        async throws
    {
        let bench = try await bench(attributes: "*.yaml filter=x\n")
        try bench.git("config", "filter.x.\(kind)", "/nowhere/filter")
        expect(await bench.run("plan", "--since", "HEAD"), .error, "PM328", "/nowhere/filter")
    }

    @Test(arguments: [
        ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n", "Git LFS"),
        ("\0GITCRYPT\0\u{1}\u{2}", "git-crypt"), ("/annex/objects/SHA256E-s5--1.yaml\n", "git-annex"),
    ])
    func `a pointer is not the manifest`(text: String, program: String) async throws {
        let bench = try await bench()
        try bench.write(text, to: "profiles/ann.yaml")
        for command in ["validate", "plan"] { expect(await bench.run(command), .invalidInput, "PM329", program) }
        try bench.commit()
        try bench.write(riders("ann"), to: "profiles/ann.yaml")
        expect(await bench.run("plan", "--since", "HEAD"), .invalidInput, "PM329", program, ":profiles/ann.yaml")
    }

    @Test func `odd names of files do no harm`() async throws {
        let names = [
            "line\nbreak.yaml", " space.yaml", "tab\t.yaml", "\"quoted\".yaml", "e\u{301}.yaml", "\u{e9}.yaml",
        ]
        let bench = try Bench.repository([:])
        for (index, name) in names.enumerated() { try bench.write(riders("rider-\(index)"), to: "profiles/\(name)") }
        try bench.commit()
        #expect(try await steps(bench, "--since", "HEAD") == [])
        try bench.remove("profiles/\(names[0])")
        try bench.remove("profiles/\(names[4])")
        #expect(
            try await steps(bench, "--since", "HEAD")
                == ["unknown_without_ledger rider-0", "unknown_without_ledger rider-4"])
    }

    @Test func `a merge conflict is named`() async throws {
        let bench = try await bench()
        try bench.write(
            riders("ann") + "<<<<<<< HEAD\n  x: {}\n=======\n  y: {}\n>>>>>>> topic\n", to: "profiles/ann.yaml")
        expect(await bench.run("validate"), .invalidInput, "a merge conflict that is not resolved", "ann.yaml:6:1")
    }

    // Without a ledger

    @Test func `a removal is shown though no ledger knows it`() async throws {
        let bench = try Bench.repository(["ann.yaml": riders("ann"), "bob.yaml": riders("bob", "cleo")])
        try bench.remove("profiles/ann.yaml")
        try bench.write(riders("cleo").replacing("cleo:", with: "cleopatra:"), to: "profiles/bob.yaml")
        let run = await bench.run("plan", "--since", "main", "--allow-delete")
        #expect(run.code == .blocked)
        #expect(run.output.contains("coolbikes/rider/ann"))
        #expect(run.output.contains("`profilectl get 'coolbikes:rider:bike_id:bike-of-ann'`"))
        // Another address describes the same profile now.
        #expect(
            try await steps(bench, "--since", "main")
                == ["create cleopatra", "unknown_without_ledger ann", "unknown_without_ledger bob"])
        #expect(try await steps(bench, "--since", "main", "--target", "**/bob") == ["unknown_without_ledger bob"])
        bench.set { $0.environment["CI"] = "true" }
        #expect(!(await bench.run("plan", "--since", "main").all.contains("bike-of-ann")))
        #expect(!(await bench.run("plan", "--since", "main", "--format", "json").all.contains("bike-of-ann")))
    }

    @Test func `a ledger knows what was removed`() async throws {
        let bench = try await bench()
        try bench.remove("profiles/ann.yaml")
        #expect(await bench.run("apply", "--since", "main", "--allow-delete", "--auto-approve").code == .done)
        #expect(try await steps(bench, "--since", "main") == [])
    }
}

import Commands
import ProfileModel
import Testing

/// What git tracks and the working tree lacks, with repositories made for the test.
@Suite struct SparseCheckoutTests {
    enum Hiding: CaseIterable { case sparse, sparseIndex, skipWorktree }

    /// ann and bob are applied and committed on main. The branch `topic` is checked out.
    private func bench(_ workspace: String = localWorkspace) async throws -> Bench {
        let bench = try Bench.repository(["us/ann.yaml": riders("ann"), "eu/bob.yaml": riders("bob")])
        if workspace != localWorkspace {
            try bench.write(workspace, to: "profilectl.yaml")
            try bench.commit()
        }
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.git("checkout", "-q", "-b", "topic")
        return bench
    }

    private func hide(_ how: Hiding = .sparse, in bench: Bench) throws {
        switch how {
        case .sparse: try bench.git("sparse-checkout", "set", "profiles/eu")
        case .sparseIndex: try bench.git("sparse-checkout", "set", "--sparse-index", "profiles/eu")
        case .skipWorktree:
            try bench.git("update-index", "--skip-worktree", "profiles/us/ann.yaml")
            try bench.remove("profiles/us")
        }
        #expect(!bench.exists("profiles/us/ann.yaml"))
    }

    private func show(_ bench: Bench) throws {
        try bench.git("sparse-checkout", "disable")
    }

    @Test(arguments: Hiding.allCases) func `a hidden manifest was not removed`(how: Hiding) async throws {
        let bench = try await bench()
        try hide(how, in: bench)
        for command in [["plan"], ["plan", "--allow-delete"], ["apply", "--allow-delete", "--auto-approve"]] {
            let run = await bench.run(command)
            #expect(run.code == .blocked)
            #expect(run.output.contains("coolbikes/rider/ann  blocked: profiles/us/ann.yaml still describes it"))
            #expect(run.output.contains("`git sparse-checkout add profiles/us`"))
        }
        let blocked = try await bench.run("plan", "--format", "json").document().list("blocked")
        #expect(blocked.map { $0.object("blocked_by").text("code") } == ["not_checked_out"])
        #expect(blocked.map { $0.object("blocked_by").text("file") } == ["profiles/us/ann.yaml"])
    }

    @Test(arguments: Hiding.allCases) func `a hidden manifest did not change`(how: Hiding) async throws {
        let bench = try await bench()
        try hide(how, in: bench)
        for command in ["plan", "apply"] {
            let options = ["--since", "main", "--allow-delete"] + (command == "apply" ? ["--auto-approve"] : [])
            let run = await bench.run([command] + options)
            #expect(run.code == .done)
            #expect(run.output.contains("Nothing differs from the merge base"))
        }
    }

    @Test func `a manifest that was deleted by hand was removed`() async throws {
        let bench = try await bench()
        try bench.write(riders("cleo"), to: "profiles/eu/cleo.yaml")
        try bench.remove("profiles/us/ann.yaml")
        #expect(try await steps(bench, "--allow-delete") == ["create cleo", "delete ann"])
        try bench.git("checkout", "-q", ".")
        try hide(in: bench)
        try bench.remove("profiles/eu/bob.yaml")
        #expect(try await steps(bench, "--allow-delete") == ["create cleo", "delete bob", "not_checked_out ann"])
        #expect(try await steps(bench, "--allow-delete", "--since", "main") == ["create cleo", "delete bob"])
    }

    @Test func `what was never checked out was not removed`() async throws {
        let bench = try await bench()
        try bench.remove(".git/index")
        try bench.remove("profiles/us")
        #expect(try await steps(bench, "--allow-delete") == ["not_checked_out ann"])
        #expect(try await steps(bench, "--allow-delete", "--since", "main") == [])
    }

    @Test func `a hidden manifest that the branch removed is gone`() async throws {
        let bench = try await bench()
        try bench.git("rm", "-q", "profiles/us/ann.yaml")
        try bench.commit()
        try hide(in: bench)
        #expect(try await steps(bench, "--allow-delete") == ["delete ann"])
        #expect(try await steps(bench, "--allow-delete", "--since", "main") == ["delete ann"])
    }

    @Test func `a hidden manifest that the branch changed counts`() async throws {
        let bench = try await bench()
        try bench.write(riders("ann", "dora"), to: "profiles/us/ann.yaml")
        try bench.commit()
        try hide(in: bench)
        #expect(try await steps(bench, "--since", "main") == ["create dora"])
    }

    @Test func `what a hidden manifest moves or forgets stays`() async throws {
        let bench = try await bench()
        try bench.write(
            riders("anna") + "moved: [{from: coolbikes/rider/ann, to: coolbikes/rider/anna}]\n",
            to: "profiles/us/ann.yaml")
        try bench.commit()
        try hide(in: bench)
        #expect(try await steps(bench, "--allow-delete") == ["not_checked_out ann"])
    }

    @Test func `who takes from a hidden profile waits`() async throws {
        let bench = try await bench()
        try hide(in: bench)
        try bench.write(
            "version: 1\nprofiles:\n  zoe: {source: coolbikes, type: rider, identifiers: {bike_id: bike-of-ann}}\n",
            to: "profiles/eu/zoe.yaml")
        let run = await bench.run("plan", "--since", "main", "--allow-delete", "--format", "json")
        #expect(run.code == .blocked)
        let document = try run.document()
        #expect(document.list("diagnostics").isEmpty)
        #expect(document.list("steps").isEmpty)
        #expect(
            document.list("blocked").map { $0.object("blocked_by").text("code") } == ["not_checked_out", "depends_on"])
    }

    @Test(arguments: [true, false]) func `what is hidden cannot be removed`(destroy: Bool) async throws {
        let bench = try await bench()
        try hide(in: bench)
        try bench.write(
            riders("bob") + "removed: [{address: coolbikes/rider/ann, destroy: \(destroy)}]\n",
            to: "profiles/eu/bob.yaml")
        #expect(try await steps(bench, "--allow-delete") == ["not_checked_out ann"])
        #expect(try await steps(bench, "--allow-delete", "--since", "main") == ["not_checked_out ann"])
        try bench.git("rm", "-q", "--sparse", "profiles/us/ann.yaml")
        #expect(try await steps(bench, "--allow-delete") == [destroy ? "delete ann" : "forget ann"])
    }

    @Test func `git is not asked where nothing is deleted`() async throws {
        let bench = try await bench()
        bench.set { $0.mayRunPrograms = false }
        try bench.write(riders("cleo"), to: "profiles/eu/cleo.yaml")
        try bench.remove("profiles/us/ann.yaml")
        try bench.write(riders("ann"), to: "profiles/eu/ann.yaml")
        #expect(try await steps(bench) == ["create cleo"])
        #expect(await bench.run("validate").code == .done)
        #expect(try await steps(bench, "profiles/eu/cleo.yaml", "--allow-delete") == ["create cleo"])
    }

    @Test func `a pattern that finds nothing says what git has`() async throws {
        let bench = try await bench(
            "version: 1\nmanifests: [profiles/us, profiles/eu]\nenvironments: {local: {sandbox: {}}}\n")
        try hide(in: bench)
        for command in [["validate"], ["plan"], ["plan", "--since", "main"], ["apply", "--auto-approve"]] {
            let run = await bench.run(command)
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains("git tracks profiles/us/ann.yaml, but the sparse checkout leaves it out"))
        }
    }

    @Test func `a link may lead into a folder that is hidden in part`() async throws {
        let bench = try Bench.repository(["eu/bob.yaml": riders("bob")])
        try bench.write(riders("cleo"), to: "shared/here/cleo.yaml")
        try bench.write(riders("dora"), to: "shared/there/dora.yaml")
        try bench.link("profiles/shared", to: "../shared")
        try bench.commit()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.git("sparse-checkout", "set", "profiles", "shared/here")
        #expect(try await steps(bench, "--allow-delete") == ["not_checked_out dora"])
    }

    @Test func `hidden manifests that are not valid stop every delete`() async throws {
        let bench = try await bench()
        try bench.write("version: 1\nprofils: {}\n", to: "profiles/us/ann.yaml")
        try bench.commit()
        try hide(in: bench)
        let run = await bench.run("plan", "--allow-delete")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM327"))
        #expect(run.errors.contains("profiles/us/ann.yaml:2:1"))
    }

    @Test func `no sandbox stands in for a hidden workspace`() async throws {
        let bench = try await bench()
        try bench.git("sparse-checkout", "set", "--no-cone", "/profiles/eu/")
        #expect(!bench.exists("profilectl.yaml"))
        for command in [["plan"], ["apply", "--auto-approve"], ["validate"]] {
            let run = await bench.run(command + ["profiles/eu"])
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains("git tracks profilectl.yaml"))
        }
        #expect(await bench.run("plan", "profiles/eu", "--env", "local").code == .done)
        let below = await bench.run("apply", "-C", "profiles/eu", "bob.yaml", "--auto-approve")
        #expect(below.code == .invalidInput)
        #expect(below.errors.contains("git tracks profilectl.yaml"))
    }

    // Submodules

    /// A clone whose submodule `profiles/us` describes ann.
    private func benchWithSubmodule() async throws -> Bench {
        let bench = try Bench.repository(["bob.yaml": riders("bob")])
        try bench.write(riders("ann"), to: "elsewhere/ann.yaml")
        try bench.git("init", "-q", "-b", "main", in: "elsewhere")
        try bench.git("add", "-A", in: "elsewhere")
        try bench.git("commit", "-q", "-m", "ann", in: "elsewhere")
        try bench.write("elsewhere\n.profilectl/\n", to: ".gitignore")
        try bench.git(
            "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", bench.path("elsewhere"), "profiles/us")
        try bench.commit()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        return bench
    }

    @Test func `a submodule that is not checked out stops every delete`() async throws {
        let bench = try await benchWithSubmodule()
        #expect(await bench.run("plan", "--allow-delete", "--detailed-exitcode").code == .done)
        try bench.git("submodule", "--quiet", "deinit", "-f", "profiles/us")
        let run = await bench.run("plan", "--allow-delete")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM327"))
        #expect(run.errors.contains("git submodule update --init profiles/us"))
        #expect(await bench.run("plan", "profiles/bob.yaml", "--allow-delete").code == .done)
    }

    @Test func `a submodule may be sparse itself`() async throws {
        let bench = try await benchWithSubmodule()
        try bench.write(riders("dora"), to: "profiles/us/deep/dora.yaml")
        try bench.git("add", "-A", in: "profiles/us")
        try bench.git("commit", "-q", "-m", "dora", in: "profiles/us")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try bench.git("sparse-checkout", "set", "nothing", in: "profiles/us")
        #expect(try await steps(bench, "--allow-delete") == ["not_checked_out dora"])
    }

    @Test func `what a submodule was cannot be compared`() async throws {
        let bench = try await benchWithSubmodule()
        let run = await bench.run("plan", "--since", "HEAD~")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM324"))
        try bench.git("submodule", "--quiet", "deinit", "-f", "profiles/us")
        let later = await bench.run("plan", "--since", "HEAD")
        #expect(later.code == .invalidInput)
        #expect(later.errors.contains("'profiles/us' is a submodule"))
    }

    @Test func `a link on the way to the manifests is not followed`() async throws {
        let bench = try await bench()
        try bench.git("mv", "profiles", "real")
        try bench.link("profiles", to: "real")
        try bench.commit()
        let run = await bench.run("plan", "--since", "HEAD")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("'profiles' is a link"))
    }

    @Test func `a link to another file is none of ours`() async throws {
        let bench = try await bench()
        try bench.link("profiles/README", to: "../profilectl.yaml")
        try bench.commit()
        #expect(await bench.run("plan", "--since", "HEAD").code == .done)
    }
}

/// `create ann`, `delete bob`; of what is blocked the reason: `deletes_are_off cleo`. Names without source and type.
func steps(_ bench: Bench, _ options: String..., at location: SourceLocation = #_sourceLocation) async throws
    -> [String]
{
    let run = await bench.run(["plan", "--format", "json"] + options)
    let document = try run.document(location)
    let name = { (step: AttributeObject) in String((step.text("address") ?? "").split(separator: "/").last ?? "") }
    let steps = document.list("steps").map { "\($0.text("action") ?? "") \(name($0))" }
    let blocked = document.list("blocked").map { "\($0.object("blocked_by").text("code") ?? "") \(name($0))" }
    return steps.sorted() + blocked
}

import Glibc
import Testing

@testable import Commands

/// Each file is read once, and none is left out in silence.
@Suite struct DistinctFilesTests {
    private func bench(_ names: String...) throws -> Bench {
        let bench = try Bench()
        try bench.write(localWorkspace, to: "profilectl.yaml")
        for name in names { try bench.write(jane, to: name) }
        return bench
    }

    private func expectValid(_ bench: Bench, _ paths: String..., files: Int = 1) async {
        let run = await bench.run(["validate"] + paths)
        #expect(run.code == .done, "\(run.errors)")
        #expect(run.output.contains("1 profile in \(files) file"), "\(run.output)")
    }

    @Test func `a file that links and spellings lead to is read once`() async throws {
        let bench = try bench("profiles/a.yaml")
        try bench.link("profiles/b.yaml", to: "a.yaml")
        try bench.link("other", to: "profiles")
        await expectValid(bench)
        await expectValid(bench, "profiles", "other", "./profiles/../profiles/a.yaml", bench.path("profiles/a.yaml"))
        await expectValid(bench, "other/b.yaml", "other/a.yaml")
    }

    /// As git knows it.
    @Test func `a file is called by its own name, not by a link's`() async throws {
        let bench = try bench("profiles/z.yaml")
        try bench.link("profiles/a.yaml", to: "z.yaml")
        #expect(await bench.run("plan").output.contains("profiles/z.yaml:3"))
    }

    @Test func `a hard link is an error that says what it is`() async throws {
        let bench = try bench("profiles/a.yaml")
        #expect(link(bench.path("profiles/a.yaml"), bench.path("profiles/b.yaml")) == 0)
        try bench.link("profiles/c.yaml", to: "b.yaml")
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM015") && run.errors.contains("1 error"), "\(run.errors)")
        #expect(run.errors.contains("'profiles/b.yaml' and 'profiles/a.yaml' are two names of one file"))
        #expect(!run.errors.contains("PM107"))
        await expectValid(bench, "profiles/a.yaml")
        await expectValid(bench, "profiles/b.yaml", "profiles/c.yaml")
    }

    @Test func `two files of the same text are two files`() async throws {
        let bench = try bench("profiles/a.yaml", "profiles/b.yaml")
        #expect(await bench.run("validate").errors.contains("PM107"))
    }

    @Test func `a pipe among the manifests is an error`() async throws {
        let bench = try bench("profiles/a.yaml", "profiles/deep/b.yaml")
        try bench.remove("profiles/deep/b.yaml")
        #expect(mkfifo(bench.path("profiles/deep/b.yaml"), 0o600) == 0)
        for paths in [[], ["profiles/**/*.yaml"], ["profiles/deep/*"]] {
            let run = await bench.run(["plan"] + paths)
            #expect(run.code == .invalidInput)
            #expect(run.errors.contains("PM014"), "\(run.errors)")
            #expect(run.errors.contains("'profiles/deep/b.yaml' is a named pipe"))
        }
        await expectValid(bench, "profiles/*.yaml")
    }

    @Test func `a pipe of another name is no manifest`() async throws {
        let bench = try bench("profiles/a.yaml")
        #expect(mkfifo(bench.path("profiles/pipe"), 0o600) == 0)
        #expect(mkfifo(bench.path("profiles/.b.yaml"), 0o600) == 0)
        await expectValid(bench)
    }

    @Test func `a link to a device among the manifests is an error`() async throws {
        let bench = try bench("profiles/a.yaml")
        try bench.link("profiles/b.yaml", to: "/dev/zero")
        #expect(await bench.run("validate").errors.contains("'profiles/b.yaml' is a device"))
    }

    @Test func `a pipe that is named is read`() async throws {
        let bench = try bench()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        try Output.descriptor(ends[1]).write(jane)
        close(ends[1])
        await expectValid(bench, "/dev/fd/\(ends[0])")
        close(ends[0])
    }

    @Test(arguments: ["profilectl.yaml", "drift-baseline.yaml"])
    func `a pipe in place of a file of the workspace is an error`(name: String) async throws {
        let bench = try bench("profiles/a.yaml")
        if bench.exists(name) { try bench.remove(name) }
        #expect(mkfifo(bench.path(name), 0o600) == 0)
        let run = await bench.run("drift", "--env", "local")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains(name) && run.errors.contains("it is a named pipe"), "\(run.errors)")
    }

    @Test(arguments: ["profilectl.yaml", "drift-baseline.yaml"])
    func `a file of the workspace that leads nowhere is an error`(name: String) async throws {
        let bench = try bench("profiles/a.yaml")
        if bench.exists(name) { try bench.remove(name) }
        try bench.link(name, to: "/mnt/not-mounted")
        #expect(await bench.run("drift", "--env", "local").code == .invalidInput)
    }

    @Test func `a manifest whose name is not UTF-8 is an error`() async throws {
        let bench = try bench("profiles/a.yaml")
        try bench.write("", toBytes: Array("profiles/caf".utf8) + [0xE9] + Array(".yaml".utf8))
        try bench.write("", toBytes: Array("profiles/photo".utf8) + [0xE9] + Array(".jpg".utf8))
        let run = await bench.run("plan")
        #expect(run.code == .invalidInput)
        #expect(run.errors.contains("PM016") && run.errors.contains("1 error"), "\(run.errors)")
        await expectValid(bench, "profiles/a*.yaml")
    }

    @Test func `a directory whose name is not UTF-8 is an error`() async throws {
        let bench = try bench("profiles/a.yaml")
        mkdir(bench.path("profiles").utf8CString.dropLast().map { UInt8(bitPattern: $0) } + [0x2F, 0xE9])
        #expect(await bench.run("validate").errors.contains("PM016"))
        await expectValid(bench, "profiles/*.yaml")
        #expect(await bench.run("validate", "profiles/**/a.yaml").errors.contains("PM016"))
    }

    private func mkdir(_ path: [UInt8]) {
        let path = path.map { CChar(bitPattern: $0) } + [0]
        #expect(Glibc.mkdir(path, 0o700) == 0)
    }

    @Test func `a plan is saved where a link leads, and it stays`() async throws {
        let bench = try bench("profiles/a.yaml", "plans/other")
        try bench.link("plan.json", to: "plans/new.json")
        for _ in 0..<2 { #expect(await bench.run("plan", "--out", "plan.json").code == .done) }
        #expect(isLink(bench.path("plan.json")))
        #expect(try bench.text("plans/new.json").contains("applyable"))
    }
}

extension Bench {
    fileprivate func write(_ text: String, toBytes name: [UInt8]) throws {
        let path = (Array("\(directory)/".utf8) + name).map { CChar(bitPattern: $0) } + [0]
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        close(descriptor)
    }
}

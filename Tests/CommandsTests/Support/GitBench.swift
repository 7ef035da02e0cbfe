import Commands
import FoundationEssentials
import Testing

extension Bench {
    /// A workspace in a repository of its own, with everything committed on `main`.
    static func repository(_ manifests: [String: String]) throws -> Bench {
        let bench = try Bench()
        bench.set { state in
            state.mayRunPrograms = true
            state.environment = gitEnvironment
        }
        try bench.write(localWorkspace, to: "profilectl.yaml")
        try bench.write(".profilectl/\n", to: ".gitignore")
        for (name, text) in manifests { try bench.write(text, to: "profiles/\(name)") }
        try bench.git("init", "-q", "-b", "main")
        try bench.commit()
        return bench
    }

    /// Runs git in the bench's directory.
    @discardableResult
    func git(_ arguments: String..., in name: String = "", at location: SourceLocation = #_sourceLocation) throws
        -> String
    {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
        let call = ProgramCall(
            name: "git", arguments: ["-C", path(name)] + identity + arguments, environment: gitEnvironment, input: [])
        let result = try call.run()
        let errors = String(decoding: result.errors, as: UTF8.self)
        try #require(result.status == 0, "git \(arguments): \(errors)", sourceLocation: location)
        return String(decoding: result.output, as: UTF8.self).trimmingSuffix { $0 == "\n" }
    }

    func commit(_ message: String = "change", _ location: SourceLocation = #_sourceLocation) throws {
        try git("add", "-A", at: location)
        try git("commit", "-q", "-m", message, at: location)
    }
}

/// Nothing of the configuration of the machine.
private let gitEnvironment: [String: String] = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent",
]

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return text
    }
}

import ArgumentParser
import Sandbox

struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "A local stand-in of the Profiles API.",
        subcommands: [SandboxServeCommand.self])
}

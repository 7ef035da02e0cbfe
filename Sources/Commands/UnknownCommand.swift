import ArgumentParser
import Manifests

/// A word in the place of a command that is none. The argument parser would take it for an argument too many, and
/// `help` would show the help of the whole program for it.
struct UnknownCommand: Error {
    /// What was typed before it, as `profilectl ledger`.
    var parent: String
    var name: String
    var known: [String]

    var message: String {
        """
        Error: there is no command '\(parent) \(name)'
          \(suggestion(for: name, among: known, known: "commands"))

        """
    }
}

/// Throws `UnknownCommand` for the first word that should be a command and is not.
func checkCommandNames(_ arguments: [String]) throws {
    var command: any ParsableCommand.Type = Profilectl.self
    var parent = "profilectl"
    for name in arguments.first == "help" ? Array(arguments.dropFirst()) : arguments {
        let subcommands = command.configuration.subcommands
        guard !subcommands.isEmpty, !name.hasPrefix("-"), name != "help" else { return }
        guard let next = subcommands.first(where: { $0.configuration.commandName == name }) else {
            let known = subcommands.compactMap { $0.configuration.commandName }
            throw UnknownCommand(parent: parent, name: name, known: known)
        }
        command = next
        parent += " " + name
    }
}

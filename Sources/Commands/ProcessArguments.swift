import Glibc
import Views

// What the system hands over is bytes. Swift's own readings of them put U+FFFD where they are no text.

/// The arguments of the process, without its own name.
package func processArguments() -> [[UInt8]] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0].map(bytes(of:)) }
}

/// The variables that the process was started with, each `NAME=value`.
func processVariables() -> [[UInt8]] {
    var variables: [[UInt8]] = []
    var place = environ
    while let entry = place.pointee {
        variables.append(bytes(of: entry))
        place += 1
    }
    return variables
}

private func bytes(of text: UnsafeMutablePointer<CChar>) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
}

/// The program with its arguments as bytes: one that is no text names nothing that can be meant.
package func profilectl(bytes arguments: [[UInt8]], in session: Session) async -> ExitCode {
    var texts: [String] = []
    for (index, bytes) in arguments.enumerated() {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.elementsEqual(bytes) else {
            try? session.errorOutput.write(
                """
                Error: argument \(index + 1) is not UTF-8: \(Escaping.quoted(text))
                  Write it as UTF-8. A file with such a name needs another name first.

                """)
            return .usage
        }
        texts.append(text)
    }
    return await profilectl(texts, in: session)
}

import Glibc

/// Where text goes: a stream of the process, or a test's memory.
package struct Output: Sendable {
    package struct Closed: Error {
        package var reason: String
        /// How the command ends that could not be told of; more than an error where it had made calls.
        package var code: ExitCode

        package init(reason: String, code: ExitCode = .error) {
            self.reason = reason
            self.code = code
        }
    }

    package var write: @Sendable ([UInt8]) throws -> Void

    package init(write: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.write = write
    }

    package func write(_ text: String) throws {
        guard !text.isEmpty else { return }
        try write(Array(text.utf8))
    }

    /// Unbuffered, so that nothing is lost when the process is killed; `print` would buffer into a pipe.
    package static func descriptor(_ descriptor: Int32) -> Output {
        Output { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if written < 0 {
                    guard errno == EINTR || errno == EAGAIN else { throw Closed(reason: errorText(errno)) }
                } else {
                    rest = rest.dropFirst(written)
                }
            }
        }
    }
}

/// The system's words for an error number.
func errorText(_ number: Int32) -> String {
    String(cString: strerror(number))
}

/// A text that shows itself nowhere: not when printed or interpolated, not in a dump, not in a mirror.
package struct Secret: Sendable, Hashable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// For the places that send it, or that look for it in order to hide it.
    func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "⟨secret⟩" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension String {
    /// The text without any of the secrets; services are known to echo what they were sent.
    func hiding(_ secrets: [Secret]) -> String {
        var text = self
        for secret in secrets {
            let hidden = secret.reveal()
            guard !hidden.isEmpty else { continue }
            text = text.split(separator: hidden, omittingEmptySubsequences: false)
                .joined(separator: secret.description)
        }
        return text
    }
}

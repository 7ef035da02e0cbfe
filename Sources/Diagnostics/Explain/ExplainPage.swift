/// What `profilectl explain CODE` shows.
package struct ExplainPage: Sendable, Hashable {
    package enum Example: Sendable, Hashable {
        /// A whole manifest that causes the problem.
        case manifest(String)
        /// A whole `profilectl.yaml` that causes it.
        case workspace(String)
        /// A situation in words.
        case situation(String)

        package var text: String {
            switch self {
            case .manifest(let text), .workspace(let text), .situation(let text): text
            }
        }
    }

    /// A few words, without a full stop.
    package var title: String
    /// What is the case, and why it is a problem.
    package var meaning: String
    package var example: Example
    /// The way out.
    package var fix: String

    package init(title: String, meaning: String, example: Example, fix: String) {
        self.title = title
        self.meaning = meaning
        self.example = example
        self.fix = fix
    }
}

/// So that a decision with one outcome or one problem can be a `Result`.
extension Diagnostic: Error {}

extension AttributeObject {
    /// As the initialiser for any sequence, and quicker for callers in other targets, for whom that one stays generic.
    package init(pairs: [(String, AttributeValue)]) {
        self.init(pairs)
    }
}

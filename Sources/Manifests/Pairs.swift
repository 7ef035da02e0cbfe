import YAMLSyntax

extension YAMLNode {
    /// Calls `body` with each key and value. Walks by index, which is quicker than an iterator across targets,
    /// and a file of 100,000 profiles has over a million pairs.
    @inline(__always)
    func forEachPair(_ body: (YAMLNode, YAMLNode) -> Void) {
        let pairs = self.pairs
        var index = pairs.startIndex
        while index < pairs.endIndex {
            let pair = pairs[index]
            body(pair.key, pair.value)
            index = pairs.index(after: index)
        }
    }
}

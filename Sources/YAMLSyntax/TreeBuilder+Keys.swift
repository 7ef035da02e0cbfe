import Diagnostics

/// The keys of a mapping: each a scalar, each only once, `<<` replaced by what it brings.
extension TreeBuilder {
    mutating func addKey(_ key: MappingKey) {
        keys.append(key)
        if key.isMerge { frame.needsPairList = true }
    }

    mutating func addKey(_ index: UInt32, content: UInt32) {
        let record = tree.nodes[content]
        guard record.kind == .scalar else {
            frame.needsPairList = true
            let message = "a key must be a scalar, not a \(record.kind)"
            let help = "a value that begins with { or [ needs quotes"
            return report(Diagnostic(.nonScalarKey, message, at: tree.location(of: index), help: help))
        }
        let mayMerge = record.style == .plain && record.tag.mayMerge
        let key = tree.text(of: content).withUnsafeBufferPointer {
            MappingKey(node: index, content: content, text: $0, mayMerge: mayMerge)
        }
        addKey(key)
    }

    mutating func finishMapping() {
        if frame.isParted { keepKeysOfPart() }
        if frame.needsPairList || mayRepeatKeys { finishUnusualMapping() }
        while keys.count > frame.firstKey { keys.removeLast() }
    }

    /// Whether two keys look alike; also true where there are too many to look at each pair.
    private var mayRepeatKeys: Bool {
        guard keys.count - frame.firstKey <= fewKeys else { return true }
        return keys.withUnsafeBufferPointer { keys in
            for later in frame.firstKey..<keys.count {
                for earlier in frame.firstKey..<later where keys[earlier].digest == keys[later].digest { return true }
            }
            return false
        }
    }

    private mutating func finishUnusualMapping() {
        let repeated = repeatedKeys(from: frame.firstKey)
        for (first, again) in repeated where !isStopped {
            let text = excerpt(tree.text(of: again.content))
            report(
                Diagnostic(
                    .duplicateKey, "the key \(text) is already there", at: tree.location(of: again.node),
                    notes: [Diagnostic.Note("first written here", at: tree.location(of: first.node))],
                    help: again.isMerge ? "one << takes a list of mappings" : nil))
        }
        if !isStopped, frame.needsPairList || !repeated.isEmpty {
            listPairs(without: Set(repeated.map(\.again.node)))
        }
    }

    /// Each key that was there before, in written order.
    private func repeatedKeys(from start: Int) -> [(first: MappingKey, again: MappingKey)] {
        let digests = keys[start...].map(\.digest).sorted()
        let repeatedDigests = Set(zip(digests, digests.dropFirst()).lazy.filter { $0 == $1 }.map(\.0))
        if repeatedDigests.isEmpty { return [] }
        let suspects = keys[start...].filter { repeatedDigests.contains($0.digest) }
        // A text of nothing but repetitions is not read to its end, so the first ones do.
        let some = repeatedAmong(suspects.prefix(4 * limits.maximumDiagnostics))
        return some.count >= limits.maximumDiagnostics ? some : repeatedAmong(suspects[...])
    }

    private func repeatedAmong(_ suspects: ArraySlice<MappingKey>) -> [(first: MappingKey, again: MappingKey)] {
        let sorted = suspects.sorted { tree.isOrdered($0, $1) }
        var repeated: [(first: MappingKey, again: MappingKey)] = []
        var first = sorted[0]
        for key in sorted.dropFirst() {
            if tree.haveSameText(first, key) {
                repeated.append((first, key))
            } else {
                first = key
            }
        }
        return repeated.sorted { $0.again.node < $1.again.node }
    }

    private mutating func listPairs(without leftOut: Set<UInt32>) {
        let mergeKey = keys[frame.firstKey...].first(where: \.isMerge)?.node
        let own = keys[frame.firstKey...].filter { !$0.isMerge }
        var taken = Set(own.map { tree.text(of: $0.content) })
        var listed: [Tree.Pair] = []
        let members = tree.pairExtent(of: frame.node).places
        var place = members.lowerBound
        while place < members.upperBound {
            let pair = tree.pair(at: place, isListed: false)
            place = tree.place(after: place, isListed: false)
            let content = tree.target(of: pair.key)
            if leftOut.contains(pair.key) || tree.nodes[content].kind != .scalar { continue }
            if pair.key == mergeKey {
                listed += merge(pair.value, taken: &taken)
                if isStopped { return }
            } else {
                listed.append(pair)
            }
        }
        let start = UInt32(tree.listedPairs.count)
        tree.listedPairs += listed
        tree.pairLists[frame.node] = start..<UInt32(tree.listedPairs.count)
        tree.nodes[frame.node].marks.insert(.hasPairList)
    }

    /// The pairs that the value of a `<<` brings. A key that is taken stays as it is.
    private mutating func merge(_ value: UInt32, taken: inout Set<ArraySlice<UInt8>>) -> [Tree.Pair] {
        guard let sources = mergeSources(value) else {
            let message = "the value of << must be a mapping or a list of mappings"
            report(
                Diagnostic(
                    .badMergeKey, message, at: tree.location(of: value),
                    help: "write << in quotes if it is an ordinary key"))
            return []
        }
        var merged: [Tree.Pair] = []
        for source in sources {
            guard mayMergeMore(at: value) else { return [] }
            let (places, isListed) = tree.pairExtent(of: source)
            var place = places.lowerBound
            while place < places.upperBound {
                let pair = tree.pair(at: place, isListed: isListed)
                if taken.insert(tree.text(of: tree.target(of: pair.key))).inserted { merged.append(pair) }
                mergedPairs += 1
                place = tree.place(after: place, isListed: isListed)
            }
        }
        return merged
    }

    /// Mappings merged into each other, level by level, would write out the innermost again for each level.
    private mutating func mayMergeMore(at value: UInt32) -> Bool {
        guard mergedPairs > aliasAllowance else { return true }
        let message = "the merge keys stand for more than \(aliasAllowance) pairs"
        stop(Diagnostic(.aliasLimit, message, at: tree.location(of: value)))
        return false
    }

    private func mergeSources(_ value: UInt32) -> [UInt32]? {
        let content = tree.target(of: value)
        switch tree.nodes[content].kind {
        case .mapping: return [content]
        case .scalar, .alias: return nil
        case .sequence:
            var sources: [UInt32] = []
            var item = content + 1
            while item < tree.next(after: content) {
                let source = tree.target(of: item)
                guard tree.nodes[source].kind == .mapping else { return nil }
                sources.append(source)
                item = tree.next(after: item)
            }
            return sources
        }
    }
}

/// Each of so few is compared with each.
private let fewKeys = 12

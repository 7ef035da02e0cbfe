import ProfileModel

/// Hashes identifiers so that those which the service takes for one are hashed alike.
struct IdentifierHashes {
    /// What two identifiers share besides their value.
    private struct Kind: Hashable {
        var scope: Int
        /// Normalised.
        var type: ExactText
    }

    private var kinds: [Kind: Int] = [:]
    /// The type last seen at each place of a profile: mostly the same in the next one.
    private var latest: [(scope: Int, type: String, kind: Int)] = []

    mutating func hash(of identifier: Identifier, in scope: Int, at place: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(kind(of: identifier.type, in: scope, at: place))
        Normalised.value(identifier).hashExactly(into: &hasher)
        return hasher.finalize()
    }

    /// A number for scope and type, which is hashed in less time than they are.
    private mutating func kind(of type: String, in scope: Int, at place: Int) -> Int {
        if place < latest.count, latest[place].scope == scope, latest[place].type.isExactly(type) {
            return latest[place].kind
        }
        let found = Kind(scope: scope, type: ExactText(Normalised.type(type)))
        let kind = kinds[found] ?? kinds.count
        kinds[found] = kind
        if place < latest.count {
            latest[place] = (scope, type, kind)
        } else if place == latest.count {
            latest.append((scope, type, kind))
        }
        return kind
    }
}

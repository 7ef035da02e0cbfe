import ProfileModel

/// The keys of three objects in one pass, in key order, with what each has under them.
struct ThreeSides: Sequence, IteratorProtocol {
    struct Element {
        var key: String
        var desired: AttributeValue?
        var applied: AttributeValue?
        var live: AttributeValue?
    }

    private var desired: Members
    private var applied: Members
    private var live: Members

    init(_ desired: AttributeObject, _ applied: AttributeObject, _ live: AttributeObject) {
        self.desired = Members(rest: desired.members[...])
        self.applied = Members(rest: applied.members[...])
        self.live = Members(rest: live.members[...])
    }

    mutating func next() -> Element? {
        var least = desired.key
        for key in [applied.key, live.key] {
            guard let key else { continue }
            if least.map({ key.precedes($0) }) ?? true { least = key }
        }
        guard let key = least else { return nil }
        return Element(key: key, desired: desired.take(key), applied: applied.take(key), live: live.take(key))
    }

    private struct Members {
        var rest: ArraySlice<AttributeObject.Member>

        var key: String? { rest.first?.key }

        mutating func take(_ key: String) -> AttributeValue? {
            guard let member = rest.first, member.key.isExactly(key) else { return nil }
            rest.removeFirst()
            return member.value
        }
    }
}

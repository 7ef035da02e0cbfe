/// Any JSON value, as an attribute may hold it.
package enum AttributeValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([AttributeValue])
    case object(AttributeObject)
    /// A value of an answer that cannot be sent back as it was read, in the form in which it can be shown.
    indirect case damaged(AttributeValue, Damage)

    package static func == (a: AttributeValue, b: AttributeValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.isExactly(b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        case (.damaged(let a, let damage), .damaged(let b, let other)): damage == other && a == b
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _), (.damaged, _): false
        }
    }
}

/// A JSON number as it was written, so that no digit is lost on the way.
/// Equal means written alike; `Planning.Canonical` knows that 1 and 1.0 are one number.
package struct JSONNumber: Sendable, Hashable {
    /// A number by the grammar of RFC 8259, section 6.
    package let text: String

    package init(text: String) {
        self.text = text
    }
}

/// The members of a JSON object, sorted by key, each key once. Keys that only look alike are two.
package struct AttributeObject: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package var key: String
        package var value: AttributeValue

        package init(key: String, value: AttributeValue) {
            self.key = key
            self.value = value
        }

        package static func == (a: Member, b: Member) -> Bool {
            a.key.isExactly(b.key) && a.value == b.value
        }
    }

    package private(set) var members: [Member]

    package init() {
        members = []
    }

    /// Of members with the same key the last one stays.
    package init(_ unsorted: some Sequence<(String, AttributeValue)>) {
        self.init(members: unsorted.map { Member(key: $0, value: $1) })
    }

    /// As `init(_:)`. Takes over a list that is in order already, without a copy.
    package init(members unsorted: consuming [Member]) {
        members = unsorted
        guard !isInOrder else { return }
        var byKey: [ExactText: AttributeValue] = [:]
        for member in members { byKey[ExactText(member.key)] = member.value }
        members = byKey.map { Member(key: $0.key.text, value: $0.value) }.sorted { $0.key.precedes($1.key) }
    }

    package var isEmpty: Bool { members.isEmpty }
    package var count: Int { members.count }
    package var keys: [String] { members.map(\.key) }

    package subscript(key: String) -> AttributeValue? {
        get {
            let index = firstIndex(notBelow: key)
            return index < members.count && members[index].key.isExactly(key) ? members[index].value : nil
        }
        set {
            let index = firstIndex(notBelow: key)
            let isPresent = index < members.count && members[index].key.isExactly(key)
            switch (newValue, isPresent) {
            case (let value?, true): members[index].value = value
            case (let value?, false): members.insert(Member(key: key, value: value), at: index)
            case (nil, true): members.remove(at: index)
            case (nil, false): break
            }
        }
    }

    private var isInOrder: Bool {
        members.indices.dropFirst().allSatisfy { members[$0 - 1].key.precedes(members[$0].key) }
    }

    private func firstIndex(notBelow key: String) -> Int {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle].key.precedes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension AttributeObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.init(elements)
    }
}

extension AttributeValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }
}

import ProfileModel

// Forms that a service may give to a value without meaning another one: normalised texts, trimmed texts, numbers as
// doubles or as texts. A likely form is no difference by itself. It counts where we saw the service make it.

extension String {
    /// Equal for texts that differ in nothing but their normal form and white space.
    private var words: [String] {
        // Swift compares texts by canonical equivalence, so the normal form needs no work.
        unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
    }

    /// White space may have been taken away, never added.
    func isLikelyForm(of sent: String) -> Bool {
        isExactly(sent) || words == sent.words && spaceCount <= sent.spaceCount
    }

    private var spaceCount: Int { unicodeScalars.count { $0.properties.isWhitespace } }

    /// Equal for identifiers that some service may take for one: without white space at the ends, and in lower case by
    /// whatever table. Turkish letters meet, and so do ß and ss.
    fileprivate var widelyFolded: String {
        words.joined(separator: " ").unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "ı", "İ": text += "i"
            case "\u{307}": break
            case "ß", "ẞ": text += "ss"
            default: text += String(scalar).foldedCase
            }
        }
    }
}

extension Identifier {
    func isLikelyForm(of sent: Identifier) -> Bool {
        guard canonical.type.isExactly(sent.canonical.type) else { return false }
        // Only marks between the digits, which people write in many ways.
        if type == "phone_number" { return value.dialled == sent.value.dialled }
        return ignoresCase ? value.widelyFolded == sent.value.widelyFolded : value.isLikelyForm(of: sent.value)
    }

    private var ignoresCase: Bool {
        switch type {
        case "email", "google", "twitter", "external_id": true
        default: false
        }
    }
}

extension String {
    fileprivate var dialled: String { filter { !" -().\u{A0}".contains($0) } }
}

extension AttributeValue? {
    /// Whether a service may have made this of a member that was sent.
    func isLikelyForm(of sent: AttributeValue?) -> Bool {
        if isSameMember(as: sent) { return true }
        return switch (sent.unlessNull, unlessNull) {
        case (.string(let sent)?, .string(let kept)?): kept.isLikelyForm(of: sent)
        case (.string(let text)?, nil): text.isLikelyForm(of: "")
        case (.object(let object)?, nil): object.hasNullsOnly
        case (.array(let items)?, nil): items.isEmpty
        case (.number(let sent)?, .number(let kept)?): kept.isRounded(sent)
        case (.number(let number)?, .string(let text)?), (.string(let text)?, .number(let number)?):
            JSONNumber(text: text).isRounded(number)
        case (.bool(let flag)?, .string(let text)?), (.string(let text)?, .bool(let flag)?): text == "\(flag)"
        case (.array(let sent)?, .array(let kept)?):
            sent.count == kept.count && zip(sent, kept).allSatisfy { Optional($1).isLikelyForm(of: $0) }
        case (.object(let sent)?, .object(let kept)?): kept.isLikelyForm(of: sent)
        case (nil, _), (.null?, _), (.string?, _), (.object?, _), (.array?, _), (.number?, _), (.bool?, _),
            (.damaged?, _):
            false
        }
    }
}

extension AttributeObject {
    fileprivate func isLikelyForm(of sent: AttributeObject) -> Bool {
        let keys = sent.members.map { ($0, likelyKey(of: $0.key)) }
        return keys.allSatisfy { member, key in key.flatMap { self[$0] }.isLikelyForm(of: member.value) }
            && Set(keys.compactMap { $0.1.map(ExactText.init) }).count == members.count
    }

    /// The key itself where it is there, else the only one that a service may have made of it.
    func likelyKey(of sent: String) -> String? {
        if self[sent] != nil { return sent }
        let likely = keys.filter { $0.isLikelyForm(of: sent) }
        return likely.count == 1 ? likely[0] : nil
    }
}

extension JSONNumber {
    /// Whether both are one double.
    fileprivate func isRounded(_ other: JSONNumber) -> Bool {
        guard let a = CanonicalNumber(text), let b = CanonicalNumber(other.text) else { return false }
        if a == b { return true }
        guard let double = Double(text), double.isFinite else { return false }
        return double == Double(other.text)
    }
}

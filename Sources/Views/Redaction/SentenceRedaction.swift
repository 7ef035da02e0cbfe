/// Replaces personal values in a sentence: those that are known from the fields around it, and words that
/// look like an e-mail address or a telephone number.
struct SentenceRedaction {
    private var standIns: [String: String] = [:]
    /// Values of several words, by their first one.
    private var phrases: [Substring: Set<String>] = [:]
    private var kept: Set<String> = []

    /// Shorter values are too likely to be part of the sentence itself.
    private static let shortest = 3
    /// Fewer digits are a count, a line number or a status.
    private static let telephoneDigits = 6

    mutating func remember(_ value: String, as standIn: String) {
        guard value.count >= Self.shortest, standIns[value] == nil else { return }
        standIns[value] = standIn
        let words = value.split(separator: " ", omittingEmptySubsequences: false)
        if words.count > 1 { phrases[words[0], default: []].insert(value) }
    }

    /// Ids stay readable, though they may look like telephone numbers.
    mutating func keep(_ id: String?) {
        if let id { kept.insert(id) }
    }

    func redacted(_ sentence: String, by pseudonym: Pseudonym) -> String {
        var text = ""
        var rest = Substring(sentence)
        while !rest.isEmpty {
            let space = rest.prefix { Self.isBoundary($0) }
            if let process = process(endOf: space, in: rest) {
                text += rest[..<process.endIndex]
                rest = rest[process.endIndex...]
                continue
            }
            text += space
            rest = rest[space.endIndex...]
            guard !rest.isEmpty else { break }
            let word = rest.prefix { !Self.isBoundary($0) }
            if let phrase = phrase(startingWith: word, in: rest), let standIn = standIns[phrase] {
                text += standIn
                rest = rest.dropFirst(phrase.count)
            } else {
                text += redacted(word: word, by: pseudonym)
                rest = rest[word.endIndex...]
            }
        }
        return text
    }

    private func phrase(startingWith word: Substring, in rest: Substring) -> String? {
        phrases[word]?.filter { rest.hasPrefix($0) }.max { $0.count < $1.count }
    }

    private func process(endOf space: Substring, in rest: Substring) -> Substring? {
        guard space.last == "(" else { return nil }
        return processInBrackets(startingAt: rest[rest.index(before: space.endIndex)...])
    }

    private func redacted(word: Substring, by pseudonym: Pseudonym) -> String {
        let end = word.lastIndex { !".:!?".contains($0) }.map { word.index(after: $0) } ?? word.startIndex
        let core = String(word[..<end])
        let tail = word[end...]
        if kept.contains(core) { return String(word) }
        if let standIn = standIns[core] { return standIn + tail }
        let digits = core.count { $0.isWholeNumber }
        let looksPersonal = core.contains("@") || (digits >= Self.telephoneDigits && digits * 2 > core.count)
        guard looksPersonal, !isMachineWord(core) else { return String(word) }
        return pseudonym.of(core, kind: "value") + tail
    }

    private static func isBoundary(_ character: Character) -> Bool {
        character.isWhitespace || "\"'`“”‘’(),;[]{}<>".contains(character)
    }
}

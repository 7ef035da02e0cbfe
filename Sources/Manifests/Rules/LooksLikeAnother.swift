import Diagnostics
import ProfileModel

/// Two names that look alike are two to the service and one to a reader: a profile, a source or a type more than
/// anybody meant. Sources, types and identifier types are few and stay, so a difference in case alone counts there too.
func lookalikes(_ written: WrittenNames, _ profiles: [DesiredProfile], _ scopes: Scopes) -> [Diagnostic] {
    var pairs: [Lookalike] = []
    for kind in WrittenNames.Kind.allCases {
        let names = written.names.filter { $0.kind == kind }
        switch kind {
        case .source, .type: pairs += alike(names)
        case .identifierType: pairs += alike(names + standardTypes(beside: names))
        case .attribute: pairs += alike(names + attributes(of: profiles, beside: names))
        }
    }
    pairs += addressesAlike(profiles, scopes)
    let told = Set(pairs.map { ExactText($0.text) })
    return pairs.map(\.diagnostic)
        + disguises(written, profiles).filter { !told.contains(ExactText($0.text)) }
        .map(\.diagnostic)
}

/// Two names of one kind.
private struct Lookalike {
    var text: String
    /// As messages call it, as in `the source "shop"`.
    var subject: String
    var other: String
    var noun: String
    var difference: SpellingDifference
    var differsInCaseOnly: Bool
    var location: SourceLocation
    var note: Diagnostic.Note?

    var diagnostic: Diagnostic {
        Diagnostic(
            .lookalikes,
            differsInCaseOnly
                ? "\(subject) differs from \(other) only in case, and is another \(noun)"
                : "\(subject) looks like \(other), but is another \(noun): \(difference.words)",
            severity: .warning, at: location, notes: note.map { [$0] } ?? [],
            help: "write both the same way if one is meant; otherwise choose names that readers can tell apart")
    }
}

/// A name that stands nowhere in the manifests has no location.
private struct Candidate {
    var name: WrittenNames.Name
    var isWritten = true
    /// Only to be compared with others.
    var isBystander = false
}

private func alike(_ names: [WrittenNames.Name]) -> [Lookalike] { alike(names.map { Candidate(name: $0) }) }

private func + (names: [WrittenNames.Name], others: [Candidate]) -> [Candidate] {
    names.map { Candidate(name: $0) } + others
}

private func alike(_ candidates: [Candidate]) -> [Lookalike] {
    var firsts: [Appearance: Candidate] = [:]
    var pairs: [Lookalike] = []
    for candidate in candidates {
        let appearance = Appearance(candidate.name.text, ignoringCase: candidate.name.kind != .attribute)
        guard let first = firsts[appearance] else {
            firsts[appearance] = candidate
            continue
        }
        guard !first.name.text.isExactly(candidate.name.text), !(first.isBystander && candidate.isBystander) else {
            continue
        }
        // The one to look at is that of other letters than ASCII's, and that which is written.
        let isSecondOdd = candidate.isWritten && (isASCII(first.name.text) || !isASCII(candidate.name.text))
        pairs.append(isSecondOdd ? Lookalike(candidate, first) : Lookalike(first, candidate))
    }
    return pairs
}

extension Lookalike {
    fileprivate init(_ odd: Candidate, _ other: Candidate) {
        let noun = odd.name.kind.rawValue
        let standard = other.isWritten ? "" : "the standard \(noun) "
        self.init(
            text: odd.name.text, subject: "the \(noun) \"\(shortened(odd.name.text))\"",
            other: "\(standard)\"\(shortened(other.name.text))\"", noun: noun,
            difference: SpellingDifference(odd.name.text, from: other.name.text),
            differsInCaseOnly: isASCII(odd.name.text) && isASCII(other.name.text), location: odd.name.location,
            note: other.isWritten ? Diagnostic.Note("the other is written here", at: other.name.location) : nil)
    }
}

/// The types that mean something to the service whether they are written or not.
private func standardTypes(beside names: [WrittenNames.Name]) -> [Candidate] {
    guard let place = names.first?.location else { return [] }
    return Normalised.standardTypes.filter { type in !names.contains { $0.text.isExactly(type) } }.map {
        Candidate(
            name: WrittenNames.Name(kind: .identifierType, text: $0, location: place), isWritten: false,
            isBystander: true)
    }
}

/// The attributes in ASCII, which were not noted; looked for only where others were.
private func attributes(of profiles: [DesiredProfile], beside names: [WrittenNames.Name]) -> [Candidate] {
    guard !names.isEmpty else { return [] }
    let appearances = Set(names.map { Appearance($0.text) })
    var found: Set<ExactText> = []
    var candidates: [Candidate] = []
    for profile in profiles.indices {
        for member in profiles[profile].attributes.members where isASCII(member.key) {
            guard appearances.contains(Appearance(member.key)), found.insert(ExactText(member.key)).inserted else {
                continue
            }
            let location = nameLocation(of: profiles[profile])
            candidates.append(
                Candidate(
                    name: WrittenNames.Name(kind: .attribute, text: member.key, location: location), isBystander: true))
        }
    }
    return candidates
}

private struct ScopedAppearance: Hashable {
    var scope: UInt32
    var name: Appearance
}

/// Addresses of one source and type; others differ visibly, or their sources and types are told of.
private func addressesAlike(_ profiles: [DesiredProfile], _ scopes: Scopes) -> [Lookalike] {
    let odd = profiles.indices.filter { !isASCII(profiles[$0].address.name) }
    guard !odd.isEmpty else { return [] }
    var firsts: [ScopedAppearance: Int] = [:]
    var pairs: [Lookalike] = []
    func look(_ index: Int) -> (key: ScopedAppearance, first: Int?) {
        let key = ScopedAppearance(scope: scopes.numbers[index], name: Appearance(profiles[index].address.name))
        let first = firsts[key]
        let isSame = first.map { profiles[$0].address.name.isExactly(profiles[index].address.name) } ?? true
        return (key, isSame ? nil : first)
    }
    for index in odd {
        let (key, first) = look(index)
        if let first { pairs.append(Lookalike(profiles[index], profiles[first])) }
        firsts[key] = firsts[key] ?? index
    }
    for index in profiles.indices where isASCII(profiles[index].address.name) {
        if let first = look(index).first { pairs.append(Lookalike(profiles[first], profiles[index])) }
    }
    return pairs
}

extension Lookalike {
    fileprivate init(_ odd: DesiredProfile, _ other: DesiredProfile) {
        self.init(
            text: odd.address.name, subject: "\(odd.address)", other: "\(other.address)", noun: "address",
            difference: SpellingDifference(odd.address.name, from: other.address.name), differsInCaseOnly: false,
            location: nameLocation(of: odd),
            note: Diagnostic.Note("the other is described here", at: nameLocation(of: other)))
    }
}

private func disguises(
    _ written: WrittenNames, _ profiles: [DesiredProfile]
) -> [(text: String, diagnostic: Diagnostic)] {
    let names = written.names.compactMap { name in
        Disguise(of: name.text).map {
            (name.text, disguisedName("the \(name.kind.rawValue) \"\(shortened(name.text))\"", $0, at: name.location))
        }
    }
    return names
        + profiles.indices.compactMap { index in
            Disguise(of: profiles[index].address.name).map {
                let location = nameLocation(of: profiles[index])
                return (profiles[index].address.name, disguisedName("\(profiles[index].address)", $0, at: location))
            }
        }
}

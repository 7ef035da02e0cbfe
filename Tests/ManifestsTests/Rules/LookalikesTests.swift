import Diagnostics
import ProfileModel
import Testing

@testable import Manifests

@Suite struct LookalikesTests {
    private let composed = "Ren\u{E9}"
    private let decomposed = "Rene\u{301}"

    private func profiles(_ profiles: String, defaults: String = "source: shop, type: buyer") -> String {
        "version: 1\ndefaults: {\(defaults)}\nprofiles:\n\(profiles)"
    }

    private func words(_ found: [Diagnostic]) -> String { found.map(\.message).joined(separator: "\n") }

    @Test(arguments: [
        ("jane", "j\u{430}ne", "U+0430 where the other has U+0061"),
        ("Ren\u{E9}", "Rene\u{301}", "U+0065 U+0301 where the other has U+00E9"),
        ("jane", "ja\u{200B}ne", "U+200B where the other has nothing"),
        ("jane", "\u{FF4A}ane", "U+FF4A where the other has U+006A"),
        ("a-b", "a\u{2010}b", "U+2010 where the other has U+002D"),
        ("popa", "\u{440}\u{43E}\u{440}\u{430}", "U+0440 U+043E U+0440 U+0430 where"),
        ("Anna", "\u{391}nna", "U+0391 where"),
        ("nina\u{308}", "nin\u{E4}", "U+00E4 where the other has U+0061 U+0308"),
    ])
    func `addresses that look alike get a warning`(one: String, other: String, difference: String) {
        for (first, second) in [(one, "«\(other)»"), ("«\(other)»", one)] {
            let isOddFirst = first.hasPrefix("«")
            // Of two that are both beyond ASCII the second one is shown.
            guard !isOddFirst || isASCII(one) else { continue }
            let found = expect(
                .lookalikes,
                in: profiles("  \(first): {identifiers: {id: 1}}\n  \(second): {identifiers: {id: 2}}\n"))
            #expect(found.first?.severity == .warning)
            #expect(words(found).contains(difference), "\(found)")
            #expect(found.first?.notes.first?.location?.range.start.line == (isOddFirst ? 5 : 4))
        }
    }

    @Test func `three of a kind are two warnings`() {
        expect(
            .lookalikes, .lookalikes,
            in: profiles(
                "  jane: {identifiers: {id: 1}}\n  «j\u{430}ne»: {identifiers: {id: 2}}\n"
                    + "  «jan\u{435}»: {identifiers: {id: 3}}\n"))
    }

    @Test(arguments: [
        ("jane", "Jane"), ("jane", "janes"), ("Ren\u{E9}", "Rene"), ("\u{438}\u{432}\u{430}\u{43D}", "ivan"),
        ("O0", "0O"), ("l1", "1l"),
    ])
    func `names that readers can tell apart are fine`(one: String, other: String) {
        expect(in: profiles("  \(one): {identifiers: {id: 1}}\n  \(other): {identifiers: {id: 2}}\n"))
    }

    @Test func `names of other sources and types are no likeness`() {
        expect(
            in: profiles(
                "  \(composed): {identifiers: {id: 1}}\n  \(decomposed): {type: seller, identifiers: {id: 2}}\n"))
    }

    @Test(arguments: [("shop", "sh\u{43E}p"), ("shop", "Shop"), ("SHOP", "shop"), ("caf\u{E9}", "cafe\u{301}")])
    func `sources and types that look alike get a warning`(one: String, other: String) {
        for key in ["source", "type"] {
            let rest = key == "source" ? "type: t" : "source: s"
            let found = expect(
                .lookalikes,
                in: profiles(
                    "  a: {\(key): \(one), identifiers: {id: 1}}\n  b: {\(key): «\(other)», identifiers: {id: 2}}\n"
                        + "  c: {\(key): \(other), identifiers: {id: 3}}\n",
                    defaults: rest))
            #expect(words(found).contains("the \(key) "))
            #expect(found.first?.notes.first?.location?.range.start.line == 4)
        }
    }

    @Test func `a type in one source may be that of another`() {
        expect(in: profiles("  a: {source: buyer, type: shop, identifiers: {id: 1}}\n"))
    }

    @Test(arguments: ["\u{435}mail", "Email", "external_\u{456}d", "E-mail"])
    func `an identifier type like a standard one gets a warning`(type: String) {
        let text = profiles("  a: {identifiers: {«\(type)»: x}}\n  b: {identifiers: {\(type): y}}\n")
        guard type != "E-mail" else {
            return #expect(decode(Marked(text).text).1.isEmpty)
        }
        let found = expect(.lookalikes, in: text)
        #expect(words(found).contains("the standard identifier type"))
    }

    @Test func `identifier types that look alike get a warning`() {
        expect(
            .lookalikes,
            in: profiles("  a: {identifiers: {bike_id: x}}\n  b: {identifiers: [{type: «bik\u{435}_id», value: y}]}\n"))
    }

    @Test func `attributes that look alike get a warning`() {
        let found = expect(
            .lookalikes,
            in: profiles(
                "  a: {identifiers: {id: 1}, attributes: {city: x}}\n"
                    + "  b: {identifiers: {id: 2}, attributes: {«\u{441}ity»: y}}\n"))
        #expect(found.first?.notes.first?.location?.range.start.line == 4)
        expect(
            .lookalikes,
            in: profiles("  a: {identifiers: {id: 1}, attributes: {\(composed): x, «\(decomposed)»: y}}\n"))
        expect(
            .lookalikes,
            in: profiles(#"  a: {identifiers: {id: 1}, attributes: {city: x, «"\u0441ity"»: y}}"# + "\n"))
    }

    @Test(arguments: ["c\u{43E}\u{43E}l", "bik\u{435}-5", "\u{441}ool"])
    func `a word of two alphabets gets a warning by itself`(name: String) {
        let found = expect(
            .disguisedName, .disguisedName, .disguisedName, .disguisedName,
            in: "version: 1\nprofiles:\n  a: {source: «\(name)», type: t, identifiers: {«\(name)»: 1},"
                + " attributes: {«\(name)»: x}}\n  «\(name)»: {source: \(name), type: t, identifiers: {id: 2}}\n")
        #expect(words(found).contains("mixes Latin letters with Cyrillic"))
    }

    @Test func `a name with a space at its edge gets a warning`() {
        expect(.disguisedName, in: profiles("  a: {source: «'shop '», identifiers: {id: 1}}\n", defaults: "type: t"))
        let found = decode(profiles("  'jane ': {identifiers: {id: 1}}\n")).1
        #expect(found.map(\.code) == [.disguisedName])
        expect(in: profiles("  jane smith: {identifiers: {id: 1}}\n"))
    }

    @Test func `an invisible character gets a warning by itself`() {
        let found = expect(.disguisedName, in: profiles("  «ja\u{AD}ne»: {identifiers: {id: 1}}\n"))
        #expect(words(found).contains("U+00AD"))
    }

    @Test(arguments: [
        "\u{438}\u{432}\u{430}\u{43D}", "jane-\u{438}\u{432}\u{430}\u{43D}", "می\u{200C}خواهم", "👩\u{200D}🚀",
        "1\u{FE0F}\u{20E3}",
        "μm", "Zo\u{EB}", "東京-shop",
    ])
    func `words of any one language are fine`(name: String) {
        expect(in: profiles("  \(name): {identifiers: {id: 1}, attributes: {\(name): x}}\n"))
    }

    @Test func `a new name like one of the ledger gets a warning`() {
        func entry(_ address: String) -> LedgerEntry {
            LedgerEntry(
                address: Address(address)!, profileID: "1", userID: nil,
                lastApplied: ProfileValues(name: nil, identifiers: [], attributes: [:]), preventDestroy: false)
        }
        func found(_ profiles: String, _ ledger: String...) -> [String] {
            let desired = decode("version: 1\nprofiles:\n  \(profiles)\n").0
            return lookalikes(of: desired, in: ledger.map(entry)).map(\.message)
        }
        let jane = "j\u{430}ne: {source: s, type: t, identifiers: {id: 1}}"
        #expect(found(jane, "s/t/jane").count == 1)
        #expect(found(jane, "s/t/jane").first?.contains("U+0430") == true)
        #expect(found(jane, "s/t/jane", "s/t/j\u{430}ne").isEmpty)
        #expect(found(jane, "r/t/walter").isEmpty)
        #expect(found(jane).isEmpty)
        #expect(found("a: {source: S, type: t, identifiers: {id: 1}}", "s/t/b").count == 1)
        #expect(found("a: {source: s, type: \u{442}, identifiers: {id: 1}}", "s/T/b").count == 1)
        #expect(
            found(
                "a: {source: s, type: t, identifiers: {id: 1}}\nmoved: [{from: s/t/j\u{430}ne, to: s/t/a}]", "s/t/jane"
            )
            .count == 1)
        #expect(
            found(
                "a: {source: s, type: t, identifiers: {id: 1}}\nremoved: [{address: s/t/j\u{430}ne, destroy: false}]",
                "s/t/jane"
            ).count == 1)
    }
}

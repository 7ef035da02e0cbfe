import ProfileModel
import Testing

/// é as one scalar, and as e with an accent: alike to Swift and to the eye, not to the service.
private let composed = "Ren\u{E9}"
private let decomposed = "Rene\u{301}"

struct ExactTextTests {
    @Test func textsAreWhatIsSent() {
        #expect(composed == decomposed, "Swift's comparison is another one")
        #expect(!composed.isExactly(decomposed))
        #expect(composed.isExactly("Ren" + "\u{E9}"))
        #expect("".isExactly("") && !"".isExactly("a") && !"ab".isExactly("a"))
        let long = String(repeating: "x", count: 99)
        #expect((long + composed).isExactly(long + composed) && !(long + composed).isExactly(long + decomposed))
        #expect(String?.none.isExactly(nil) && !String?.none.isExactly("") && String?("a").isExactly("a"))
    }

    @Test func theirOrderTellsAllApart() {
        let short = ["", "a", "ab", "b", "Rene", decomposed, composed, "\u{212B}", "\u{C5}", "A\u{30A}", "\u{1F600}"]
        // Texts are compared by words of several bytes: a difference at each place of one.
        let long = (5..<25).map { String(repeating: "x", count: $0) }.flatMap { [$0 + "a", $0 + "\u{E9}x", $0 + "yb"] }
        let texts = short + long
        for a in texts {
            for b in texts {
                let scalars = a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
                #expect(a.precedes(b) == scalars, "\(a.unicodeScalars) \(b.unicodeScalars)")
            }
        }
    }

    /// In each text of each noun.
    @Test func nounsTellThemApart() {
        func all(_ text: String) -> [AnyHashable] {
            let identifier = Identifier(type: "t", value: text)
            let plain = Identifier(type: "t", value: "v")
            let attributes: [AttributeObject] = [["k": .string(text)], [text: "v"], ["k": .array([.string(text)])]]
            return [
                Address(source: text, type: "t", name: "n"), Address(source: "s", type: text, name: "n"),
                Address(source: "s", type: "t", name: text), identifier, Identifier(type: text, value: "v"),
                IdentifierQuery(source: text, type: "t", identifier: plain),
                IdentifierQuery(source: "s", type: text, identifier: plain),
                IdentifierQuery(source: "s", type: "t", identifier: identifier), ExactText(text),
                Lookup.query(IdentifierQuery(source: "s", type: "t", identifier: identifier)),
                ProfileValues(name: text), ProfileValues(identifiers: [identifier]), ProfilePatch(name: text),
                profile(name: text), profile(source: text), profile(type: text),
                DesiredProfile(
                    address: Address(source: "s", type: "t", name: "n"), name: text, identifiers: [plain],
                    origin: Origin(file: "f", line: 1, column: 1)),
            ] + attributes.map { AnyHashable($0) } + attributes.map { AnyHashable(ProfileValues(attributes: $0)) }
        }
        for (one, other) in zip(all(composed), all(decomposed)) {
            #expect(one != other)
            #expect(Set([one, other]).count == 2)
        }
        #expect(all(composed) == all(composed))
        #expect(all(composed).map(\.hashValue) == all(composed).map(\.hashValue))
    }

    /// Equality is written by hand there; whoever adds a member must think of it.
    @Test func noMemberIsForgotten() {
        #expect(Mirror(reflecting: profile()).children.count == 10)
        #expect(Mirror(reflecting: ProfileValues()).children.count == 4)
        #expect(Mirror(reflecting: ProfilePatch()).children.count == 4)
        let desired = DesiredProfile(
            address: Address(source: "s", type: "t", name: "n"), identifiers: [Identifier(type: "t", value: "v")],
            origin: Origin(file: "f", line: 1, column: 1))
        #expect(Mirror(reflecting: desired).children.count == 12)
    }

    @Test func anObjectKeepsBothKeysInOrder() {
        let object: AttributeObject = [composed: "one", decomposed: "two", "a": "three"]
        #expect(object.count == 3)
        #expect(object[composed] == "one" && object[decomposed] == "two")
        #expect(object.keys.map { Array($0.utf8) } == ["Rene\u{301}", "Ren\u{E9}", "a"].map { Array($0.utf8) })
    }

    private func profile(name: String = "n", source: String = "s", type: String = "t") -> Profile {
        Profile(id: "1", userID: "1", source: source, type: type, name: name, identifiers: [], attributes: [:])
    }
}

import Diagnostics
import Manifests
import Testing

@Suite struct DocumentRulesTests {
    static let profiles = "profiles: {a: {source: s, type: t, identifiers: {id: 1}}}"

    @Test func theVersionIsOne() {
        expect(.missingValue, in: "«profiles»: {a: {source: s, type: t, identifiers: {id: 1}}}")
        expect(.unsupportedVersion, in: "version: «2»\n\(Self.profiles)")
        expect(.wrongShape, in: "version: «\"1\"»\n\(Self.profiles)")
        expect(.wrongShape, in: "version: «[1]»\n\(Self.profiles)")
        expect(.wrongShape, in: "version: «${env:V}»\n\(Self.profiles)")
        expect(.missingValue, in: "version: 1\n\(Self.profiles)\n---\n«defaults»: {}\n")
        expect(in: "version: 1\n\(Self.profiles)")
    }

    @Test func `a merge conflict is one error`() {
        let sides = "  a: {}\n=======\n  b: {}\n>>>>>>> topic\n"
        let found = expect(.invalidYAML, in: "version: 1\n\(Self.profiles)\n«<<<<<<<» HEAD\n" + sides)
        #expect(found.first?.message == "the file has a merge conflict that is not resolved")
        let windows = "«<<<<<<<» HEAD\n" + sides.replacing("\n", with: "\r\n")
        expect(.invalidYAML, in: "version: 1\n\(Self.profiles)\n" + windows)
        // The same lines may stand in a text.
        let text = "|\n        <<<<<<< a\n        =======\n        >>>>>>> b\n"
        expect(
            in: "version: 1\nprofiles:\n  a:\n    source: s\n    type: t\n    identifiers: {id: 1}\n"
                + "    attributes:\n      x: \(text)")
    }

    @Test func unknownKeysAreRefusedAtAnyDepth() {
        let top = expect(.unknownKey, in: "version: 1\n«profile»: {}\n\(Self.profiles)")
        #expect(
            top.first?.help
                == "did you mean \"profiles\"? known keys: version, defaults, profiles, moved, removed, import")
        let defaults = expect(.unknownKey, in: "version: 1\ndefaults: {«Source»: a}\n\(Self.profiles)")
        #expect(defaults.first?.help?.hasPrefix("did you mean \"source\"?") == true)
        let far = expect(.unknownKey, in: manifest("identifiers: {id: 1}, «email»: a"))
        #expect(far.first?.help?.hasPrefix("known keys: ") == true)
    }

    @Test(arguments: ["name", "identifiers", "user_id"])
    func whatIsPersonalHasNoDefault(key: String) {
        let found = expect(.unknownKey, in: "version: 1\ndefaults: {«\(key)»: a}\n\(Self.profiles)")
        #expect(found.first?.help == "write it in each profile")
    }

    @Test(arguments: ["moved", "removed", "import"])
    func blocksAreListsAndMayBeEmpty(key: String) {
        expect(.wrongShape, in: "version: 1\n\(Self.profiles)\n\(key): «yes»")
        expect(.wrongShape, in: "version: 1\n\(Self.profiles)\n\(key): «{}»")
        expect(.wrongShape, in: "version: 1\n\(Self.profiles)\n\(key): [«yes»]")
        expect(in: "version: 1\n\(Self.profiles)\n\(key): []")
        expect(in: "version: 1\n\(Self.profiles)\n\(key):")
    }

    @Test func anEmptyFileIsRefused() {
        expect(.missingValue, in: "«»")
        expect(.missingValue, in: "«»# all gone\n---\n")
    }

    @Test func noProfileAtAllIsRefusedUnlessMeant() {
        expect(.emptyDesiredState, in: "«»version: 1\nprofiles: {}")
        expect(in: "version: 1\nprofiles: {}", settings: .init(allowEmpty: true))
    }
}

import Testing

@testable import Manifests

@Suite struct DidYouMeanTests {
    @Test(arguments: [
        ("soruce", "source"), ("Type", "type"), ("identifer", "identifiers"), ("userid", "user_id"), ("nam", "name"),
    ])
    func slipsAreUnderstood(written: String, meant: String) {
        #expect(nearest(to: written, among: ProfileKey.known.names) == meant)
    }

    @Test(arguments: ["email", "", "zzz", String(repeating: "a", count: 10_000)])
    func otherWordsAreNot(written: String) {
        #expect(nearest(to: written, among: ProfileKey.known.names) == nil)
    }

    @Test func distanceCountsSwapsAsOne() {
        func distance(_ a: String, _ b: String) -> Int {
            editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars))
        }
        #expect(distance("", "abc") == 3)
        #expect(distance("abc", "abc") == 0)
        #expect(distance("abc", "acb") == 1)
        #expect(distance("kitten", "sitting") == 3)
    }
}

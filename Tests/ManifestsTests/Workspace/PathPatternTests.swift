import Manifests
import Testing

@Suite struct PathPatternTests {
    @Test(arguments: [
        ("profiles", "profiles/a.yaml"), ("profiles", "profiles/a/b/c.yml"), ("profiles/", "profiles/a.yaml"),
        ("./profiles", "profiles/a.yaml"), ("profiles", "./profiles/a.yaml"), ("a.txt", "a.txt"), (".", "a/b.yaml"),
        ("profiles/*.yaml", "profiles/a.yaml"), ("profiles/*", "profiles/a.yaml"), ("profiles/*", "profiles/a/b.yaml"),
        ("**/*.yaml", "a.yaml"), ("**/*.yaml", "a/b/c.yaml"), ("a/**/z.yaml", "a/z.yaml"), ("a/**", "a/b/c.yml"),
        ("a/**/b/**/c.yaml", "a/x/b/b/y/c.yaml"), ("[ab]?.yaml", "ax.yaml"), ("[!ab].yaml", "c.yaml"),
        ("[a-c]*.y*ml", "bcd.yml"), ("[]].yaml", "].yaml"), (#"\*.yaml"#, "*.yaml"), ("../up", "../up/a.yaml"),
        ("/abs/*.yaml", "/abs/a.yaml"), (".hidden", ".hidden/a.yaml"), (".hidden/a.yaml", ".hidden/a.yaml"),
        ("é?.yaml", "éü.yaml"), ("a*b*c.yaml", "aXbYbc.yaml"),
    ])
    func matches(pattern: String, path: String) {
        #expect(PathPattern(pattern)?.matches(path) == true)
    }

    @Test(arguments: [
        ("profiles", "profile/a.yaml"), ("profiles", "profiles/a.txt"), ("profiles", "profiles/.a.yaml"),
        ("profiles", "profiles/.git/a.yaml"), ("profiles/*.yaml", "profiles/a/b.yaml"),
        ("profiles/*.yaml", "profiles/.a.yaml"), ("**/*.yaml", ".git/a.yaml"), ("profiles/*", "profiles/README.md"),
        ("a?c.yaml", "ac.yaml"), ("[!ab].yaml", "a.yaml"), ("*.yaml", "a/b.yaml"), ("abs/*.yaml", "/abs/a.yaml"),
        ("a.yaml", "b/a.yaml"), ("*", ".a.yaml"),
    ])
    func doesNotMatch(pattern: String, path: String) {
        #expect(PathPattern(pattern)?.matches(path) == false)
    }

    @Test(arguments: ["", "a[b", "a[", "a\\", "[c-a]"])
    func isNoPattern(text: String) {
        #expect(PathPattern(text) == nil)
    }

    @Test(arguments: [
        ("profiles/*.yaml", "profiles"), ("a/b", "a/b"), ("**/x", ""), ("/a/*", "/a"), ("/*", "/"), ("a/[b]/c", "a"),
        (#"a\*/b/*"#, "a*/b"),
    ])
    func theWalkBeginsAtTheLiteralPart(pattern: String, root: String) {
        #expect(PathPattern(pattern)?.root == root)
    }

    @Test func hostilePatternsTakeNoTime() {
        let stars = String(repeating: "*a", count: 200) + "b"
        #expect(PathPattern(stars)?.matches(String(repeating: "a", count: 5_000)) == false)
        let deep = String(repeating: "**/a/", count: 200) + "b"
        #expect(PathPattern(deep)?.matches(String(repeating: "a/", count: 1_000) + "c.yaml") == false)
    }
}

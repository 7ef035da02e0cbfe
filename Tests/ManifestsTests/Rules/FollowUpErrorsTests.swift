import Diagnostics
import Manifests
import Testing

/// What is missing only because it could not be read has its error already, and gets no other.
@Suite struct FollowUpErrorsTests {
    private static let head = "version: 1\ndefaults: {source: s, type: t}\n"

    @Test(arguments: [
        "{phone: \"1\", email: \"«${env:MAIL}»\"}",
        "[{type: phone, value: \"1\"}, {type: email, value: \"«${env:MAIL}»\"}]",
        "[{type: phone, value: \"1\"}, {type: \"«${env:MAIL}»\", value: a@b.example}]",
        "{phone: \"1\", email: [\"«${env:MAIL}»\"]}",
    ])
    func `the key may name an identifier that has no value yet`(identifiers: String) {
        expect(.missingVariable, in: manifest("key: email, identifiers: \(identifiers)"))
    }

    @Test func `the key may name an identifier of a wrong shape`() {
        expect(.wrongShape, in: manifest("key: email, identifiers: {phone: \"1\", email: «{a: b}»}"))
        expect(.missingValue, in: manifest("key: email, identifiers: [{type: phone, value: \"1\"}, «{type: email}»]"))
    }

    @Test func `a key that no identifier has is still an error`() {
        expect(
            .unknownKeyIdentifier, .missingVariable,
            in: """
                version: 1
                defaults: {source: s, type: t}
                profiles:
                  a: {key: «email», identifiers: {phone: "1"}}
                  b: {key: email, identifiers: {phone: "2", email: "«${var:mail}»"}}

                """)
    }

    @Test(arguments: [
        "b: {identifiers: {phone: \"2\", email: \"«${env:MAIL}»\"}}", "b: {identifiers: {email: \"«${env:MAIL}»\"}}",
        "b: {source: \"«${env:S}»\", identifiers: {email: x@y.example}}",
    ])
    func `the default key may be that of an unread profile`(profile: String) {
        expect(
            .missingVariable,
            in: """
                version: 1
                defaults: {source: s, type: t, key: email}
                profiles:
                  a: {identifiers: {phone: "1"}}
                  \(profile)

                """)
    }

    @Test func `a key that has no value yet is no wish for the default`() {
        expect(
            .missingVariable,
            in: """
                version: 1
                defaults: {source: s, type: t, key: email}
                profiles:
                  a: {key: "«${env:KEY}»", identifiers: {phone: "1"}}

                """)
    }

    @Test func `a profile with an error is described all the same`() {
        expect(
            .missingVariable,
            in: Self.head + """
                profiles:
                  a: {identifiers: {email: "«${env:MAIL}»"}}
                moved: [{from: s/t/old, to: s/t/a}]
                import: [{to: s/t/a, id: 01BX5ZZKBKACTAV9WEVGEMMVRY}]

                """)
        expect(
            .notDescribed, .missingVariable,
            in: Self.head + """
                import: [{to: «s/t/b», id: 01BX5ZZKBKACTAV9WEVGEMMVRY}]
                profiles:
                  a: {identifiers: {email: "«${env:MAIL}»"}}

                """)
    }

    @Test func `a block with an error may explain a move`() {
        expect(
            .missingVariable,
            in: Self.head + """
                profiles: {z: {identifiers: {email: z@z.example}}}
                moved: [{from: s/t/a, to: s/t/b}]
                removed: [{address: "«${env:GONE}»", destroy: false}]

                """)
        expect(
            .wrongShape,
            in: Self.head + """
                profiles: {z: {identifiers: {email: z@z.example}}}
                moved: [{from: s/t/a, to: s/t/b}]
                removed: [{address: s/t/b, destroy: «often»}]

                """)
    }

    @Test func `an unreadable document may describe anything`() {
        let good = decodeManifest(
            SourceText(
                name: "a.yaml",
                text: "version: 1\nprofiles: {}\nimport: [{to: s/t/b, id: 01BX5ZZKBKACTAV9WEVGEMMVRY}]\n"),
            variables: Variables(), settings: ManifestSettings())
        let bad = decodeManifest(
            SourceText(name: "b.yaml", text: "version: 2\nprofiles: {b: {}}\n"), variables: Variables(),
            settings: ManifestSettings())
        #expect(combine([good, bad], settings: ManifestSettings()).1.map(\.code) == [.unsupportedVersion])
        #expect(combine([good], settings: ManifestSettings(), isComplete: false).1 == [])
        #expect(combine([good], settings: ManifestSettings()).1.map(\.code) == [.emptyDesiredState, .notDescribed])
    }

    @Test func `a default environment with an error exists`() {
        let text = """
            version: 1
            default_environment: staging
            environments:
              local: {sandbox: {}}
              staging: {url: "https://acme.zendesk.com"}

            """
        let (_, diagnostics) = readWorkspace(SourceText(name: "profilectl.yaml", text: text))
        #expect(diagnostics.map(\.code) == [.badAuthentication])
    }

    @Test(arguments: [
        "{«identifers»: {email: a@b.example}}", "{«sorce»: x, identifiers: {email: a@b.example}}",
        "{source: s, «typ»: x, identifiers: {email: a@b.example}}",
    ])
    func `what a misspelt key of a profile says is not missing`(profile: String) {
        let defaults =
            profile.contains("identifers") ? "{source: s, type: t}" : profile.contains("typ") ? "{}" : "{type: t}"
        expect(.unknownKey, in: "version: 1\ndefaults: \(defaults)\nprofiles: {p: \(profile)}\n")
    }

    @Test func `what defaults say with an error is not missing`() {
        let profiles = "profiles: {p: {identifiers: {email: a@b.example}}}\n"
        expect(.unknownKey, in: "version: 1\ndefaults: {«sorce»: s, type: t}\n\(profiles)")
        expect(.wrongShape, in: "version: 1\ndefaults: «[s, t]»\n\(profiles)")
        expect(.unknownKey, in: "«verson»: 1\ndefaults: {source: s, type: t}\n\(profiles)")
    }

    @Test(arguments: [
        "moved: [{«form»: s/t/a, to: s/t/p}]", "removed: [{«adress»: s/t/a, destroy: false}]",
        "removed: [{address: s/t/a, «destory»: false}]", "import: [{to: s/t/p, «idd»: 01BX5ZZKBKACTAV9WEVGEMMVRY}]",
    ])
    func `what a misspelt key of a block says is not missing`(block: String) {
        expect(.unknownKey, in: Self.head + "profiles: {p: {identifiers: {email: a@b.example}}}\n\(block)\n")
    }

    @Test func `what a misspelt key of an identifier says is not missing`() {
        expect(.unknownKey, in: manifest("identifiers: [{«typ»: email, value: a@b.example}]"))
    }

    @Test(arguments: [
        "{«ulr»: \"https://acme.zendesk.com\", auth: {bearer: \"${env:T}\"}}", "{«sanbox»: {}}",
        "{url: \"https://acme.zendesk.com\", «auht»: {bearer: \"${env:T}\"}}",
        "{url: \"https://acme.zendesk.com\", auth: {«baerer»: \"${env:T}\"}}",
        "{url: \"https://acme.zendesk.com\", auth: {oauth_client: {id: a, «secrt»: \"${env:T}\"}}}",
    ])
    func `what a misspelt key of an environment says is not missing`(environment: String) {
        let marked = Marked("version: 1\ndefault_environment: a\nenvironments: {a: \(environment)}\n")
        let (_, diagnostics) = readWorkspace(SourceText(name: "profilectl.yaml", text: marked.text))
        #expect(diagnostics.map(\.code) == [.unknownKey], "\(diagnostics)")
        #expect(diagnostics.compactMap(\.location?.range) == marked.ranges)
    }
}

import Diagnostics
import Manifests
import ProfileModel
import Testing

@Suite struct LifecycleRulesTests {
    private static let jane = "version: 1\nprofiles: {jane: {source: s, type: t, identifiers: {id: 1}}}\n"

    private func expectIn(
        _ blocks: String, _ codes: DiagnosticCode..., location: Testing.SourceLocation = #_sourceLocation
    ) {
        let marked = Marked(Self.jane + blocks)
        let (_, diagnostics) = decode(marked.text)
        let ordered = diagnostics.sorted { ($0.location?.range.start)! < ($1.location?.range.start)! }
        #expect(ordered.map(\.code) == codes, "\(ordered)", sourceLocation: location)
        #expect(ordered.compactMap(\.location?.range) == marked.ranges, "\(ordered)", sourceLocation: location)
    }

    @Test func theThreeBlocksAreRead() {
        let (state, diagnostics) = decode(
            Self.jane + """
                moved: [{from: s/t/old, to: s/t/jane}]
                removed: [{address: s/t/gone, destroy: false}, {address: s/t/lost, destroy: true}]
                import: [{to: s/t/jane, identifier: "s:t:url:http://a:1"}]
                """)
        #expect(diagnostics == [])
        #expect(
            state.moves.map { "\($0.from) \($0.to) \($0.origin.line):\($0.origin.column)" } == ["s/t/old s/t/jane 3:16"]
        )
        #expect(state.removals.map(\.destroys) == [false, true])
        let url = Identifier(type: "url", value: "http://a:1")
        #expect(state.imports.map(\.selector) == [.query(IdentifierQuery(source: "s", type: "t", identifier: url))])
    }

    @Test func valuesAreTextsWithVariables() {
        let (state, diagnostics) = decode(
            Self.jane + "import: [{to: \"s/t/${var:who}\", user_id: 0123}]", Variables(values: ["who": "jane"]))
        #expect(diagnostics == [])
        #expect(state.imports.map(\.selector) == [.user("0123")])
    }

    @Test(arguments: ["jane", "s/t", "s/t/", "/t/jane", "s/t/jane/x", "s//jane"])
    func anAddressHasThreeParts(address: String) {
        expectIn("removed: [{address: «\(address)», destroy: false}]", .badAddress)
    }

    @Test func aMoveLeadsToAnotherNameOfTheSameType() {
        expectIn("moved: [{from: s/t/a, to: «s/t/a»}]", .badMove)
        expectIn("moved: [{from: s/u/a, to: «s/t/jane»}]", .badMove)
        expectIn("moved: [{from: r/t/a, to: «s/t/jane»}]", .badMove)
    }

    @Test func movesMayFollowOneAnotherButNotInARing() {
        expectIn("moved: [{from: s/t/a, to: s/t/b}, {from: s/t/b, to: s/t/jane}]")
        expectIn("moved: [{from: s/t/b, to: s/t/jane}, {from: s/t/a, to: s/t/b}]")
        expectIn("moved: [{from: «s/t/a», to: s/t/b}, {from: s/t/b, to: s/t/c}, {from: s/t/c, to: s/t/a}]", .badMove)
        expectIn(
            "moved: [{from: s/t/z, to: s/t/a}, {from: «s/t/a», to: s/t/b}, {from: s/t/b, to: «s/t/a»}]", .badMove,
            .ambiguousMove)
    }

    @Test func anAddressIsLeftAndReachedOnce() {
        expectIn("moved: [{from: s/t/a, to: s/t/jane}, {from: s/t/b, to: «s/t/jane»}]", .ambiguousMove)
        expectIn("moved: [{from: s/t/a, to: s/t/jane}, {from: «s/t/a», to: s/t/jane}]", .ambiguousMove)
    }

    @Test func whatIsGivenUpIsNotDescribed() {
        expectIn("removed: [{address: «s/t/jane», destroy: true}]", .stillDescribed)
        expectIn("moved: [{from: «s/t/jane», to: «s/t/b»}]", .stillDescribed, .notDescribed)
    }

    @Test func whatArrivesIsDescribed() {
        expectIn("moved: [{from: s/t/a, to: «s/t/b»}]", .notDescribed)
        expectIn("import: [{to: «s/t/jnae», id: x}]", .notDescribed)
    }

    @Test func aRemovalSaysOnceWhatBecomesOfTheProfile() {
        expectIn("removed: [«{address: s/t/a}»]", .missingValue)
        expectIn("removed: [{address: s/t/a, destroy: «\"no\"»}]", .wrongShape)
        expectIn("removed: [{address: s/t/a, destroy: no}]".replacing("no", with: "false"))
        expectIn(
            "removed: [{address: s/t/a, destroy: false}, {address: «s/t/a», destroy: false}]", .contradictoryRemoval)
        expectIn(
            "moved: [{from: s/t/a, to: s/t/jane}]\nremoved: [{address: «s/t/a», destroy: false}]", .contradictoryRemoval
        )
        expectIn(
            "moved: [{from: s/t/a, to: s/t/b}]\nremoved: [{address: «s/t/b», destroy: false}]", .contradictoryRemoval)
    }

    @Test func anImportMeansOneProfileInOneWay() {
        expectIn("import: [«{to: s/t/jane}»]", .badImport)
        expectIn("import: [«{to: s/t/jane, id: a, user_id: 1}»]", .badImport)
        expectIn("import: [{to: s/t/jane, user_id: «me»}]", .badUserID)
        expectIn("import: [{to: s/t/jane, identifier: «s:t:email»}]", .badImport)
        expectIn("import: [{to: s/t/jane, identifier: «s:u:email:a»}]", .badImport)
        expectIn("import: [{to: s/t/jane, id: a}, {to: «s/t/jane», id: b}]", .importedTwice)
    }

    @Test func aProfileIsImportedOnceInWhateverNotation() {
        let two =
            "version: 1\ndefaults: {source: s, type: t}\nprofiles: {a: {identifiers: {id: 1}}, b: {identifiers: {id: 2}}}\n"
        for (first, second) in [
            ("id: x", "id: «x»"), ("user_id: 1", "user_id: «1»"),
            ("identifier: \"s:t:email:A@x\"", "identifier: «s:t:google:a@X»"),
        ] {
            expect(.importedTwice, in: two + "import: [{to: s/t/a, \(first)}, {to: s/t/b, \(second)}]")
        }
    }

    @Test func unknownKeysHaveASuggestion() {
        expectIn("moved: [{«form»: s/t/a, to: s/t/jane}]", .unknownKey)
        expectIn("removed: [{address: s/t/a, destroy: false, «destory»: true}]", .unknownKey)
        expectIn("import: [{to: s/t/jane, id: a, «user»: 1}]", .unknownKey)
    }

    @Test func blocksOfSeveralFilesAreTakenTogether() {
        let files = [
            Self.jane, "version: 1\nmoved: [{from: s/t/a, to: s/t/jane}]",
            "version: 1\nmoved: [{from: s/t/b, to: s/t/jane}]",
        ]
        .enumerated().map { index, text in
            decodeManifest(
                SourceText(name: "\(index).yaml", text: text), variables: Variables(), settings: ManifestSettings())
        }
        let (state, diagnostics) = combine(files, settings: ManifestSettings())
        #expect(diagnostics.map(\.code) == [.ambiguousMove])
        #expect(diagnostics.first?.location?.file == "2.yaml")
        #expect(diagnostics.first?.notes.first?.location?.file == "1.yaml")
        #expect(state.moves.count == 2)
    }

    @Test func removalsAloneAreNoDesiredState() {
        expect(.emptyDesiredState, in: "«»version: 1\nremoved: [{address: s/t/a, destroy: false}]")
    }
}

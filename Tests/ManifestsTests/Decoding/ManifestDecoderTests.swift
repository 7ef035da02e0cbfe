import Diagnostics
import Manifests
import ProfileModel
import Testing

@Suite struct ManifestDecoderTests {
    @Test func everyPartOfAProfileIsRead() throws {
        let all = profiles(
            """
            version: 1
            defaults:
              source: coolbikes
              type: rider
              key: external_id
            profiles:
              jane-smith:
                name: Jane Smith
                identifiers:
                  email: jane@example.com
                  external_id: 0987654321
                  coolbike_id: ["0987654321", "77"]
                attributes: {favorite_color: red, height: 103cm}
              walter:
                identifiers:
                  - {type: phone_number, value: "+61 2 3456 78"}
                user_id: "123456"
                attributes_mode: exclusive
                identifiers_mode: exclusive
                lifecycle: {prevent_destroy: true, ignore_changes: [attributes.last_seen, name]}
            """)
        let jane = try #require(all.first)
        #expect(jane.address == Address(source: "coolbikes", type: "rider", name: "jane-smith"))
        #expect(jane.name == "Jane Smith")
        #expect(
            jane.identifiers == [
                Identifier(type: "email", value: "jane@example.com"),
                Identifier(type: "external_id", value: "0987654321"),
                Identifier(type: "coolbike_id", value: "0987654321"),
                Identifier(type: "coolbike_id", value: "77"),
            ])
        #expect(jane.key == Identifier(type: "external_id", value: "0987654321"))
        #expect(jane.attributes == ["favorite_color": "red", "height": "103cm"])
        #expect(jane.userID == nil)
        #expect(jane.attributesMode == .declared && jane.identifiersMode == .declared)
        #expect(jane.lifecycle == DesiredProfile.Lifecycle())
        #expect(jane.origin == Origin(file: "a.yaml", line: 7, column: 3))
        #expect(
            jane.identifierOrigins.map { [$0.line, $0.column] } == [[10, 14], [11, 20], [12, 21], [12, 35]])

        let walter = try #require(all.last)
        #expect(walter.name == nil)
        #expect(walter.key == Identifier(type: "phone_number", value: "+61 2 3456 78"))
        #expect(walter.userID == "123456")
        #expect(walter.attributesMode == .exclusive && walter.identifiersMode == .exclusive)
        #expect(walter.lifecycle.preventDestroy)
        #expect(walter.lifecycle.ignoreChanges == [["attributes", "last_seen"], ["name"]])
    }

    @Test func profilesComeInAddressOrder() {
        let all = profiles(
            """
            version: 1
            profiles:
              b: {source: shop, type: buyer, identifiers: {id: 1}}
              a: {source: shop, type: buyer, identifiers: {id: 2}}
              c: {source: app, type: buyer, identifiers: {id: 1}}
            """)
        #expect(all.map(\.address.description) == ["app/buyer/c", "shop/buyer/a", "shop/buyer/b"])
    }

    @Test func defaultsFillInAndAProfilesOwnValueWins() throws {
        let all = profiles(
            """
            version: 1
            defaults:
              source: shop
              type: buyer
              attributes: {tier: silver, plan: basic, zone: "1"}
              attributes_mode: exclusive
              identifiers_mode: exclusive
              lifecycle: {prevent_destroy: true, ignore_changes: [name]}
            profiles:
              a: {identifiers: {id: 1}}
              b:
                source: app
                type: user
                identifiers: {id: 1}
                attributes: {plan: gold, age: "7"}
                attributes_mode: declared
                identifiers_mode: declared
                lifecycle: {ignore_changes: [identifiers]}
            """)
        let (b, a) = try (#require(all.first), #require(all.last))
        #expect(a.address.description == "shop/buyer/a")
        #expect(a.attributes == ["plan": "basic", "tier": "silver", "zone": "1"])
        #expect(a.attributesMode == .exclusive && a.identifiersMode == .exclusive)
        #expect(a.lifecycle == .init(preventDestroy: true, ignoreChanges: [["name"]]))
        #expect(b.address.description == "app/user/b")
        #expect(b.attributes == ["age": "7", "plan": "gold", "tier": "silver", "zone": "1"])
        #expect(b.attributesMode == .declared && b.identifiersMode == .declared)
        #expect(b.lifecycle == .init(preventDestroy: true, ignoreChanges: [["identifiers"]]))
    }

    @Test func eachDocumentHasItsOwnDefaults() {
        let all = profiles(
            """
            version: 1
            defaults: {source: shop, type: buyer}
            profiles: {a: {identifiers: {id: 1}}}
            ---
            version: 1
            defaults: {source: app, type: user}
            profiles: {a: {identifiers: {id: 1}}}
            ---
            """)
        #expect(all.map(\.address.description) == ["app/user/a", "shop/buyer/a"])
    }

    @Test func anchorsMergeKeysAndExtensionKeysWork() {
        let all = profiles(
            """
            version: 1
            x-gold: &gold {tier: gold, plan: plus}
            x-base: &base {source: shop, type: buyer, attributes: *gold}
            profiles:
              a: {<<: *base, identifiers: {id: &one 1}}
              b: {<<: *base, identifiers: {other_id: *one}, attributes: {<<: *gold, plan: basic}}
            """)
        #expect(all.map(\.attributes) == [["plan": "plus", "tier": "gold"], ["plan": "basic", "tier": "gold"]])
        #expect(all.map(\.identifiers[0].value) == ["1", "1"])
    }

    @Test func everyProblemIsFoundInOneRun() {
        expect(
            .missingValue, .unknownKey, .reservedSource, .missingSourceOrType, .noIdentifier, .unknownKey, .wrongShape,
            .emptyValue, .missingVariable, .nonStringAttribute, .badUserID, .badAddress, .unsupportedVersion,
            in: """
                «defaults»: {«sauce»: shop}
                profiles:
                  a: {source: «Zendesk», type: t, identifiers: {id: 1}}
                  «b»: {source: shop, identifiers: {id: 1}}
                  c: {source: shop, type: t, identifiers: «{}», «colour»: red, attributes: «[red]»}
                  d: {source: shop, type: t, identifiers: {id: «~», key: "x-«${env:NO}»"}, attributes: {n: «1»}}
                  e: {source: shop, type: t, identifiers: {e: 1}, user_id: «no»}
                moved: [{from: «a», to: s/t/b}]
                ---
                version: «2»
                profiles: 17
                """)
    }

    @Test func aRootThatIsNoMappingIsRefused() {
        expect(.wrongShape, in: "«[version, 1]»")
        expect(.wrongShape, in: "«hello»")
        expect(.wrongShape, in: "version: 1\nprofiles: «[a]»")
        expect(.emptyValue, in: "version: 1\nprofiles: {«a»: }")
        expect(.wrongShape, in: "version: 1\nprofiles: {a: «b»}")
        expect(.wrongShape, in: "version: 1\ndefaults: «1»\nprofiles: {a: {source: s, type: t, identifiers: {a: 1}}}")
    }

    @Test func brokenYAMLKeepsTheDocumentsBeforeIt() {
        let (state, diagnostics) = decode(
            "version: 1\nprofiles: {a: {source: s, type: t, identifiers: {a: 1}}}\n---\nversion: [\n")
        #expect(diagnostics.map(\.code) == [.invalidYAML])
        #expect(state.profiles.count == 1)
    }

    @Test func manyDocumentsAreReadInOneGo() {
        let documents = (0..<3_000).map {
            "version: 1\nprofiles: {p\($0): {source: s, type: t, identifiers: {i: \($0)}}}\n"
        }
        #expect(profiles(documents.joined(separator: "---\n")).count == 3_000)
    }

    /// Where it ends is not counted for each of them.
    @Test func aLongTextThatManyShareIsReportedInNoTime() {
        let text = String(repeating: "y", count: 1_000_000)
        let profiles = (0..<2_000).map { "  p\($0): {<<: *a, source: s, type: t, identifiers: {i: \($0)}}\n" }
        expect(
            .wrongShape, in: "version: 1\nx-a: &a {attributes: «\(text)»}\nprofiles:\n" + profiles.joined())
    }

    @Test func longKeysAreCutInMessages() {
        let key = String(repeating: "k", count: 500)
        let found = expect(.unknownKey, in: manifest("identifiers: {id: 1}, «\(key)»: 1"))
        #expect((found.first?.message.count ?? 0) < 130)
    }

    @Test func modesAreWords() {
        let found = expect(
            .wrongShape, .wrongShape,
            in: manifest("identifiers: {a: 1}, attributes_mode: «exclusiv», identifiers_mode: «true»"))
        #expect(found.first?.help?.contains("did you mean \"exclusive\"?") == true)
    }

    @Test func lifecycleIsTrueOrFalseAndFields() {
        expect(
            .wrongShape, in: manifest("identifiers: {a: 1}, lifecycle: {prevent_destroy: «\"yes\"»}"))
        expect(.wrongShape, in: manifest("identifiers: {a: 1}, lifecycle: {ignore_changes: «name»}"))
        expect(.unknownKey, in: manifest("identifiers: {a: 1}, lifecycle: {«prevent_delete»: true}"))
        expect(
            .wrongShape, in: manifest("identifiers: {a: 1}, lifecycle: {prevent_destroy: «\"${env:A}\"»}"),
            Variables(environment: ["A": "true"]))
    }
}

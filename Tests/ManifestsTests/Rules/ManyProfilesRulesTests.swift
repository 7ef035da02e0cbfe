import Diagnostics
import Manifests
import ProfileModel
import Testing

/// Rules about several profiles, whatever files they stand in.
@Suite struct ManyProfilesRulesTests {
    private func file(_ name: String, _ profiles: String) -> ManifestFile {
        decodeManifest(
            SourceText(name: name, text: "version: 1\ndefaults: {source: s, type: t}\nprofiles:\n\(profiles)"),
            variables: Variables(), settings: ManifestSettings())
    }

    private func problems(_ files: String...) -> [Diagnostic] {
        let files = files.enumerated().map { file("\($0).yaml", $1) }
        return combine(files, settings: ManifestSettings()).1
    }

    @Test func anAddressIsDescribedOnceAcrossFiles() throws {
        let found = problems("  z: {identifiers: {id: 9}}\n  a: {identifiers: {id: 1}}", "  a: {identifiers: {id: 2}}")
        let clash = try #require(found.first)
        #expect(found.map(\.code) == [.addressClash])
        #expect(clash.location?.file == "1.yaml")
        #expect(clash.notes.first?.location?.file == "0.yaml")
        #expect(clash.notes.first?.location?.range.start == SourcePosition(line: 5, column: 3))
        #expect(problems("  a: {identifiers: {id: 1}}", "  a: {type: u, identifiers: {id: 2}}").isEmpty)
    }

    @Test func theFirstOfAnAddressIsKept() {
        let files = [file("0", "  a: {identifiers: {id: 1}}"), file("1", "  a: {identifiers: {id: 2}}")]
        let (state, _) = combine(files, settings: ManifestSettings())
        #expect(state.profiles.map(\.key.value) == ["1"])
    }

    @Test(arguments: [
        ("email: A@b.c", "email: a@B.c"), ("email: a@b.c", "google: A@b.c"), ("twitter: Jane", "twitter: jANE"),
        ("external_id: É1", "external_id: é1"), ("id: a", "id: a"), ("a: 1, b: 2", "c: 3, b: 2"),
    ])
    func anIdentifierSelectsOneProfile(first: String, second: String) throws {
        let found = problems("  a: {identifiers: {\(first)}}", "  b: {identifiers: {\(second)}}")
        #expect(found.map(\.code) == [.identifierClaimedTwice])
        #expect(found.first?.location?.file == "1.yaml")
        #expect(found.first?.notes.first?.location?.file == "0.yaml")
    }

    @Test(arguments: [
        ("id: a", "id: A"), ("phone_number: 1", "id: 1"), ("facebook: A", "facebook: a"), ("a: 1", "b: 1"),
    ])
    func otherIdentifiersDiffer(first: String, second: String) {
        #expect(problems("  a: {identifiers: {\(first)}}", "  b: {identifiers: {\(second)}}").isEmpty)
    }

    @Test func profilesOfOtherSourcesAndTypesMayShareAnIdentifier() {
        #expect(
            problems(
                "  a: {identifiers: {email: a}}\n  b: {type: u, identifiers: {email: a}}",
                "  c: {source: r, identifiers: {email: a}}"
            ).isEmpty)
    }

    @Test func aStandardIdentifierBelongsToOneUser() {
        #expect(
            problems(
                "  a: {user_id: 1, identifiers: {email: a}}", "  b: {type: u, user_id: 2, identifiers: {google: A}}"
            ).map(\.code) == [.identifierClaimedTwice])
        #expect(
            problems(
                "  a: {user_id: 1, identifiers: {email: a}}", "  b: {type: u, user_id: 1, identifiers: {email: a}}",
                "  c: {user_id: 2, identifiers: {id: a}}", "  d: {type: u, user_id: 1, identifiers: {id: a}}"
            ).isEmpty)
    }

    @Test func usersAreToldApartThroughProfilesBetweenThem() {
        let found = problems(
            "  a: {user_id: 1, identifiers: {email: a}}",
            "  b: {type: u, identifiers: {email: a, phone_number: 7}}",
            "  c: {type: v, user_id: 2, identifiers: {phone_number: 7}}")
        #expect(found.map(\.code) == [.identifierClaimedTwice])
        #expect(found.first?.location?.file == "2.yaml")
    }

    @Test func sourcesAndTypesHaveLimits() {
        func profiles(_ count: Int, _ part: String) -> String {
            (1...count).map { "  p\($0): {\(part): x\($0), identifiers: {id: \($0)}}" }.joined(separator: "\n")
        }
        #expect(problems(profiles(50, "source")).isEmpty)
        #expect(problems(profiles(51, "source")).map(\.code) == [.tooManySources])
        #expect(problems(profiles(2_500, "type")).isEmpty)
        #expect(problems(profiles(2_501, "type")).map(\.code) == [.tooManyTypes])
    }

    @Test func aUserHasAtMostTwentyProfiles() {
        func profiles(_ count: Int) -> String {
            (1...count).map { "  p\($0): {user_id: 7, identifiers: {id: \($0)}}" }.joined(separator: "\n")
        }
        #expect(problems(profiles(20)).isEmpty)
        let found = problems(profiles(21))
        #expect(found.map(\.code) == [.tooManyProfilesForUser])
        #expect(found.first?.location?.range.start.line == 24)
    }

    @Test func noManifestIsAnError() {
        #expect(combine([], settings: ManifestSettings()).1.map(\.code) == [.noManifestMatched])
    }
}

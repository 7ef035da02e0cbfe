import Foundation
import Testing

@testable import Manifests

/// Editors complete by the schemas what the decoders accept, and nothing else.
@Suite struct SchemasTests {
    /// The members of the object that a path of keys leads to.
    private func keys(_ schema: String, _ path: String...) throws -> Set<String> {
        let file = ExamplesTests.root.appending(path: "schemas/\(schema).schema.json")
        var object = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        for key in path { object = try #require(object[key] as? [String: Any], "no \(key)") }
        #expect(object["additionalProperties"] as? Bool == false)
        return Set(try #require(object["properties"] as? [String: Any]).keys)
    }

    @Test func manifestKeysAreThoseOfTheDecoder() throws {
        #expect(try keys("manifest") == Set(DocumentKey.known.names))
        #expect(try keys("manifest", "$defs", "defaults") == Set(DefaultsKey.known.names))
        #expect(try keys("manifest", "$defs", "profile") == Set(ProfileKey.known.names))
        #expect(try keys("manifest", "$defs", "identifier") == Set(IdentifierKey.known.names))
        #expect(try keys("manifest", "$defs", "lifecycle") == Set(LifecycleKey.known.names))
        #expect(try keys("manifest", "$defs", "moved") == Set(MovedKey.known.names))
        #expect(try keys("manifest", "$defs", "removed") == Set(RemovedKey.known.names))
        #expect(try keys("manifest", "$defs", "import") == Set(ImportKey.known.names))
    }

    @Test func workspaceKeysAreThoseOfTheDecoder() throws {
        #expect(try keys("workspace") == Set(WorkspaceKey.known.names))
        #expect(try keys("workspace", "properties", "sensitive") == Set(SensitiveKey.known.names))
        #expect(try keys("workspace", "$defs", "environment") == Set(EnvironmentKey.known.names))
        func part(_ name: String) throws -> Set<String> {
            try keys("workspace", "$defs", "environment", "properties", name)
        }
        #expect(try part("sandbox") == Set(SandboxKey.known.names))
        #expect(try part("rate_limit") == Set(RateLimitKey.known.names))
        #expect(try part("ledger") == Set(LedgerKey.known.names))
        #expect(try part("policy") == Set(PolicyKey.known.names))
        #expect(try keys("workspace", "$defs", "source_policy") == Set(SourcePolicyKey.known.names))
        #expect(try keys("workspace", "$defs", "auth") == Set(AuthenticationKey.known.names))
        #expect(try keys("workspace", "$defs", "auth", "properties", "oauth_client") == Set(OAuthClientKey.known.names))
        #expect(try keys("workspace", "$defs", "auth", "properties", "api_token") == Set(APITokenKey.known.names))
    }

    @Test func baselineKeysAreThoseOfTheDecoder() throws {
        #expect(try keys("drift-baseline") == Set(BaselineKey.known.names))
        #expect(try keys("drift-baseline", "$defs", "accepted") == Set(AcceptedKey.known.names))
    }

    @Test(arguments: ["manifest", "workspace", "drift-baseline"])
    func everyReferenceLeadsSomewhere(schema: String) throws {
        let file = ExamplesTests.root.appending(path: "schemas/\(schema).schema.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let definitions = try #require(object["$defs"] as? [String: Any])
        let references = text.matches(of: /"\$ref": "#\/\$defs\/([a-z_]+)"/).map { String($0.1) }
        #expect(!references.isEmpty)
        #expect(Set(references) == Set(definitions.keys))
    }
}

import Diagnostics
import Manifests
import ProfileModel
import Testing

private func read(_ text: String) -> (Workspace?, [Diagnostic]) {
    readWorkspace(SourceText(name: "profilectl.yaml", text: text))
}

/// Expects exactly these diagnostics, each at its mark.
@discardableResult
private func expectProblems(
    _ codes: DiagnosticCode..., in marked: String, _ location: Testing.SourceLocation = #_sourceLocation
) -> [Diagnostic] {
    let marked = Marked(marked)
    let ordered = read(marked.text).1.sorted { ($0.location?.range.start)! < ($1.location?.range.start)! }
    #expect(ordered.map(\.code) == codes, "\(ordered)", sourceLocation: location)
    #expect(ordered.compactMap(\.location?.range) == marked.ranges, "\(ordered)", sourceLocation: location)
    return ordered
}

/// A workspace with one environment `e` whose members are given in flow form.
private func environment(_ members: String) -> String {
    "version: 1\nenvironments:\n  e: {\(members)}\n"
}

private let token = #"auth: {bearer: "${env:TOKEN}"}"#

@Suite struct ReadWorkspaceTests {
    @Test func everyKeyIsRead() throws {
        let (read, diagnostics) = read(
            """
            version: 1
            manifests: [profiles, "more/**/*.yaml"]
            default_environment: local
            environments:
              local:
                sandbox: {data: .profilectl/local-sandbox.sqlite}
              staging:
                url: https://acme-staging.zendesk.com
                auth: {oauth_client: {id: ci, secret: "${env:ZENDESK_CLIENT_SECRET}"}}
                rate_limit: {per_minute: 250, share: 0.6}
                manifests: [profiles/common, profiles/staging]
                vars: {mail_domain: qa.acme.example, run: "${env:RUN:-local}", port: 0815}
                ledger: {file: state/staging.sqlite}
                policy: {allow_delete: true, max_update: 30%, max_delete: 12, max_delete_floor: 10}
              bare: {url: "http://127.0.0.1:8787", auth: {api_token: {email: a@b.c, token: "${env:T}"}}}
            sensitive: {public_attributes: [tier, plan]}
            attributes: strict_strings
            """)
        #expect(diagnostics == [])
        let workspace = try #require(read)
        #expect(workspace.isWritten && workspace.strictStrings && workspace.manifestSettings.strictStrings)
        #expect(workspace.manifests.map(\.text) == ["profiles", "more/**/*.yaml"])
        #expect(workspace.defaultEnvironment == "local")
        #expect(workspace.publicAttributes == ["tier", "plan"])
        #expect(workspace.environments.map(\.name) == ["local", "staging", "bare"])

        let local = workspace.environments[0]
        #expect(local.sandboxFile?.text == ".profilectl/local-sandbox.sqlite")
        #expect(local.ledgerFile.text == ".profilectl/local.sqlite")
        #expect(local.rateLimit == .init(perMinute: 500, share: 1))
        #expect(local.policy == .init() && !local.policy.allowDelete && local.policy.maxDelete == nil)

        let staging = workspace.environments[1]
        #expect(staging.sandboxFile == nil)
        #expect(staging.ledgerFile.text == "state/staging.sqlite")
        #expect(staging.rateLimit == .init(perMinute: 250, share: 0.6))
        #expect(staging.manifests?.map(\.text) == ["profiles/common", "profiles/staging"])
        #expect(staging.vars.mapValues(\.text)["port"] == "0815")
        #expect(
            staging.policy
                == .init(allowDelete: true, maxUpdate: .percent(30), maxDelete: .count(12), maxDeleteFloor: 10))
        guard case .account(let url, .oauthClient(let id, let secret)) = staging.service else {
            Issue.record("not an account with an OAuth client")
            return
        }
        #expect(url.text == "https://acme-staging.zendesk.com" && id.text == "ci")
        #expect(secret.text == "${env:ZENDESK_CLIENT_SECRET}" && secret.location?.range.start.line == 9)
    }

    @Test func aShortFileHasDefaults() {
        let (workspace, diagnostics) = read("version: 1\nenvironments: {local: {sandbox: {}}}\n")
        #expect(diagnostics == [])
        #expect(workspace?.manifests.map(\.text) == ["profiles"])
        #expect(workspace?.strictStrings == false)
        #expect(workspace?.environments.first?.sandboxFile?.text == ".profilectl/local-sandbox.sqlite")
    }

    @Test func withoutAFileThereIsALocalSandbox() throws {
        let local = try Workspace.implicit.environment(named: nil, fromVariable: nil).get()
        #expect(!Workspace.implicit.isWritten)
        #expect(local.name == "local")
        #expect(local.sandboxFile?.text == ".profilectl/local-sandbox.sqlite")
        #expect(local.ledgerFile.text == ".profilectl/local.sqlite")
    }

    @Test(arguments: [
        "version: 1\n«manifest»: [a]", "version: 1\nsensitive: {«public»: [a]}",
        "version: 1\nenvironments: {e: {sandbox: {}, «ledgers»: {}}}",
        "version: 1\nenvironments: {e: {sandbox: {«file»: a}}}",
        "version: 1\nenvironments: {e: {sandbox: {}, rate_limit: {«per_min»: 1}}}",
        "version: 1\nenvironments: {e: {sandbox: {}, ledger: {«data»: a}}}",
        "version: 1\nenvironments: {e: {sandbox: {}, policy: {«max_deletes»: 1}}}",
        "version: 1\nenvironments: {e: {sandbox: {}, policy: {sources: {crm: {«deletes»: never}}}}}",
        "version: 1\n«x-anchors»: {}",
    ])
    func unknownKeysAreRefusedAtAnyDepth(text: String) {
        let found = expectProblems(.unknownKey, in: text)
        #expect(found.first?.help?.contains("known keys: ") == true)
    }

    @Test func allProblemsAreFoundInOneRun() {
        expectProblems(
            .missingValue, .unknownEnvironment, .badNumber, .wrongShape, .missingValue, .badNumber, .badURL,
            .badAuthentication, .emptyValue,
            in: """
                «manifests»: [a]
                default_environment: «lokal»
                environments:
                  local: {sandbox: {}, rate_limit: {per_minute: «0»}, policy: {allow_delete: «yes»}}
                  «two»: {policy: {max_delete: «10 %»}}
                  three: {url: «acme.zendesk.com», auth: «{}»}
                sensitive: {public_attributes: [«~»]}
                """)
    }

    @Test func theFormOfTheFileIsChecked() {
        expectProblems(.missingValue, in: "«»# nothing yet\n")
        expectProblems(.wrongShape, in: "«[a]»")
        expectProblems(.unsupportedVersion, in: "version: «2»\nother: 1")
        expectProblems(.wrongShape, in: "version: 1\n---\n«version: 1»\n")
        expectProblems(.wrongShape, in: "version: 1\nenvironments: «[a]»")
        expectProblems(.emptyValue, in: "version: 1\nenvironments: {«e»: }")
        expectProblems(.wrongShape, in: "version: 1\nattributes: «strict_string»")
        expectProblems(.wrongShape, in: "version: 1\nmanifests: «profiles»")
        expectProblems(.emptyValue, in: "version: 1\nmanifests: «[]»")
        expectProblems(.badPattern, in: "version: 1\nmanifests: [a, «'b[c'»]")
        expectProblems(.badSubstitution, in: "version: 1\ndefault_environment: «${env:E}»")
    }

    @Test(arguments: ["a b", "a/b", "é", "\"\"", "a.b"])
    func namesOfEnvironmentsFitFileNames(name: String) {
        expectProblems(.badEnvironmentName, in: "version: 1\nenvironments: {«\(name)»: {sandbox: {}}}")
    }

    @Test func anEnvironmentIsAnAccountOrASandbox() {
        expectProblems(.missingValue, in: "version: 1\nenvironments: {«e»: {vars: {}}}")
        expectProblems(.wrongShape, in: environment("sandbox: «{}», url: \"https://a.b\", \(token)"))
        expectProblems(.badAuthentication, in: environment("sandbox: {}, auth: «{bearer: \"${env:T}\"}»"))
        expectProblems(.badAuthentication, in: "version: 1\nenvironments: {«e»: {url: \"https://a.b\"}}")
        expectProblems(.emptyValue, in: environment("sandbox: «~»"))
        expectProblems(in: environment("url: \"https://a.b\", \(token)"))
    }

    @Test(arguments: [
        #"auth: «{}»"#, #"auth: «{bearer: "${env:T}", api_token: {email: a, token: "${env:T}"}}»"#,
        #"auth: {bearer: «abc»}"#, #"auth: {oauth_client: {id: a, secret: «abc»}}"#,
        #"auth: {api_token: {email: a, token: «"$${env:T}"»}}"#,
    ])
    func authenticationIsOneWayWithoutLiteralSecrets(auth: String) {
        expectProblems(.badAuthentication, in: environment("url: \"https://a.b\", \(auth)"))
    }

    @Test func aLiteralSecretIsAWarning() {
        let found = expectProblems(.badAuthentication, in: environment("url: \"https://a.b\", auth: {bearer: «abc»}"))
        #expect(found.map(\.severity) == [.warning])
    }

    @Test func partsOfCredentialsAreNeeded() {
        expectProblems(.missingValue, in: environment("url: \"https://a.b\", auth: {oauth_client: «{id: a}»}"))
        expectProblems(
            .missingValue, in: environment("url: \"https://a.b\", auth: {api_token: «{token: \"${env:T}\"}»}"))
        expectProblems(
            .unknownKey, in: environment("url: \"https://a.b\", auth: {bearer: \"${env:T}\", «password»: a}"))
        expectProblems(
            .badAuthentication, .unknownKey,
            in: environment("url: \"https://a.b\", auth: ««{password»: a}»").replacing(
                "««{password»", with: "«{«password»"))
    }

    @Test(arguments: [
        "https://acme.zendesk.com", "https://acme.zendesk.com/", "HTTPS://ACME.zendesk.com:8443",
        "http://localhost:8787",
        "http://127.0.0.1:1", "http://127.8.9.10", "http://[::1]:80", "https://[2001:db8::1]",
    ])
    func goodURLs(url: String) {
        expectProblems(in: environment("url: \"\(url)\", \(token)"))
    }

    @Test(arguments: [
        "acme.zendesk.com", "ftp://acme.zendesk.com", "https://", "https://user@acme.zendesk.com",
        "https://u:p@acme.zendesk.com", "https://acme.zendesk.com/api", "https://acme.zendesk.com?a=b",
        "https://acme.zendesk.com#a", "https://acme.zendesk.com:", "https://acme.zendesk.com:0",
        "https://acme.zendesk.com:99999", "https://ac me.com", "https://[::1", "https://acme.zendesk.com\\\\@evil.com",
        "https://évil.com", "https://[::1]x", "https:///acme",
    ])
    func badURLs(url: String) {
        expectProblems(.badURL, in: environment("url: «\"\(url)\"», \(token)"))
    }

    @Test(arguments: [
        "http://acme.zendesk.com", "http://127.0.0.1.evil.com", "http://localhost.evil.com", "http://128.0.0.1",
        "http://127.0.0.999", "http://[::2]",
    ])
    func plainHTTPIsForThisMachine(url: String) {
        expectProblems(.insecureURL, in: environment("url: «\"\(url)\"», \(token)"))
    }

    @Test(arguments: ["0", "-1", "1.5", "\"500\"", "many", "[1]", "1e3"])
    func callsAMinuteAreAWholeNumber(written: String) {
        expectProblems(.badNumber, in: environment("sandbox: {}, rate_limit: {per_minute: «\(written)»}"))
    }

    @Test(arguments: ["0", "1.1", "-0.5", "60%", ".nan", "\"0.5\"", ".inf"])
    func theShareIsAPart(written: String) {
        expectProblems(.badNumber, in: environment("sandbox: {}, rate_limit: {share: «\(written)»}"))
        #expect(read(environment("sandbox: {}, rate_limit: {share: 1}")).1.isEmpty)
    }

    @Test(arguments: ["-1", "101%", "10 %", "\"%\"", "1.5", "nan%", "-5%", "a"])
    func thresholdsAreAPercentageOrACount(written: String) {
        expectProblems(.badNumber, in: environment("sandbox: {}, policy: {max_update: «\(written)»}"))
    }

    @Test func goodThresholds() throws {
        func threshold(_ written: String) -> ChangeThreshold? {
            read(environment("sandbox: {}, policy: {max_delete: \(written)}")).0?.environments.first?.policy.maxDelete
        }
        #expect(threshold("0") == .count(0))
        #expect(threshold("0%") == .percent(0))
        #expect(threshold("\"12.5%\"") == .percent(12.5))
        #expect(threshold("100%") == .percent(100))
    }

    @Test func aSourceHasAPolicyOfItsOwn() {
        let policy = read(
            environment(
                "sandbox: {}, policy: {sources: {crm: {delete: never, max_update: 50, max_delete: 10%, "
                    + "max_delete_floor: 5}, shop: {delete: allowed}, app: {}}}")
        ).0?.environments.first?.policy
        let unplaced = policy?.sources.mapValues { source in
            var source = source
            source.location = nil
            return source
        }
        #expect(
            unplaced == [
                ExactText("crm"): .init(
                    deletes: .never, maxUpdate: .count(50), maxDelete: .percent(10), maxDeleteFloor: 5),
                ExactText("shop"): .init(deletes: .allowed), ExactText("app"): .init(),
            ])
        func sources(_ written: String) -> String { environment("sandbox: {}, policy: {sources: \(written)}") }
        expectProblems(.wrongShape, in: sources("«[crm]»"))
        expectProblems(.wrongShape, in: sources("{crm: «never»}"))
        expectProblems(.wrongShape, in: sources("{crm: {delete: «nver»}}"))
        expectProblems(.wrongShape, in: sources("{crm: {delete: «true»}}"))
        expectProblems(.badNumber, in: sources("{crm: {max_delete: «10 %»}}"))
        expectProblems(.colonInName, in: sources("{«a/b»: {delete: never}}"))
        expectProblems(.reservedSource, in: sources("{«Zendesk»: {delete: never}}"))
    }

    @Test func varsAreTexts() {
        expectProblems(.wrongShape, in: environment("sandbox: {}, vars: {a: «[b]»}"))
        expectProblems(.emptyValue, in: environment("sandbox: {}, vars: {a: «~»}"))
        expectProblems(.wrongShape, in: environment("sandbox: {}, vars: {«1a»: b}"))
        expectProblems(.badSubstitution, in: environment("sandbox: {}, vars: {a: «\"${var:b}\"», b: \"\"}"))
        expectProblems(.badSubstitution, in: environment("sandbox: {}, vars: {a: 'x«${oops}»'}"))
    }
}

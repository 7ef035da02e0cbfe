import Diagnostics
import Planning
import ProfileModel
import Testing
import Views

@Suite struct PlanTextTests {
    @Test func `a plan says what differs, by which call, why, and what to mind`() {
        #expect(
            PlanText.render(Fixtures.sample, style: .plain) == """
                profilectl plan · environment staging (acme-staging) · 41 profiles, 38 unchanged

                  1  ~ coolbikes/rider/jane-smith  PATCH user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV  profiles/riders.yaml:12
                       ~ attributes.tier     "silver" → "gold"         you changed it
                  2  ~ coolbikes/rider/walter      PUT user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY    profiles/riders.yaml:21
                       - identifiers         email walter@old.example  you changed it
                       + identifiers         email walter@new.example  you changed it
                       ! PUT, because PATCH would add the new email and keep the old one
                       ! user 123456 keeps identity email walter@old.example (not reversible here)
                  ✗  - coolbikes/rider/old         blocked: deletes are off (--allow-delete); would destroy its events too

                2 to update, 0 to create, 0 to delete, 1 blocked. 41 reads made; apply takes 2 reads + 2 writes, about 1 s at 60 % of 500/min.

                """)
    }

    @Test func `the summary has one line for each step`() {
        #expect(
            PlanText.render(Fixtures.sample, style: .plain, detail: .summary) == """
                profilectl plan · environment staging (acme-staging) · 41 profiles, 38 unchanged

                  1  ~ coolbikes/rider/jane-smith  PATCH user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV  profiles/riders.yaml:12
                  2  ~ coolbikes/rider/walter      PUT user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY    profiles/riders.yaml:21
                  ✗  - coolbikes/rider/old         blocked: deletes are off (--allow-delete); would destroy its events too

                2 to update, 0 to create, 0 to delete, 1 blocked. 41 reads made; apply takes 2 reads + 2 writes, about 1 s at 60 % of 500/min.

                """)
    }

    @Test func `full detail has the request, both sides, the order and what stays`() {
        var plan = Fixtures.sample
        plan.steps.removeFirst()
        plan.blocked = []
        plan.unchanged = [Fixtures.jane]
        #expect(
            PlanText.render(plan, style: .plain, detail: .full) == """
                profilectl plan · environment staging (acme-staging) · 2 profiles, 1 unchanged

                  2  ~ coolbikes/rider/walter  PUT user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY  profiles/riders.yaml:21
                       - identifiers         email walter@old.example  you changed it
                       + identifiers         email walter@new.example  you changed it
                       ! PUT, because PATCH would add the new email and keep the old one
                       ! user 123456 keeps identity email walter@old.example (not reversible here)
                       ! runs after step 1
                       request body
                         {
                           "profile": {
                             "attributes": {},
                             "identifiers": [
                               {
                                 "type": "email",
                                 "value": "walter@new.example"
                               }
                             ]
                           }
                         }
                       before
                         {
                           "attributes": {},
                           "created_at": "2026-11-23T12:00:00Z",
                           "id": "01BX5ZZKBKACTAV9WEVGEMMVRY",
                           "identifiers": [
                             {
                               "type": "email",
                               "value": "walter@old.example"
                             }
                           ],
                           "name": "Walter",
                           "source": "coolbikes",
                           "type": "rider",
                           "updated_at": "2026-11-23T12:00:00Z",
                           "user_id": "123456"
                         }
                       after
                         {
                           "attributes": {},
                           "identifiers": [
                             {
                               "type": "email",
                               "value": "walter@new.example"
                             }
                           ],
                           "name": "walter@new.example"
                         }
                       the same with curl
                         curl -X PUT 'https://acme-staging.zendesk.com/api/v2/user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY' -H "Authorization: Bearer $ZENDESK_OAUTH_TOKEN" -H 'Content-Type: application/json' -d '{"profile":{"attributes":{},"identifiers":[{"type":"email","value":"walter@new.example"}]}}'

                Unchanged:
                  coolbikes/rider/jane-smith

                1 to update, 0 to create, 0 to delete. 41 reads made; apply takes 2 reads + 2 writes, about 1 s at 60 % of 500/min.
                  1 × PATCH user_profiles/{profile_id}
                  1 × PUT user_profiles/{profile_id}
                To run a call by hand: the curl lines take the access token from the variable ZENDESK_OAUTH_TOKEN.

                """)
    }

    @Test func `values of strangers are shown escaped wherever they stand`() {
        let identifier = Identifier(type: "e\u{202E}mail", value: Fixtures.hostile)
        let query = IdentifierQuery(source: "cool", type: "rider", identifier: identifier)
        let step = Step(
            number: 1, address: Address(source: "cool", type: "rider", name: "\u{1B}[2J"), action: .create,
            reason: .absent, request: .putByQuery(query, ProfileValues(identifiers: [identifier])),
            fields: [
                FieldChange(.nameChanged(from: nil, to: "Jane\nPlan: nothing to do"), .neverApplied),
                FieldChange(.identifierAdded(identifier), .neverApplied),
                FieldChange(
                    .attributeAdded(
                        path: ["a.b", "\u{9B}1m"],
                        .object(["k\"": .array([.null, .bool(true), .number(JSONNumber(text: "1.50")), "\u{200B}"])])),
                    .neverApplied),
            ],
            sideEffects: [
                .anonymousUserCreated(name: "\u{7}\u{2028}", .certain), .externalIDSet(.unknown, "a  b", .possible),
                .identityAdded(.known("\u{1B}c"), identifier, .possible),
            ],
            precondition: .absent(query), origin: Origin(file: "pro\u{202E}files\r.yaml", line: 3, column: 1))
        let plan = Plan(
            environment: EnvironmentStamp(name: "st\nage", service: "https://a/\u{1B}.zendesk.com"),
            createdAt: Fixtures.noon, scope: PlanScope(paths: ["a\tb.yaml", "c.yaml"]), steps: [step],
            cost: Fixtures.cost(reads: 1, checks: 1, writes: [.init(endpoint: "PUT user_profiles", count: 1)]))
        #expect(
            PlanText.render(plan, style: .plain) == #"""
                profilectl plan · environment "st\nage" ("https://a/\e.zendesk.com") · 1 profile, 0 unchanged · only "a\tb.yaml" and c.yaml, nothing else is touched

                  1  + "cool/rider/\e[2J"  PUT user_profiles?identifier="cool:rider:e\u{202E}mail:\e[31m\u{202E}gp\"j\\.\n\u{200B}\u{9B}2J"  "pro\u{202E}files\r.yaml":3
                       + name                         "Jane\nPlan: nothing to do"
                       + identifiers                  "e\u{202E}mail" "\e[31m\u{202E}gp\"j\\.\n\u{200B}\u{9B}2J"
                       + attributes."a.b"."\u{9B}1m"  {"k\"": [null, true, 1.50, "\u{200B}"]}
                       ! no profile answers to "cool:rider:e\u{202E}mail:\e[31m\u{202E}gp\"j\\.\n\u{200B}\u{9B}2J"
                       ! an anonymous user "\u{7}\u{2028}" is created (not reversible here)
                       ! the profile's user may get external id "a  b" (not reversible here)
                       ! user "\ec" may get identity "e\u{202E}mail" "\e[31m\u{202E}gp\"j\\.\n\u{200B}\u{9B}2J" (not reversible here)

                0 to update, 1 to create, 0 to delete. 1 read made; apply takes 1 read + 1 write, about 1 s at 60 % of 500/min.
                On users, not reversible here: 1 anonymous user created, 1 identity added, 1 external id set, 2 of these not for sure.

                """#)
    }

    @Test func `a narrow terminal breaks between columns first and cuts nothing`() {
        #expect(
            PlanText.render(Fixtures.sample, style: TextStyle(color: false, width: 60)) == """
                profilectl plan · environment staging (acme-staging) · 41
                  profiles, 38 unchanged

                  1  ~ coolbikes/rider/jane-smith
                       PATCH user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV
                       profiles/riders.yaml:12
                       ~ attributes.tier     "silver" → "gold"
                           you changed it
                  2  ~ coolbikes/rider/walter
                       PUT user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY
                       profiles/riders.yaml:21
                       - identifiers         email walter@old.example
                           you changed it
                       + identifiers         email walter@new.example
                           you changed it
                       ! PUT, because PATCH would add the new email and keep
                         the old one
                       ! user 123456 keeps identity email walter@old.example
                         (not reversible here)
                  ✗  - coolbikes/rider/old         blocked: deletes are off
                       (--allow-delete); would destroy its events too

                2 to update, 0 to create, 0 to delete, 1 blocked. 41 reads
                made; apply takes 2 reads + 2 writes, about 1 s at 60 % of
                500/min.

                """)
    }

    @Test func `nothing to do is said in one sentence`() {
        var plan = Fixtures.sample
        plan.steps = []
        plan.blocked = []
        plan.cost = Fixtures.cost(checks: 0)
        #expect(
            PlanText.render(plan, style: .plain) == """
                profilectl plan · environment staging (acme-staging) · 38 profiles, 38 unchanged

                Nothing to do: 38 profiles are as the manifests say.
                41 reads made.

                """)
    }

    @Test func `a delete says that events go too, adopted and forgotten profiles are counted`() {
        func step(_ number: Int, _ action: Step.Action, _ reason: StepReason, _ request: ProfileWrite? = nil) -> Step {
            Step(
                number: number, address: Address(source: "s", type: "t", name: "p\(number)"), action: action,
                reason: reason, request: request, precondition: .none)
        }
        let plan = Plan(
            environment: EnvironmentStamp(name: "local", service: "sandbox:.profilectl/local.sqlite"),
            createdAt: Fixtures.noon,
            steps: [
                step(1, .delete, .removedFromManifests, .delete(id: "01OLD")), step(2, .adopt, .existsUnmanaged),
                step(3, .adopt, .alreadyLive), step(4, .forget, .goneEverywhere),
            ],
            cost: Cost(
                readsMade: 4, checkReads: 5000, writes: [.init(endpoint: "DELETE …", count: 1)], perMinute: 300,
                share: 1.0 / 3))
        #expect(
            PlanText.render(plan, style: .plain) == """
                profilectl plan · environment local (sandbox:.profilectl/local.sqlite) · 4 profiles, 0 unchanged

                  1  - s/t/p1  DELETE user_profiles/01OLD
                       ! in the ledger, but no longer in the manifests
                       ! deleting a profile destroys its events too (not reversible)
                  2  > s/t/p2  no call
                       ! exists already and nothing differs: it enters the ledger
                  3  > s/t/p3  no call
                       ! is live already as the manifest says: the ledger catches up
                  4  x s/t/p4  no call
                       ! neither in the manifests nor live: the ledger lets go of it

                0 to update, 0 to create, 1 to delete, 2 to adopt, 1 to forget. 4 reads made; apply takes 5000 reads + 1 write, about 51 min at 33.3 % of 300/min.

                """)
    }

    @Test func `what others changed is listed where no step touches it`() {
        var plan = Fixtures.sample
        plan.drift = [
            Drift(
                address: Fixtures.jane, profileID: "01ARZ",
                fields: [
                    FieldChange(.attributeChanged(path: ["tier"], from: "gold", to: "silver"), .changedOutside),
                    FieldChange(.attributeAdded(path: ["note"], "vip"), .changedOutside),
                ]),
            Drift(
                address: Fixtures.walter, profileID: "01BX5",
                fields: [FieldChange(.identifierAdded(Fixtures.email("walter@old.example")), .changedOutside)]),
            Drift(address: Address(source: "s", type: "t", name: "gone"), profileID: "01GONE", fields: nil),
        ]
        let text = PlanText.render(plan, style: .plain)
        #expect(
            text.contains(
                """

                Changed outside, and not touched by this plan:
                     coolbikes/rider/jane-smith  user_profiles/01ARZ
                       + attributes.note     "vip"
                     s/t/gone  user_profiles/01GONE
                       - the profile is gone

                2 to update
                """))
    }

    @Test func `diagnostics of the plan come first, and errors say that nothing can be applied`() {
        var plan = Fixtures.sample
        plan.diagnostics = [Diagnostic(.identifierRing, "a ring of 2 profiles")]
        let text = PlanText.render(plan, style: .plain)
        #expect(text.contains("38 unchanged\n\nerror[PM305]: a ring of 2 profiles\n\n1 error\n"))
        #expect(text.contains("\n\nNothing can be applied: 1 error above.\n2 to update"))
    }

    @Test func `a profile that takes two steps says so`() {
        var plan = Fixtures.sample
        plan.steps[1].address = Fixtures.jane
        #expect(
            PlanText.render(plan, style: .plain).contains(
                "! step 2 does the rest\n"))
    }

    @Test(arguments: [
        (BlockedStep.Reason.deletesAreOff, "deletes are off (--allow-delete)"),
        (
            .preventDestroy,
            "prevent_destroy protects it (set lifecycle.prevent_destroy to false and apply that first)"
        ),
        (.deletesEverything(count: 1), "this would delete the only managed profile (--allow-delete-all)"),
        (.deletesEverything(count: 4), "this would delete all 4 managed profiles (--allow-delete-all)"),
        (
            .tooManyDeletes(count: 12, limit: 10, of: 100),
            "12 deletes of 100 profiles, the policy allows 10 (policy.max_delete)"
        ),
        (
            .tooManyUpdates(count: 31, limit: 30, of: 100),
            "31 updates of 100 profiles, the policy allows 30 (policy.max_update)"
        ),
        (
            .userDiffers(live: "1", desired: "2\n"),
            "belongs to user 1, the manifest says \"2\\n\", and a profile cannot change its user"
        ),
        (
            .notCheckedOut(file: "profiles/us/a.yaml"),
            "profiles/us/a.yaml still describes it; git tracks this manifest, but it is not checked out "
                + "(`git sparse-checkout add profiles/us`)"
        ),
        (
            .unknownWithoutLedger(
                IdentifierQuery(source: "crm", type: "a", identifier: Identifier(type: "email", value: "o'h@x"))),
            "its manifest was removed; which live profile it was cannot be told without the ledger "
                + #"(`profilectl get 'crm:a:email:o'\''h@x'` looks for it)"#
        ),
        (
            .sourceKeepsAll(source: "crm"), "profiles of source crm are never deleted (policy.sources.crm.delete)"
        ),
        (
            .tooManyDeletesOfSource(source: "crm", count: 2, limit: 1, of: 4),
            "2 deletes of 4 profiles of source crm, its policy allows 1 (policy.sources.crm.max_delete)"
        ),
        (
            .tooManyUpdatesOfSource(source: "crm", count: 2, limit: 1, of: 4),
            "2 updates of 4 profiles of source crm, its policy allows 1 (policy.sources.crm.max_update)"
        ),
        (.dependsOn(Fixtures.walter), "waits for coolbikes/rider/walter, which is blocked"),
        (.conflict, "an error above concerns this profile"),
    ])
    func `a blocked step says why, and what would let it`(reason: BlockedStep.Reason, words: String) {
        var plan = Fixtures.sample
        var step = Fixtures.update
        step.number = 0
        plan.blocked = [BlockedStep(step: step, reason: reason)]
        #expect(PlanText.render(plan, style: .plain).contains("  ✗  ~ coolbikes/rider/jane-smith  blocked: \(words)  "))
    }

    @Test(arguments: [
        (
            StepReason.removesIdentifiers([Fixtures.email("a@x"), Fixtures.email("b@x")]),
            "PUT, because PATCH cannot remove email a@x and email b@x"
        ),
        (
            .removesAttributes([["a"], ["b", "c.d"]]),
            "PUT, because a PATCH is not documented to remove attributes.a and attributes.b.\"c.d\""
        ),
        (.setsAttributesToNull([["a"]]), "PUT, because a PATCH might remove attributes.a instead of setting null"),
        (.resetsName, "PUT without a name, because a PATCH cannot leave the name to the service again"),
        (.renamed, "only the ledger changes: the profile stays as it is"),
        (.importedAsIs, "import: nothing differs, and the profile enters the ledger"),
        (.letGo, "removed, destroy: false: the ledger lets go of it, and the live profile stays as it is"),
        (.absentForUser(userID: "77"), "user 77 has no such profile, and the manifest names this user"),
    ])
    func `the verb has its reason`(reason: StepReason, words: String) {
        var plan = Fixtures.sample
        plan.steps[0].reason = reason
        #expect(PlanText.render(plan, style: .plain).contains("\n       ! \(words)\n"))
    }

    @Test func `a step says that its profile had another address, or was not managed`() {
        var plan = Fixtures.sample
        plan.steps[0].arrival = .moved(from: Fixtures.walter)
        #expect(PlanText.render(plan, style: .plain).contains("\n       ! moved: was coolbikes/rider/walter\n"))
        plan.steps[0].arrival = .imported
        #expect(
            PlanText.render(plan, style: .plain).contains(
                "\n       ! import: takes the profile over; it was not managed before\n"))
    }

    @Test func `colours are marked around symbols, addresses and asides`() {
        var plan = Fixtures.sample
        plan.steps.removeLast()
        plan.blocked = []
        let text = PlanText.render(plan, style: TextStyle(color: true, width: nil))
        #expect(
            text.contains(
                "  1  \u{1B}[33m~ \u{1B}[0m\u{1B}[1mcoolbikes/rider/jane-smith  \u{1B}[0mPATCH user_profiles/"))
    }
}

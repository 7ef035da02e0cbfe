import Diagnostics
import Planning
import ProfileModel
import ProfilesAPI
import Sandbox
import Testing
import Views

/// Whatever the service makes of odd values, an apply leads to an empty plan and no drift; and a change from one odd
/// value to another is one that can be seen.
struct OddValuesLaw {
    private static let switches: [[String]] = [
        [], ["put_null=drops"], ["patch_null=stores"], ["patch_null=ignores", "put_null=drops"],
        ["attribute_numbers=doubles"], ["attribute_numbers=strings"], ["empty_texts=drops"], ["text_form=nfc"],
        ["text_form=nfd"], ["outer_space=trimmed"], ["lower_case=ascii"],
        ["lower_case=ascii", "email_query=exact", "query_identifier=added"],
        ["lower_case=simple", "email_query=exact", "query_identifier=required"], ["lower_case=simple"],
        ["lower_case=final_sigma"], ["lower_case=turkish"],
        [
            "put_null=drops", "attribute_numbers=doubles", "empty_texts=drops", "text_form=nfc", "outer_space=trimmed",
            "lower_case=simple", "patch_nested=replaces",
        ],
        [
            "attribute_numbers=strings", "text_form=nfd", "outer_space=trimmed", "lower_case=final_sigma",
            "email_query=exact", "query_identifier=required", "patch_null=stores",
        ],
    ]

    @Test(arguments: switches)
    func `an apply settles all odd values`(switches: [String]) async throws {
        let stage = try stage(switches)
        for shift in 0..<OddValues.attributes.count {
            let desired = OddValues.desired(shift)
            let plan = try await stage.plan(desired)
            #expect(!plan.steps.isEmpty && plan.diagnostics.isEmpty)
            expectVisible(plan)
            try await settle(stage, plan, desired, "shift \(shift)")
        }
    }

    /// The run is killed after the service took its call and before the ledger learned of it.
    @Test(arguments: switches)
    func `a crash before the answer changes nothing of that`(switches: [String]) async throws {
        let stage = try stage(switches)
        for shift in 0..<OddValues.attributes.count where shift % 4 == 0 {
            let desired = OddValues.desired(shift)
            for step in try await stage.plan(desired).steps { try await stage.perform(step) }
            let plan = try await stage.plan(desired)
            #expect(plan.diagnostics.isEmpty)
            expectVisible(plan)
            try await settle(stage, plan, desired, "shift \(shift)")
        }
    }

    /// The connection is lost after the service took the call, and a look shows what became of it.
    @Test(arguments: switches)
    func `a lost answer is recognised in any form`(switches: [String]) async throws {
        let stage = try stage(switches, faults: ["cut-after,method=PUT,rate=0.5", "cut-after,method=PATCH,rate=0.5"])
        for shift in 0..<OddValues.attributes.count where shift % 4 == 1 {
            let desired = OddValues.desired(shift)
            try await settle(stage, try await stage.plan(desired), desired, "shift \(shift)")
        }
    }

    /// The rollback of a run leads to what was before, in the forms of the service, and to the manifests of then.
    @Test(arguments: switches)
    func `a rollback settles odd values too`(switches: [String]) async throws {
        let stage = try stage(switches)
        for shift in 0..<OddValues.attributes.count where shift % 6 == 0 {
            let (before, after) = (OddValues.desired(shift, keyed: false), OddValues.desired(shift + 1, keyed: false))
            _ = try await stage.apply(try await stage.plan(before))
            let world = stage.sandbox.world()
            _ = try await stage.apply(try await stage.plan(after))
            let back = try await stage.rollback()
            #expect(back.diagnostics.isEmpty, "shift \(shift): \(back.diagnostics.map(\.message))")
            try await settle(stage, back, before, "shift \(shift)")
            for (old, new) in zip(world.profiles, stage.sandbox.world().profiles) {
                #expect(Set(old.identifiers) == Set(new.identifiers) && plain(old.attributes) == plain(new.attributes))
            }
        }
    }

    /// Then an answer shows nothing, and the second round tells: what is back in another form is kept so.
    @Test(arguments: [["text_form=nfc"], ["text_form=nfd"], ["outer_space=trimmed"], ["attribute_numbers=strings"]])
    func `answers that hide the form cost one round more`(switches: [String]) async throws {
        let stage = try stage(switches + ["write_answer=sent"])
        for shift in 0..<OddValues.attributes.count where shift % 4 == 2 {
            let desired = OddValues.desired(shift)
            _ = try await stage.apply(try await stage.plan(desired))
            try await settle(stage, try await stage.plan(desired), desired, "shift \(shift)")
        }
    }

    /// An empty text in a PATCH is passed over: the service keeps what was there, and says so.
    @Test func `a value that is not taken is told and not sent again`() async throws {
        let stage = try stage(["empty_texts=ignores"])
        func desired(_ text: String) -> DesiredState {
            DesiredState(profiles: [
                DesiredProfile(
                    address: Address(source: "s", type: "t", name: "p"),
                    identifiers: [Identifier(type: "badge", value: "1")], attributes: ["a": .string(text)],
                    origin: Origin(file: "law.yaml", line: 1, column: 1))
            ])
        }
        _ = try await stage.apply(try await stage.plan(desired("x")))
        _ = try await stage.apply(try await stage.plan(desired("")))
        for _ in 0..<2 {
            let plan = try await stage.plan(desired(""))
            #expect(plan.steps.isEmpty && plan.diagnostics.map(\.code) == [.keptOtherwise] && !plan.errored)
        }
        let drift = try await stage.drift()
        #expect(drift.profiles.isEmpty && drift.diagnostics.map(\.code) == [.keptOtherwise])
        // What the manifest says anew is sent.
        #expect(try await stage.plan(desired("y")).steps.count == 1)
    }

    /// Somebody puts another value back after each apply.
    @Test func `a fight over a field is told`() async throws {
        let stage = try stage([])
        let profile = DesiredProfile(
            address: Address(source: "s", type: "t", name: "p"),
            identifiers: [Identifier(type: "badge", value: "1")], attributes: ["tier": "gold"],
            origin: Origin(file: "law.yaml", line: 1, column: 1))
        let desired = DesiredState(profiles: [profile])
        _ = try await stage.apply(try await stage.plan(desired))
        var told: [Int] = []
        for _ in 0..<3 {
            try await stage.make(
                OutsideCall(
                    line:
                        #"PATCH /api/v2/user_profiles?identifier=s:t:badge:1 {"profile":{"attributes":{"tier":"tin"}}}"#
                ))
            let plan = try await stage.plan(desired)
            #expect(plan.steps.count == 1 && !plan.errored)
            told.append(plan.diagnostics.count { $0.code == .differsAgain })
            _ = try await stage.apply(plan)
        }
        #expect(told == [0, 1, 1])
        #expect(try await stage.plan(desired).diagnostics.isEmpty)
    }

    private func stage(_ switches: [String], faults: [String] = []) throws -> Stage {
        var configuration = SandboxConfiguration(switches: try SandboxSwitches(switches))
        configuration.faults = try faults.map { (rule) throws(SandboxFailure) in try SandboxFault(rule: rule) }
        return try Stage(SandboxWorld(), [], configuration, limiter: .unlimited())
    }

    private func settle(_ stage: Stage, _ plan: Plan, _ desired: DesiredState, _ when: String) async throws {
        let report = try await stage.apply(plan)
        for line in report.lines where !line.isDone { Issue.record("\(when): \(line.step.address) \(line.outcome)") }
        let again = try await stage.plan(desired)
        #expect(again.diagnostics.isEmpty, "\(when)")
        for step in again.steps { Issue.record("\(when): still to do: \(step.action) \(words(step.fields))") }
        for profile in try await stage.drift().profiles {
            Issue.record("\(when): drift: \(profile.findings.map { "\($0.field) \($0.live)" })")
        }
    }

    /// Without nulls, which a rollback need not bring back.
    private func plain(_ object: AttributeObject) -> AttributeObject {
        AttributeObject(
            object.members.compactMap { member in
                switch member.value {
                case .null: nil
                case .object(let inner): (member.key, .object(plain(inner)))
                case .bool, .number, .string, .array, .damaged: (member.key, member.value)
                }
            })
    }

    private func words(_ fields: [FieldChange]) -> String {
        fields.map { "\($0)".unicodeScalars.map { $0.escaped(asASCII: true) }.joined() }.joined(separator: "\n")
    }

    private func expectVisible(_ plan: Plan) {
        for step in plan.steps where step.request != nil { #expect(!step.fields.isEmpty) }
        for line in PlanText.render(plan, style: .plain).split(separator: "\n") where line.contains(" → ") {
            let sides = line.split(separator: " → ", maxSplits: 1).map { $0.split(separator: "  ") }
            // Swift compares as eyes do.
            #expect(sides[0].last != sides[1].first, "\(line)")
        }
    }
}

/// Values that services are known to take for one, or to keep in another form.
private enum OddValues {
    static let attributes: [AttributeValue?] = [
        "x", number("1.0"), number("1e3"), number("-0"), number("12345678901234567890"),
        number("0.1000000000000000055"), .bool(true), "true", "1", .null, nil, "", " x ", "x\u{A0}", "caf\u{E9}",
        "cafe\u{301}", .object([:]), .object(["x": .null]), .object(["x": "1", "y": .null]),
        .object(["caf\u{E9}": "1"]), .array([]), .array([.null, number("2.50")]), .array([.object(["x": .null])]),
        .array(["e\u{301} "]),
    ]
    private static let names: [String?] = [nil, "Ren\u{E9}", "Rene\u{301}", " Jane ", "Jane", "Jane\u{A0}Doe"]
    private static let emails = [
        "\u{C9}va@x.org", "\u{130}pek@x.org", "\u{39F}\u{394}\u{39F}\u{3A3}@x.org", "INFO@x.org", "stra\u{1E9E}e@x.org",
        "rene\u{301}@x.org", "ren\u{E9}@y.org", "plain@x.org",
    ]
    private static let keys = emails.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
    private static let externals = ["\u{212A}7", "\u{39F}\u{3A3}", "AB ", "\u{1C5}1", "\u{13A0}", "\u{130}1"]
    private static let members = ["7 ", "8", "re\u{301}", "\u{E9}9", "007", "1.0"]

    private static func number(_ text: String) -> AttributeValue { .number(JSONNumber(text: text)) }

    /// Two profiles in which each field moves on by a place with each shift; in the second one nothing is ever taken
    /// away, so that it is patched.
    static func desired(_ shift: Int, keyed: Bool = true) -> DesiredState {
        let profiles = [
            profile(
                "all", shift,
                [
                    Identifier(type: "badge", value: "1"),
                    Identifier(type: "email", value: emails[shift % emails.count]),
                    Identifier(type: "external_id", value: externals[shift % externals.count]),
                    Identifier(type: "member", value: members[shift % members.count]),
                ], attributes),
            profile(
                "some", shift, [Identifier(type: "badge", value: "2")],
                attributes.filter { $0 != nil && $0 != .null }),
            // Made anew each time, by a key in capitals beyond ASCII.
            profile(
                "keyed-\(shift)", shift,
                [Identifier(type: "email", value: "k" + keys[shift % keys.count])], []),
        ]
        return DesiredState(profiles: keyed ? profiles : Array(profiles.filter { !$0.address.name.hasPrefix("keyed") }))
    }

    private static func profile(
        _ name: String, _ shift: Int, _ identifiers: [Identifier], _ values: [AttributeValue?]
    ) -> DesiredProfile {
        var attributes: AttributeObject = ["cle\u{301}": "x", "cl\u{E9}s": .string("\(shift)")]
        for place in values.indices { attributes["a\(place)"] = values[(place + shift) % values.count] }
        return DesiredProfile(
            address: Address(source: "s", type: "t", name: name), name: names[shift % names.count],
            identifiers: identifiers, attributes: attributes, origin: Origin(file: "law.yaml", line: 1, column: 1))
    }
}

extension ApplyReport.Line {
    fileprivate var isDone: Bool {
        switch outcome {
        case .done: true
        case .failed, .stale, .unknown, .notAttempted: false
        }
    }
}

extension Stage {
    fileprivate func plan(_ desired: DesiredState) async throws -> Plan {
        try await plan(desired, PlanPolicy(allowDelete: true, allowDeleteAll: true), patchNullDeletes: false)
    }
}

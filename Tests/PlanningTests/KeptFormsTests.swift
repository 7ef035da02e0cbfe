import Diagnostics
import ProfileModel
import Testing

@testable import Planning

struct KeptFormsTests {
    @Test(
        arguments: [
            (" x ", "x", true), ("x", " x", false), ("e\u{301}", "\u{E9}", true), ("", nil, true), ("x", nil, false),
            (number("12345678901234567890"), number("1.2345678901234567e19"), true), (number("1"), number("2"), false),
            (number("2.50"), "2.50", true), (.bool(true), "true", true), (.bool(true), "yes", false),
            (.object([:]), nil, true), (.object(["x": " a"]), .object(["x": "a"]), true),
            (.object(["x": "a"]), .object(["x": "a", "y": "b"]), false), (.array([" a"]), .array(["a"]), true),
            (.array([.null]), .array([]), false), ("Gold", "gold", false), (.null, "x", false),
        ] as [(AttributeValue?, AttributeValue?, Bool)])
    func `a likely form says the same`(_ sent: AttributeValue?, _ kept: AttributeValue?, _ isLikely: Bool) {
        #expect(kept.isLikelyForm(of: sent) == isLikely)
    }

    @Test(arguments: [
        ("email:INFO@x", "email:\u{131}nfo@x", true), ("email:\u{130}@x", "email:i@x", true),
        ("phone_number:+61 2 34", "phone_number:+61234", true), ("phone_number:+61", "phone_number:61", false),
        ("badge:7 ", "badge:7", true), ("badge:A", "badge:a", false), ("badge:7", "card:7", false),
    ])
    func `a likely form of an identifier is of its type`(_ sent: String, _ kept: String, _ isLikely: Bool) {
        let pair = identifiers([sent, kept])
        #expect(pair[1].isLikelyForm(of: pair[0]) == isLikely)
    }

    private let sent = ProfileValues(
        name: " Jane ", identifiers: identifiers(["badge:7 ", "member:1"]),
        attributes: ["city": "e\u{301}", "o": .object(["n": number("1.50"), "same": "x"]), "key\u{301} ": "v"])
    private var kept: Profile {
        live(
            named: "Jane", ["badge:7", "member:1", "theirs:1"],
            ["city": "\u{E9}", "o": .object(["n": "1.50", "same": "x", "theirs": "y"]), "ke\u{FD}": "v"])
    }

    @Test func `what an answer shows is no difference any more`() {
        var entry = applied(named: " Jane ", ["badge:7 ", "member:1"], sent.attributes)
        let wanted = desired(named: " Jane ", ["badge:7 ", "member:1"], sent.attributes)
        #expect(plan(wanted, entry, kept).steps.count == 1)
        entry.kept = KeptForms(declared: sent, write: .put(id: "P1", sent), answer: kept)
        #expect(entry.kept.forms.count == 5)
        let settled = plan(wanted, entry, kept)
        #expect(settled.steps.isEmpty && settled.drift.isEmpty && settled.diagnostics.isEmpty)
    }

    @Test func `a change of the manifest is sent in any form`() throws {
        var entry = applied(["member:1"], ["city": "e\u{301}"])
        let live = live(["member:1"], ["city": "\u{E9}"])
        entry.kept = KeptForms(declared: entry.lastApplied, write: nil, answer: live)
        // On an account that keeps both forms apart, only the user knows that the other one is meant.
        let plan = plan(desired(["member:1"], ["city": "\u{E8}"]), entry, live)
        let step = try #require(plan.steps.first)
        #expect(
            step.fields == [FieldChange(.attributeChanged(path: ["city"], from: "\u{E9}", to: "\u{E8}"), .youChangedIt)]
        )
        #expect(plan.drift.isEmpty)
    }

    @Test func `what others write is a difference as ever`() throws {
        var entry = applied(["member:1"], ["city": " x"])
        entry.kept = KeptForms(declared: entry.lastApplied, write: nil, answer: live(["member:1"], ["city": "x"]))
        let plan = plan(desired(["member:1"], ["city": " x"]), entry, live(["member:1"], ["city": "y"]))
        #expect(plan.steps.first?.fields.map(\.cause) == [.changedOutside])
        #expect(plan.drift.count == 1)
    }

    @Test func `only what a write carried counts in any form`() {
        let values = ProfileValues(identifiers: identifiers(["member:1"]), attributes: ["a": "1", "b": "1"])
        let answer = live(["member:1"], ["a": "2", "b": "2"])
        let patch = ProfileWrite.patch(id: "P1", ProfilePatch(attributes: ["a": "1"]))
        let forms = KeptForms(declared: values, write: patch, answer: answer).forms
        #expect(forms.map(\.kept) == ["2"] && forms.map(\.sent) == ["1"])
        #expect(KeptForms(declared: values, write: nil, answer: answer).isEmpty)
    }

    @Test func `a PUT for another reason keeps the forms`() throws {
        var entry = applied(["badge:7 ", "member:1"], ["city": " x", "gone": "1"])
        let before = live(["badge:7", "member:1"], ["city": "x", "gone": "1"])
        entry.kept = KeptForms(declared: entry.lastApplied, write: nil, answer: before)
        let step = try #require(plan(desired(["badge:7 ", "member:1"], ["city": " x"]), entry, before).steps.first)
        #expect(step.fields.count == 1)
        var answer = before
        answer.attributes["gone"] = nil
        let declared = try #require(step.declared)
        let forms = KeptForms(
            declared: declared, write: step.request, answer: answer, before: step.before, entry: entry)
        #expect(forms.forms.count == 2 && forms.forms.allSatisfy { !$0.isOverwritten })
    }

    @Test func `one warning tells of all profiles of a field`() {
        var warnings = FormWarnings()
        let form = KeptForms.Form(
            .attribute(path: [ExactText("tier")], keptKey: ExactText("tier")), sent: "gold", kept: "tin")
        for name in ["a", "b", "c"] {
            warnings.note(form, of: Address(source: "s", type: "t", name: name), at: nil)
        }
        #expect(
            warnings.diagnostics.map(\.message) == [
                "the service does not keep attributes.tier of s/t/a and 2 more as it was sent, so it is not sent again"
            ])
    }
}

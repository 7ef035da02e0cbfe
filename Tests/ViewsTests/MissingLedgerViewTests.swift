import Planning
import ProfileModel
import Testing
import Views
import WireFormat

@Suite struct MissingLedgerViewTests {
    private var plan: Plan {
        var plan = Fixtures.sample
        plan.isLedgerMissing = true
        let locker = { Identifier(type: "locker", value: $0) }
        plan.steps[0].secondIdentifiers = [SecondIdentifier(added: locker("78"), beside: [locker("77")])]
        plan.steps[1].secondIdentifiers = [
            SecondIdentifier(
                added: Fixtures.email("walter@new.example"),
                beside: [Fixtures.email("walter@old.example"), Fixtures.email("walter@older.example")])
        ]
        return plan
    }

    @Test func `the first line says that profiles are seen first`() throws {
        let text = PlanText.render(plan, style: .plain)
        let first = try #require(text.split(separator: "\n").first)
        #expect(first.hasPrefix("profilectl plan · environment staging"))
        #expect(first.contains("profiles are seen for the first time, and removed manifests cannot be noticed"))
        #expect(!PlanText.render(Fixtures.sample, style: .plain).contains("first time"))
    }

    @Test func `what stays live is told where a ledger is missing`() {
        var plan = plan
        plan.steps[0].secondIdentifiers = []
        plan.steps[0].keepsName = true
        plan.steps[0].before = Profile(
            id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", userID: nil, source: "coolbikes", type: "rider", name: nil,
            identifiers: [], attributes: [:])
        plan.steps[0].after = ProfileValues(
            identifiers: [Fixtures.email("jane@old.example"), Identifier(type: "locker", value: "7")],
            attributes: ["tier": "gold", "shop": "yes", "address": .object(["city": "Bonn", "street": "Am Hof"])])
        plan.steps[0].declared = ProfileValues(
            identifiers: [Identifier(type: "google", value: "JANE@old.example")],
            attributes: ["tier": "gold", "address": .object(["city": "Bonn"])])
        let words =
            "! the manifest does not manage what stays live: name, attributes.address.street, attributes.shop and locker"
        #expect(PlanText.render(plan, style: .plain).contains(words))
        let hidden = Redaction(key: Array("key".utf8)).redacted(plan)
        #expect(PlanText.render(hidden, style: .plain, isRedacted: true).contains(words))
        plan.isLedgerMissing = false
        #expect(!PlanText.render(plan, style: .plain).contains("stays live"))
    }

    @Test(arguments: PlanDetail.allCases)
    func `every detail names both identifiers`(detail: PlanDetail) {
        let text = PlanText.render(plan, style: .plain, detail: detail)
        #expect(text.contains("! warning[PM421]: adds locker 78 and keeps live locker 77. To replace it, set"))
        #expect(
            text.contains(
                "adds email walter@new.example and keeps live email walter@old.example and email walter@older.example. "
                    + "To replace them, set identifiers_mode: exclusive"))
    }

    @Test func `a blocked step names them too`() {
        var plan = plan
        plan.blocked = [BlockedStep(step: plan.steps[0], reason: .conflict)]
        plan.steps = []
        #expect(PlanText.render(plan, style: .plain, detail: .summary).contains("keeps live locker 77"))
    }

    @Test func `redaction covers both identifiers also when short`() {
        let redaction = Redaction(key: Array("key".utf8))
        let text = PlanText.render(redaction.redacted(plan), style: .plain, isRedacted: true)
        #expect(text.contains("adds locker:⟨"))
        let json = PlanJSON.render(plan, version: "1", redaction: redaction)
        for value in ["78", "77", "walter@old.example", "walter@older.example", "walter@new.example"] {
            #expect(!text.contains("locker \(value)") && !text.contains("email \(value)"))
            #expect(!json.contains("\"\(value)\""))
            #expect(!json.contains("locker \(value)"))
        }
    }

    @Test func `the document has both and reads back`() throws {
        let text = PlanJSON.render(plan, version: "1")
        #expect(text.contains("\"ledger_missing\":true"))
        #expect(text.contains("\"code\":\"PM421\""))
        let read = try Plan(json: text)
        #expect(read == plan)
        #expect(PlanJSON.render(read, version: "1") == text)
        #expect(try SchemaCheck("plan.schema.json").problems(in: text) == [])
    }

    @Test func `events name the code of the warning`() throws {
        let lines = ApplyEventsJSON.planned(plan, at: Fixtures.noon).split(separator: "\n")
        #expect(lines[0].contains("\"warnings\":[\"PM421\"]"))
        #expect(!lines[0].contains("77"), "the plan has the values")
        let plain = ApplyEventsJSON.planned(Fixtures.sample, at: Fixtures.noon)
        #expect(!plain.contains("warnings"))
        for line in lines { #expect(try SchemaCheck("events.schema.json").problems(in: String(line)) == []) }
    }
}

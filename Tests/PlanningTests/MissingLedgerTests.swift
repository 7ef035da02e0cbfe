import Diagnostics
import Planning
import ProfileModel
import Testing

@Suite struct MissingLedgerTests {
    private let old = live(["bike:1", "email:jane@old.example"])

    private func seconds(_ plan: Plan) -> [String] {
        plan.steps.flatMap(\.secondIdentifiers).map { second in
            "\(second.added.type):\(second.added.value) beside "
                + second.beside.map { "\($0.type):\($0.value)" }.joined(separator: ", ")
        }
    }

    @Test func `a second email is named with the one that stays`() {
        let made = planner([desired(["bike:1", "email:jane@new.example"])], history: .missing).plan(seeing: [old])
        #expect(made.steps.map(\.action) == [.update])
        #expect(seconds(made) == ["email:jane@new.example beside email:jane@old.example"])
        #expect(made.isLedgerMissing)
    }

    @Test func `an adoption beside a ledger says the same`() {
        let made = planner(
            [desired(["bike:1", "email:jane@new.example"]), desired("bob", ["bike:2"])],
            [applied("bob", id: "P2", ["bike:2"])]
        ).plan(seeing: [old, live("P2", ["bike:2"])])
        #expect(seconds(made) == ["email:jane@new.example beside email:jane@old.example"])
        #expect(!made.isLedgerMissing)
    }

    @Test func `an import says the same`() {
        let made = planner(
            [desired(["bike:1", "email:jane@new.example"])], imports: [imported("jane", .id("P1"))]
        ).plan(seeing: [old])
        #expect(seconds(made) == ["email:jane@new.example beside email:jane@old.example"])
    }

    @Test func `what others added stays beside a new one of ours`() {
        let made = plan(desired(["bike:1", "email:jane@new.example"]), applied(["bike:1"]), old)
        #expect(seconds(made) == ["email:jane@new.example beside email:jane@old.example"])
    }

    @Test func `what the ledger knows is replaced without a word`() {
        let entry = applied(["bike:1", "email:jane@old.example"])
        #expect(seconds(plan(desired(["bike:1", "email:jane@new.example"]), entry, old)) == [])
        let withForeign = live(["bike:1", "email:jane@old.example", "email:crm@old.example"])
        #expect(seconds(plan(desired(["bike:1", "email:jane@new.example"]), entry, withForeign)) == [])
    }

    @Test func `exclusive replaces without a word`() {
        let wanted = desired(["bike:1", "email:jane@new.example"], identifiersMode: .exclusive)
        #expect(seconds(planner([wanted], history: .missing).plan(seeing: [old])) == [])
    }

    @Test func `another type and what the manifest has are no matter`() {
        func seconds(_ ids: [String]) -> [String] {
            self.seconds(planner([desired(ids)], history: .missing).plan(seeing: [old]))
        }
        #expect(seconds(["bike:1", "phone_number:+4930123456"]) == [])
        #expect(seconds(["bike:1", "email:jane@new.example", "email:JANE@old.example"]) == [])
        #expect(seconds(["bike:1"]) == [])
        #expect(seconds(["bike:1", "email:JANE@OLD.example"]) == [])
    }

    @Test func `google counts as email and all that stay are named`() {
        let both = live(["bike:1", "google:jane@old.example", "email:jane@older.example"])
        let made = planner([desired(["bike:1", "email:jane@new.example"])], history: .missing).plan(seeing: [both])
        #expect(
            seconds(made) == ["email:jane@new.example beside google:jane@old.example, email:jane@older.example"])
    }

    @Test func `removals of unknown addresses are warnings`() {
        let wanted = [desired("bob", ["bike:2"])]
        func warnings(_ history: LedgerHistory, _ selection: PlanSelection? = nil) -> [Diagnostic] {
            planner(
                wanted, removals: [removed("gone", destroy: true), removed("away")], selection: selection,
                history: history
            ).plan(seeing: [live("P2", ["bike:2"])]).diagnostics
        }
        let missing = warnings(.missing)
        #expect(missing.map(\.code) == [.unknownRemoval, .unknownRemoval])
        #expect(missing.allSatisfy { $0.severity == .warning && $0.location?.file == "profiles/blocks.yaml" })
        #expect(missing.map(\.message).first?.hasPrefix("coolbikes/rider/away is not managed") == true)
        #expect(missing.map(\.message).last?.hasPrefix("coolbikes/rider/gone is not deleted") == true)
        #expect(warnings(.known) == [], "it was removed before")
        #expect(warnings(.nothingApplied) == [])
        let all: Set = [address("bob"), address("gone")]
        #expect(warnings(.missing, PlanSelection(chosen: all)).count == 1)
        #expect(warnings(.missing, PlanSelection(chosen: [address("bob")])) == [])
    }

    @Test func `a move from nowhere warns before it creates`() {
        func codes(_ history: LedgerHistory, _ ledger: [LedgerEntry] = [], live seen: [Profile] = []) -> [String] {
            planner([desired("new", ["bike:1"])], ledger, moves: [moved("old", "new")], history: history)
                .plan(seeing: seen).diagnostics.map(\.code.rawValue)
        }
        #expect(codes(.missing) == ["PM423"])
        #expect(codes(.known) == ["PM423"])
        #expect(codes(.nothingApplied) == [], "an empty sandbox has no old profile")
        #expect(codes(.missing, live: [live("P1", ["bike:1"])]) == [], "it is found by its key")
        #expect(codes(.known, [applied("old", id: "P1", ["bike:1"])]) == [], "the ledger knows it")
        #expect(codes(.known, [applied("new", id: "P1", ["bike:1"])]) == [], "the move was made before")
    }

    @Test func `a move that is left out warns of nothing`() {
        let made = planner(
            [desired("new", ["bike:1"]), desired("bob", ["bike:2"])], moves: [moved("old", "new")],
            selection: PlanSelection(chosen: [address("bob")], excluded: [address("new")]), history: .missing
        ).plan(seeing: [])
        #expect(made.steps.map(\.address) == [address("bob")])
        #expect(made.diagnostics == [])
    }

    @Test(arguments: [(nil, false), ("jane@example.com", false), ("Jane", true)] as [(String?, Bool)])
    func `a name that the manifest does not give stays`(name: String?, stays: Bool) {
        for tier in ["gold", "silver"] as [AttributeValue] {
            let wanted = desired(["email:jane@example.com"], ["tier": tier])
            let found = live(named: name, ["email:jane@example.com"], ["tier": "gold"])
            let made = planner([wanted], history: .missing).plan(seeing: [found])
            #expect(made.steps.map(\.keepsName) == [stays])
        }
    }

    @Test func `a ring tells a second identifier once`() {
        let made = planner(
            [desired("ann", ["bike:1", "locker:8"]), desired("bob", ["bike:2", "locker:7"])],
            [applied("ann", id: "P1", ["bike:1", "locker:7"]), applied("bob", id: "P2", ["bike:2", "locker:8"])]
        ).plan(seeing: [
            live("P1", ["bike:1", "locker:7", "locker:9"], user: "100"),
            live("P2", ["bike:2", "locker:8"], user: "100"),
        ])
        #expect(made.steps.count == 3)
        #expect(seconds(made) == [])
    }
}

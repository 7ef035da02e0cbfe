import Ledger
import Planning
import ProfileModel
import Sandbox
import Testing
import Views
import WireFormat

/// A plan that was saved, read again and applied makes the very calls that it lists: the same bytes, none twice, and
/// each after the calls that it waits for.
struct SavedPlanLaw {
    private static let worlds = 25

    @Test(arguments: lawSeeds)
    func theCallsAreThoseThatThePlanLists(seed: UInt64) async throws {
        var draw = Draw(seed: seed)
        var calls = 0
        for number in 0..<Self.worlds {
            let test = ConvergenceCase(&draw)
            let name = "PROFILECTL_SEED=\(seed), world \(number)\n\(test)"
            let stage = try Stage(test.world, test.ledger)
            let consent = PlanPolicy(allowDelete: true, allowDeleteAll: true)
            let nulls = draw.chance(50)
            let plan = try await stage.plan(test.desired, consent, patchNullDeletes: nulls)
                .grounded(in: stage.ledger.entries())
            guard plan.applyable else { continue }
            let document = PlanJSON.render(plan, version: "law")
            let saved = try Plan(json: Array(document.utf8))
            try #require(saved == plan, "\(name)")

            let start = stage.sandbox.requests.count
            let review = try stage.review(saved, consent, patchNullDeletes: nulls)
            #expect(review.standings.isEmpty && review.plan.steps == plan.steps, "\(name)")
            let report = try await stage.apply(review, parallelism: 4)
            let made = stage.sandbox.requests[start...].filter { $0.method != "GET" }.map(\.call)
            let listed = try listedCalls(in: document)
            var places: [Int: Int] = [:]
            for (place, call) in made.enumerated() {
                let step = try #require(listed.first { $0.value == call }?.key, "not in the plan: \(call)\n\(name)")
                #expect(places[step] == nil, "made twice: \(call)\n\(name)")
                places[step] = place
            }
            for line in report.lines {
                guard let place = places[line.step.number] else {
                    #expect(!line.outcome.isMade || line.step.request == nil, "\(line)\n\(name)")
                    continue
                }
                for dependency in line.step.dependsOn {
                    let before = places[dependency] ?? -1
                    #expect(before < place, "\(line.step.number) before \(dependency)\n\(name)")
                }
            }
            calls += made.count
            let end = stage.sandbox.requests.count
            _ = try await stage.apply(try stage.review(saved, consent, patchNullDeletes: nulls))
            let again = stage.sandbox.requests[end...].filter { $0.method != "GET" }
            #expect(again.isEmpty || report.lines.contains { !$0.outcome.isDone }, "a second time: \(again)\n\(name)")
        }
        print("saved plans: \(calls) calls of \(Self.worlds) worlds, seed \(seed)")
        #expect(calls > Self.worlds)
    }

    /// A plan of which some steps were made before is carried through to the same end.
    @Test(arguments: lawSeeds)
    func `what a former run left of a plan is done by the next`(seed: UInt64) async throws {
        var draw = Draw(seed: seed)
        for number in 0..<Self.worlds {
            let test = ConvergenceCase(&draw)
            let name = "PROFILECTL_SEED=\(seed), world \(number)\n\(test)"
            let stage = try Stage(test.world, test.ledger)
            let consent = PlanPolicy(allowDelete: true, allowDeleteAll: true)
            let plan = try await stage.plan(test.desired, consent, patchNullDeletes: false)
                .grounded(in: stage.ledger.entries())
            // The first step of a ring is not to be told from one that was undone, once the last one is made.
            guard plan.applyable, !plan.steps.contains(where: \.isExtra) else { continue }
            var part = plan
            part.steps.removeLast(Int.random(in: 0...plan.steps.count, using: &draw))
            let first = try await stage.apply(part)
            guard first.lines.allSatisfy(\.outcome.isDone) else { continue }
            let rest = try await stage.apply(try stage.review(plan, consent, patchNullDeletes: false))
            #expect(rest.lines.count == plan.steps.count, "\(name)")
            for line in rest.lines where line.step.number <= part.steps.count {
                #expect(line.outcome.isDone && !line.outcome.isMade || line.step.request == nil, "\(line)\n\(name)")
            }
            for line in rest.lines { #expect(line.outcome.isDone || line.outcome.isRefused, "\(line)\n\(name)") }
        }
    }

    /// The calls of a plan's document by their steps, each as one text.
    private func listedCalls(in document: String) throws -> [Int: String] {
        guard case .object(let plan) = try readJSON(document), case .array(let steps)? = plan["steps"] else {
            throw Broken("the plan is no plan")
        }
        var calls: [Int: String] = [:]
        for case .object(let step) in steps {
            guard case .number(let number)? = step["n"], let number = Int(number.text) else {
                throw Broken("no number")
            }
            guard case .object(let request)? = step["request"] else { continue }
            guard case .string(let method)? = request["method"], case .string(let path)? = request["path"] else {
                throw Broken("no call")
            }
            let query = if case .string(let query)? = request["query"] { "?\(query)" } else { "" }
            let body = request["body"].flatMap { $0 == .null ? nil : writeJSON($0) } ?? ""
            calls[number] = "\(method) \(path)\(query) \(body)"
        }
        return calls
    }
}

extension LoggedRequest {
    fileprivate var call: String { "\(method) \(path)\(query.map { "?\($0)" } ?? "") \(body)" }
}

extension StepOutcome {
    fileprivate var isDone: Bool {
        if case .done = self { true } else { false }
    }

    /// By the service, which a plan cannot always foresee.
    fileprivate var isRefused: Bool {
        switch self {
        case .failed, .notAttempted: true
        case .done, .stale, .unknown: false
        }
    }

    /// Whether a call was made for it, for all we know.
    fileprivate var isMade: Bool {
        switch self {
        case .done(_, let alreadyDone): !alreadyDone
        case .unknown: true
        case .failed, .stale, .notAttempted: false
        }
    }
}

import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import Testing

@Suite struct RefreshTests {
    @Test func nothingIsAskedTwice() async throws {
        let profiles = (1...12).map { live($0, ["bike_id:b\($0)"]) }
        let stage = try Stage(profiles)
        let wanted = (1...12).map { desired("rider-\($0)", ["bike_id:b\($0)", "helmet:h\($0)"]) }
        let planner = try stage.planner(wanted)
        let state = try await refresh(for: planner, from: stage.client().reading, parallelism: 4)
        #expect(stage.sandbox.reads.count == 24)
        #expect(Set(stage.sandbox.reads).count == 24)
        #expect(state.answers.count == 24)
        #expect(planner.lookups(after: state).isEmpty)
    }

    /// What the first answers leave open is asked in a second round, and not before.
    @Test func aProfileThatIsGoneIsLookedForByItsKey() async throws {
        let there = live(1, ["bike_id:b1"])
        let gone = live(2, ["bike_id:b2"])
        let stage = try Stage([there], entries: [entry("there", there), entry("gone", gone)])
        let planner = try stage.planner([desired("there", ["bike_id:b1"]), desired("gone", ["bike_id:b2"])])
        _ = try await refresh(for: planner, from: stage.client().reading, parallelism: 1)
        #expect(
            stage.sandbox.reads == [
                "GET /api/v2/user_profiles/\(id(2))", "GET /api/v2/user_profiles/\(id(1))",
                "GET /api/v2/user_profiles?identifier=coolbikes%3Arider%3Abike_id%3Ab2",
            ])
    }

    @Test func theProfilesOfOneUserAreReadAtOnce() async throws {
        let profiles = (1...3).map { live($0, ["bike_id:b\($0)"], user: "77") }
        let stage = try Stage(profiles, entries: profiles.indices.map { entry("rider-\($0)", profiles[$0]) })
        let planner = try stage.planner(profiles.indices.map { desired("rider-\($0)", ["bike_id:b\($0 + 1)"]) })
        let state = try await refresh(for: planner, from: stage.client().reading, parallelism: 4)
        #expect(stage.sandbox.reads == ["GET /api/v2/users/77/profiles"])
        #expect(state.answers[.user("77")]?.count == 3)
    }

    @Test(arguments: [1, 3, 8])
    func soManyCallsAreUnderWayAndNoMore(parallelism: Int) async throws {
        let stage = try Stage()
        let gauge = Gauge()
        let client = stage.client { _ in await gauge.pass(waitingFor: parallelism) }
        let planner = try stage.planner((1...40).map { desired("rider-\($0)", ["bike_id:b\($0)"]) })
        _ = try await refresh(for: planner, from: client.reading, parallelism: parallelism)
        #expect(gauge.most == parallelism)
    }

    @Test func nothingWantedAsksNothing() async throws {
        let stage = try Stage()
        let state = try await refresh(
            for: try stage.planner([]), from: stage.client().reading, parallelism: 8)
        #expect(state.answers.isEmpty)
        #expect(stage.sandbox.requests.isEmpty)
    }

    @Test func aRefusalOfAnyCallIsToldAsWhatItIs() async throws {
        let stage = try Stage(faults: ["403,nth=17"])
        let planner = try stage.planner((1...40).map { desired("rider-\($0)", ["bike_id:b\($0)"]) })
        await #expect {
            try await refresh(for: planner, from: stage.client().reading, parallelism: 8)
        } throws: { error in
            guard case .forbidden(let refusal)? = error as? APIFailure else { return false }
            return refusal.status == 403
        }
    }

    @Test(arguments: ["truncated,nth=1", "html,nth=3", "wrong-type=fields,nth=2"])
    func `An answer that cannot be read leaves the others`(fault: String) async throws {
        let profiles = (1...5).map { live($0, ["bike_id:b\($0)"]) }
        let stage = try Stage(profiles, faults: ["\(fault),path=/user_profiles"])
        let planner = try stage.planner((1...5).map { desired("rider-\($0)", ["bike_id:b\($0)"]) })
        let state = try await refresh(for: planner, from: stage.client().reading, parallelism: 1)
        #expect(state.answers.count + state.unreadable.count == 5)
        #expect(state.asked == 5)
        #expect(state.unreadable.count == 1)
    }

    /// Whatever they are, the rest will be no better.
    @Test func `A hundred answers that cannot be read are enough`() async throws {
        let stage = try Stage((1...150).map { live($0, ["bike_id:b\($0)"]) }, faults: ["wrong-type=null"])
        let planner = try stage.planner((1...150).map { desired("rider-\($0)", ["bike_id:b\($0)"]) })
        await #expect(throws: APIFailure.unexpected(.missingMember("profile"))) {
            try await refresh(for: planner, from: stage.client().reading, parallelism: 1)
        }
        #expect(stage.sandbox.reads.count == 101 || stage.sandbox.reads.count == 100)
    }

    @Test(arguments: ["cut-before", "truncated", "html", "500", "429,retry-after=1000"])
    func everyFailureIsTyped(fault: String) async throws {
        let stage = try Stage([live(1, ["bike_id:b1"])], faults: [fault])
        let planner = try stage.planner([desired("jane", ["bike_id:b1"])])
        await #expect(throws: APIFailure.self) {
            try await refresh(for: planner, from: stage.client().reading, parallelism: 8)
        }
    }
}

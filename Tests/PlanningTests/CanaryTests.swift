import Planning
import ProfileModel
import Testing

@Suite struct CanaryTests {
    private func step(_ number: Int, _ name: String, dependsOn: [Int] = [], calls: Bool = true) -> Step {
        Step(
            number: number, address: address(name), action: calls ? .update : .adopt, reason: .setsAndAdds,
            request: calls ? .patch(id: "P\(name)", ProfilePatch(name: "x")) : nil, dependsOn: dependsOn,
            precondition: .none)
    }

    private func names(_ canary: Canary, _ steps: [Step]) -> Set<String> {
        Set(steps.filter { canary.steps.contains($0.number) }.map(\.address.name))
    }

    @Test func theChoiceDoesNotDependOnOrderOrNumbers() {
        let names = (1...30).map { "rider-\($0)" }
        let steps = names.enumerated().map { step($0 + 1, $1) }
        let turned = names.reversed().enumerated().map { step($0 + 1, $1) }
        let chosen = self.names(Canary(choosing: 5, from: steps), steps)
        #expect(chosen.count == 5)
        #expect(self.names(Canary(choosing: 5, from: turned), turned) == chosen)
        #expect(chosen != Set(names.prefix(5)), "not simply the first ones")
        #expect(chosen.isSuperset(of: self.names(Canary(choosing: 3, from: steps), steps)))
    }

    @Test func whatTheChosenOnesWaitForComesAlong() {
        let steps = [
            step(1, "a"), step(2, "b", dependsOn: [1]), step(3, "c", dependsOn: [2]), step(4, "a", dependsOn: [3]),
        ]
        for count in 1...4 {
            let chosen = Canary(choosing: count, from: steps).steps
            for step in steps where chosen.contains(step.number) {
                #expect(chosen.isSuperset(of: step.dependsOn))
                #expect(chosen.isSuperset(of: steps.filter { $0.address == step.address }.map(\.number)))
            }
        }
    }

    @Test func moreThanThereAreMeansAllAndWhatMakesNoCallIsNotTried() {
        let steps = [step(1, "a"), step(2, "b", calls: false), step(3, "c")]
        #expect(Canary(choosing: 9, from: steps).steps == [1, 3])
        #expect(Canary(choosing: 2, from: []).steps.isEmpty)
    }

    @Test func othersWaitUntilTheCanaryIsReleased() {
        let steps = [step(1, "a"), step(2, "b"), step(3, "c", dependsOn: [2])]
        var schedule = ApplySchedule(steps: steps, parallelism: 9, canary: [2])
        #expect(schedule.next()?.number == 2)
        #expect(schedule.next() == nil)
        #expect(schedule.endedCanary == nil)
        schedule.finished(2, .done(profileID: "P", alreadyDone: false))
        #expect(schedule.next() == nil)
        #expect(schedule.endedCanary?.map(\.step.number) == [2])
        #expect(!schedule.isFinished)
        schedule.release()
        #expect([schedule.next()?.number, schedule.next()?.number] == [1, 3])
        #expect(schedule.endedCanary == nil)
    }

    @Test func aCanaryThatDoesNotHoldStopsTheRest() {
        var schedule = ApplySchedule(steps: [step(1, "a"), step(2, "b")], parallelism: 9, canary: [1])
        _ = schedule.next()
        schedule.finished(1, .failed(StepFailure(title: "no")))
        #expect(schedule.endedCanary?.count == 1)
        schedule.stop(.canaryFailed)
        #expect(schedule.endedCanary == nil)
        #expect(schedule.isFinished)
        #expect(schedule.lines[1].outcome == .notAttempted(.canaryFailed))
    }

    @Test func whatIsReadBackIsComparedAsAPlanDoes() {
        var step = step(1, "a")
        step.after = ProfileValues(
            name: "Ann", identifiers: [Identifier(type: "email", value: "a@x")], attributes: ["tier": "gold", "n": "1"])
        var profile = Profile(
            id: "P", userID: "1", source: "coolbikes", type: "rider", name: "Ann",
            identifiers: [Identifier(type: "email", value: "A@x")], attributes: ["n": "1", "tier": "gold"])
        #expect(CanaryVerdict.Finding(step, readBack: profile) == nil)
        profile.attributes = ["tier": "gold ", "n": "1", "more": "2"]
        #expect(
            CanaryVerdict.Finding(step, readBack: profile) == .differs(step, ["attributes.more", "attributes.tier"]))
        #expect(CanaryVerdict.Finding(step, readBack: nil) == .gone(step))
        step.after = nil
        #expect(CanaryVerdict.Finding(step, readBack: nil) == nil)
        #expect(CanaryVerdict.Finding(step, readBack: profile) == .stillThere(step))
    }
}

import Commands
import HTTPTypes
import ProfileModel
import Sandbox
import Testing

@Suite struct DriftTests {
    /// jane is applied, and others changed what `change` changes.
    private func bench(_ change: AttributeObject? = nil) async throws -> (Bench, Service) {
        let service = try Service()
        let bench = try Bench.staging(service)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        if let change { try await patch(service, change) }
        return (bench, service)
    }

    private func patch(_ service: Service, _ attributes: AttributeObject) async throws {
        try change(service) { profile in
            for member in attributes.members { profile.attributes[member.key] = member.value }
        }
    }

    private func change(_ service: Service, _ body: (inout Profile) -> Void) throws {
        var world = service.sandbox.world()
        for index in world.profiles.indices { body(&world.profiles[index]) }
        try service.sandbox.load(world)
    }

    private func baseline(_ value: String = "gold", expires: String = "2027-01-31") -> String {
        """
        version: 1
        accepted:
          - address: coolbikes/rider/jane
            field: attributes.tier
            value: \(value)
            owner: crm-team
            reason: campaign
            expires: \(expires)

        """
    }

    @Test func noDrift() async throws {
        let (bench, service) = try await bench()
        let before = service.requests.count
        for format in ["text", "json"] { #expect(await bench.run("drift", "--format", format).code == .done) }
        #expect(await bench.run("drift").output.contains("No drift: 1 managed profile is as last applied."))
        #expect(service.requests[before...].allSatisfy { $0.method == .get })
        #expect(bench.connections.open == 0)
    }

    @Test func driftHasItsOwnCodeInEveryForm() async throws {
        let (bench, _) = try await bench(["tier": "gold"])
        let text = await bench.run("drift")
        #expect(text.code == .driftFound)
        #expect(text.output.contains("\"silver\" → \"gold\""))
        #expect(text.output.contains("1 of 1 managed profile differs from what was last applied."))
        let json = await bench.run("drift", "--format", "json")
        #expect(json.code == .driftFound)
        let finding = try #require(try json.document().list("profiles").first?.list("findings").first)
        #expect(finding.text("field") == "attributes.tier")
        #expect(finding.text("live") == "gold")
        #expect(finding.text("judgement") == "open")
    }

    @Test func aPendingChangeIsNoDrift() async throws {
        let (bench, _) = try await bench()
        try bench.write(jane(tier: "platinum"), to: "profiles/riders.yaml")
        #expect(await bench.run("plan", "--detailed-exitcode").code == .changesPending)
        #expect(await bench.run("drift").code == .done)
    }

    @Test func manifestsAreNotNeeded() async throws {
        let (bench, _) = try await bench(["tier": "gold"])
        try bench.write("version: 1\nprofils: {", to: "profiles/riders.yaml")
        #expect(await bench.run("drift").code == .driftFound)
        try bench.remove("profiles")
        let run = await bench.run("drift", "--format", "json")
        #expect(run.code == .driftFound)
        #expect(try run.document()["manifests_known"] == .bool(false))
    }

    @Test func withoutAWorkspaceFileTheLocalSandboxIsLookedAt() async throws {
        let bench = try Bench()
        try bench.write(jane, to: "jane.yaml")
        #expect(await bench.run("apply", "jane.yaml", "--auto-approve").code == .done)
        #expect(await bench.run("drift").code == .done)
        let empty = await Bench.Run.of(try Bench(), "drift")
        #expect(empty.code == .done)
        #expect(empty.output.contains("Nothing is managed here"))
    }

    @Test func theManifestsTellWhatTheyWantAndIgnore() async throws {
        let (bench, _) = try await bench(["tier": "gold"])
        try bench.write(jane(tier: "gold"), to: "profiles/riders.yaml")
        let wanted = await bench.run("drift")
        #expect(wanted.code == .driftFound)
        #expect(wanted.output.contains("the manifests already want this"))
        try bench.write(
            jane + "    lifecycle: {ignore_changes: [attributes.tier]}\n", to: "profiles/riders.yaml")
        let ignored = await bench.run("drift")
        #expect(ignored.code == .done, "\(ignored.all)")
        #expect(ignored.output.contains("Left to others by the manifests"))
    }

    @Test func aProfileThatIsGoneIsDrift() async throws {
        let (bench, service) = try await bench()
        try service.sandbox.load(SandboxWorld())
        let run = await bench.run("drift")
        #expect(run.code == .driftFound)
        #expect(run.output.contains("is gone"))
        let document = try await bench.run("drift", "--format", "json").document()
        #expect(document.list("profiles").first?["gone"] == .bool(true))
    }

    @Test func anEntryOfAnotherAddressProfileIsAnError() async throws {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        // Somebody made the profile of ann one of another type.
        try change(service) { profile in
            if profile.identifiers.contains(where: { $0.value == "bike-of-ann" }) { profile.type = "driver" }
        }
        for command in ["plan", "drift"] {
            let run = await bench.run(command)
            #expect(run.code == .blocked, "\(command): \(run.all)")
            #expect(run.output.contains("PM304"))
            #expect(run.output.contains("profilectl ledger forget coolbikes/rider/ann"))
        }
    }

    @Test func whatIsAcceptedIsNoDrift() async throws {
        let (bench, _) = try await bench(["tier": "gold"])
        try bench.write(baseline(), to: "drift-baseline.yaml")
        let run = await bench.run("drift")
        #expect(run.code == .done)
        #expect(run.output.contains("until 2027-01-31, crm-team: campaign"))
        try bench.write(baseline(), to: "elsewhere.yaml")
        try bench.remove("drift-baseline.yaml")
        #expect(await bench.run("drift").code == .driftFound)
        #expect(await bench.run("drift", "--baseline", "elsewhere.yaml").code == .done)
    }

    @Test func acceptanceEnds() async throws {
        let (bench, service) = try await bench(["tier": "gold"])
        try bench.write(baseline(), to: "drift-baseline.yaml")
        bench.set { $0.now = Timestamp(seconds: 1_801_440_000) }  // 2027-02-01
        let expired = await bench.run("drift")
        #expect(expired.code == .driftFound)
        #expect(expired.output.contains("accepted until 2027-01-31, which is over (crm-team)"))
        bench.set { $0.now = Timestamp(seconds: 1_700_000_000) }
        try await patch(service, ["tier": "platinum"])
        let movedOn = await bench.run("drift")
        #expect(movedOn.code == .driftFound)
        #expect(movedOn.output.contains("accepted was \"gold\" (crm-team)"))
        try await patch(service, ["tier": "silver"])
        let unused = await bench.run("drift")
        #expect(unused.code == .done)
        #expect(unused.output.contains("Accepted, but not there any more"))
        #expect(unused.output.contains("drift-baseline.yaml:3"))
    }

    @Test func aBaselineThatCannotBeReadIsAnError() async throws {
        let (bench, _) = try await bench()
        try bench.write(baseline(expires: "soon"), to: "drift-baseline.yaml")
        let bad = await bench.run("drift")
        #expect(bad.code == .invalidInput)
        #expect(bad.errors.contains("PM221"))
        #expect(bad.errors.contains("drift-baseline.yaml:8:14"))
        let missing = await bench.run("drift", "--baseline", "missing.yaml")
        #expect(missing.code == .invalidInput)
        #expect(missing.errors.contains("PM001"))
    }

    @Test func globsNarrowIt() async throws {
        let service = try Service()
        let bench = try Bench.staging(service, riders("ann", "bob"))
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        try change(service) { $0.identifiers = [Identifier(type: "other", value: $0.identifiers[0].value)] }
        let before = service.requests.count
        let run = await bench.run("drift", "--target", "**/ann", "--format", "json")
        #expect(run.code == .driftFound)
        #expect(service.requests.count == before + 1)
        #expect(try run.document().list("profiles").map { $0.text("address") } == ["coolbikes/rider/ann"])
        #expect(await bench.run("drift", "--exclude", "**/nobody").code == .usage)
    }

    @Test func nothingPersonalIsShownWhereOthersRead() async throws {
        let (bench, service) = try await bench()
        try change(service) { profile in
            profile.identifiers = [
                Identifier(type: "email", value: "other.person@example.com"), profile.identifiers[1],
            ]
        }
        bench.set { $0.environment["CI"] = "true" }
        for format in ["text", "json"] {
            let run = await bench.run("drift", "--format", format)
            #expect(run.code == .driftFound)
            #expect(!run.all.contains("@example.com"))
            #expect(run.output.contains("email:⟨"))
        }
    }
}

extension Bench.Run {
    fileprivate static func of(_ bench: Bench, _ arguments: String...) async -> Bench.Run { await bench.run(arguments) }
}

import Commands
import ProfileModel
import Testing

@Suite struct GetCommandTests {
    private func bench() async throws -> Bench {
        let bench = try Bench.local()
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        return bench
    }

    private func profile(_ run: Bench.Run) throws -> AttributeObject {
        #expect(run.code == .done)
        return try #require(try run.document().list("profiles").first)
    }

    @Test func byQueryIDAndUser() async throws {
        let bench = try await bench()
        let byQuery = try profile(await bench.run("get", "coolbikes:rider:email:\(email)", "--format", "json"))
        #expect(byQuery.object("attributes").text("tier") == "silver")
        let id = try #require(byQuery.text("id"))
        let user = try #require(byQuery.text("user_id"))
        #expect(try profile(await bench.run("get", id, "--format", "json")) == byQuery)
        #expect(try profile(await bench.run("get", "--user", user, "--format", "json")) == byQuery)
        let text = await bench.run("get", id)
        #expect(text.output.contains(id) && text.output.contains(email) && text.output.contains("silver"))
    }

    @Test func aValueMayHoldColons() async throws {
        let bench = try Bench.local(
            "version: 1\nprofiles:\n  j: {source: s, type: t, identifiers: {urn: \"a:b::c\"}}\n")
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await bench.run("get", "s:t:urn:a:b::c").code == .done)
    }

    @Test(arguments: ["coolbikes:rider:email:nobody@example.com", "01ARZ3NDEKTSV4RRFFQ69G5FAV"])
    func whatIsNotThereIsAnError(selector: String) async throws {
        let run = try await bench().run("get", selector)
        #expect(run.code == .error)
        #expect(run.errors.contains(selector))
    }

    @Test func aUserWhoDoesNotExistIsAnError() async throws {
        let run = try await bench().run("get", "--user", "999", "--format", "json")
        #expect(run.code == .error)
        #expect(run.errors == "There is no user 999.\n")
        #expect(try run.document().list("profiles").isEmpty)
    }

    @Test(arguments: [["a:b"], ["a:b:c:"], [":b:c:d"], [], ["a:b:c:d", "--user", "1"]])
    func whatIsNoSelectorIsUsage(arguments: [String]) async throws {
        let run = try await Bench.local().run(["get"] + arguments)
        #expect(run.code == .usage)
        #expect(run.output.isEmpty)
    }

    @Test func anAddressIsSentToTheLedger() async throws {
        let run = try await Bench.local().run("get", "coolbikes/rider/jane")
        #expect(run.code == .usage)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("`profilectl ledger show` tells the profile id of an address"))
    }

    @Test func readingLeavesNothingBehind() async throws {
        let bench = try Bench.local()
        #expect(await bench.run("get", "coolbikes:rider:bike_id:77").code == .error)
        #expect(!bench.exists(".profilectl"))
    }
}

import Commands
import HTTPTypes
import ProfileModel
import ProfilesAPI
import Sandbox
import Synchronization
import Testing

/// One live profile that is odd, among others that are not.
@Suite struct UnreadableProfileTests {
    /// Three riders in an account; nothing of them is managed but the key and the tier.
    private struct Riders {
        let service: Service
        let bench: Bench
        var ids: [String: String] = [:]

        init(faults: [String] = []) async throws {
            service = try Service(faults: faults)
            bench = try Bench.staging(service, Self.manifest(tier: "silver"))
            let run = await bench.run("apply", "--auto-approve")
            #expect(run.code == .done, "\(run.all)")
            for entry in try await bench.run("ledger", "list", "--format", "json").document().list("entries") {
                let name = try #require(entry.text("address")?.split(separator: "/").last.map(String.init))
                ids[name] = entry.text("profile_id")
            }
        }

        static func manifest(tier: String, _ names: [String] = ["ann", "bob", "cleo"]) -> String {
            names.reduce("version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n") { text, name in
                text + "  \(name):\n    identifiers: {bike_id: bike-of-\(name)}\n    attributes: {tier: \(tier)}\n"
            }
        }

        /// From now on the account answers a GET of this rider so.
        func spoil(_ name: String, _ change: @escaping @Sendable (inout HTTPAnswer) -> Void) throws {
            let id = try #require(ids[name])
            let transport = service.transport
            bench.set { state in
                state.service = HTTPTransport { request, body throws(TransportFailure) in
                    var answer = try await transport.send(request, body)
                    let isOfRider = String(decoding: answer.body, as: UTF8.self).contains("\"\(id)\"")
                    if request.method == .get, isOfRider { change(&answer) }
                    return answer
                }
            }
        }

        /// The account answers as it should again.
        func heal() { bench.set { [service] in $0.service = service.transport } }

        func give(_ name: String, _ body: String) async throws {
            var request = HTTPRequest(
                method: .patch, scheme: "https", authority: Service.host,
                path: "/api/v2/user_profiles/\(try #require(ids[name]))")
            request.headerFields[.contentType] = "application/json"
            request.headerFields[.authorization] = "Bearer \(Service.token)"
            let answer = await service.sandbox.respond(to: request, body: Array(body.utf8))
            #expect(answer.head.status == .ok, "\(String(decoding: answer.body, as: UTF8.self))")
        }
    }

    private static let spoiled: [(name: String, change: @Sendable (inout HTTPAnswer) -> Void)] = [
        ("a list for attributes", { $0.replace(#""attributes":{"tier":"silver"}"#, #""attributes":["silver"]"#) }),
        ("no type", { $0.replace(#""type":"rider","#, "") }),
        ("cut off", { $0.body.removeLast(20) }),
        ("more after it", { $0.body += Array("{}".utf8) }),
        ("no JSON", { $0.body = Array("silver".utf8) }),
        ("a page", { $0.body = Array("<html>silver</html>".utf8) }),
        ("twice the id", { $0.replace(#"{"profile":{"#, #"{"profile":{"id":"silver","#) }),
        ("another id", { $0.replace("\"01", "\"02") }),
        ("a number for the name", { $0.replace(#""name":""#, #""name":7,"was":""#) }),
        ("no status of the API", { $0.head.status = .init(code: 206) }),
    ]

    @Test(arguments: spoiled.indices)
    func `The others are planned and applied`(index: Int) async throws {
        let (name, change) = Self.spoiled[index]
        let riders = try await Riders()
        try riders.bench.write(Riders.manifest(tier: "gold"), to: "profiles/riders.yaml")
        try riders.spoil("bob", change)
        let id = try #require(riders.ids["bob"])

        let plan = await riders.bench.run("plan")
        #expect(plan.code == .blocked, "\(name): \(plan.all)")
        #expect(plan.output.contains("coolbikes/rider/bob"), "\(name): \(plan.all)")
        #expect(plan.output.contains("the live profile \(id) cannot be read"), "\(name): \(plan.all)")
        #expect(plan.all.contains("PM511"), "\(name)")
        #expect(plan.output.contains("2 to update, 0 to create, 0 to delete, 1 blocked"), "\(name): \(plan.all)")

        let apply = await riders.bench.run("apply", "--auto-approve")
        #expect(apply.code == .blocked, "\(name): \(apply.all)")
        #expect(apply.output.contains("2 done"), "\(name): \(apply.all)")

        let document = try await riders.bench.run("plan", "--format", "json").document()
        let blocked = try #require(document.list("blocked").first)
        #expect(blocked.text("address") == "coolbikes/rider/bob")
        #expect(blocked.object("blocked_by").text("code") == "unreadable")
        #expect(blocked.object("blocked_by").object("unreadable").text("id") == id)
    }

    @Test(arguments: [["drift"], ["snapshot", "--out", "live.json"]])
    func `Other commands name it and exit with 4`(command: [String]) async throws {
        let riders = try await Riders()
        try riders.spoil("bob") { $0.body.removeLast(20) }
        let run = await riders.bench.run(command)
        #expect(run.code == .blocked, "\(run.all)")
        #expect(run.all.contains("read"))
        if command == ["drift"] {
            #expect(run.all.contains("coolbikes/rider/bob (\(try #require(riders.ids["bob"])))"))
        }
    }

    @Test func `get says so of the one that was asked for`() async throws {
        let riders = try await Riders()
        try riders.spoil("bob") { $0.body.removeLast(20) }
        let id = try #require(riders.ids["bob"])
        let run = await riders.bench.run("get", id)
        #expect(run.code == .error)
        #expect(
            run.errors.contains("error[PM511]: profile \(id) cannot be read: the answer ends too early"), "\(run.all)")
        #expect(await riders.bench.run("get", try #require(riders.ids["ann"])).code == .done)
    }

    @Test func `A snapshot keeps what could not be read`() async throws {
        let riders = try await Riders()
        try riders.spoil("bob") { $0.body.removeLast(20) }
        _ = await riders.bench.run("snapshot", "--out", "live.json")
        let plan = await riders.bench.run("plan", "--snapshot", "live.json")
        #expect(plan.code == .blocked, "\(plan.all)")
        #expect(plan.output.contains("cannot be read: the answer ends too early"), "\(plan.all)")
        let shown = await riders.bench.run("show", "live.json")
        #expect(shown.code == .done && shown.output.contains("cannot be read"), "\(shown.all)")
    }

    @Test func `A login page for all is one error`() async throws {
        let riders = try await Riders()
        riders.bench.set { state in
            state.service = answering(200, "text/html; charset=utf-8") { _ in "<html>Jane Smith</html>" }
        }
        for command in [["plan"], ["apply", "--auto-approve"], ["drift"], ["get", try #require(riders.ids["ann"])]] {
            let run = await riders.bench.run(command)
            #expect(run.code == .error, "\(command)")
            #expect(run.errors.contains("error[PM504]"), "\(command): \(run.all)")
            #expect(run.errors.contains("answered 200 with 23 bytes of text/html instead of JSON"), "\(run.all)")
            #expect(!run.all.contains("Jane"), "\(command)")
        }
    }

    @Test func `A lost answer to a write leaves the others alone`() async throws {
        let riders = try await Riders()
        try riders.bench.write(Riders.manifest(tier: "gold"), to: "profiles/riders.yaml")
        #expect(await riders.bench.run("plan", "--out", "saved.json").code == .done)
        try riders.spoil("bob") { $0.body.removeLast(20) }
        let run = await riders.bench.run("apply", "saved.json", "--auto-approve")
        #expect(run.code == .partlyApplied, "\(run.all)")
        #expect(run.output.contains("2 done, 1 failed"), "\(run.all)")
    }

    @Test func `What cannot be settled yet is settled by a later run`() async throws {
        let riders = try await Riders(faults: ["cut-after,method=PATCH,nth=1"])
        let both = "bike-of-bob}\n    attributes: {tier: silver}"
        let manifest = Riders.manifest(tier: "silver").replacing(both, with: both.replacing("silver", with: "gold"))
        try riders.bench.write(manifest, to: "profiles/riders.yaml")
        #expect(await riders.bench.run("plan", "--out", "saved.json").code == .done)
        // The look before the write is still readable, the one after it is not.
        let looks = Counter()
        try riders.spoil("bob") { answer in if looks.next() > 1 { answer.body.removeLast(20) } }
        let first = await riders.bench.run("apply", "saved.json", "--auto-approve")
        #expect(first.output.contains("1 unknown"), "\(first.all)")

        try riders.bench.write(manifest.replacing("silver", with: "platinum"), to: "profiles/riders.yaml")
        let second = await riders.bench.run("apply", "--auto-approve")
        #expect(second.code == .blocked, "\(second.all)")
        #expect(second.all.contains("cannot be read; the next apply looks again"), "\(second.all)")
        #expect(second.output.contains("2 done"), "\(second.all)")

        riders.heal()
        let third = await riders.bench.run("apply", "--auto-approve")
        #expect(third.code == .done, "\(third.all)")
        #expect(third.all.contains("its call had its effect"), "\(third.all)")
    }

    @Test func `A rollback goes back with the profiles that can be read`() async throws {
        let riders = try await Riders()
        try riders.bench.write(Riders.manifest(tier: "gold"), to: "profiles/riders.yaml")
        let apply = await riders.bench.run("apply", "--auto-approve", "--format", "json")
        let run = try #require(try apply.events().compactMap { $0.text("run") }.first, "\(apply.all)")
        try riders.spoil("bob") { $0.body.removeLast(20) }
        let back = await riders.bench.run("rollback", run, "--auto-approve")
        #expect(back.code == .blocked, "\(back.all)")
        #expect(back.output.contains("2 done"), "\(back.all)")
        #expect(back.output.contains("cannot be read: the answer ends too early"), "\(back.all)")
        let tiers = riders.service.sandbox.world().profiles.map { $0.attributes["tier"] }
        #expect(tiers.filter { $0 == "silver" }.count == 2 && tiers.filter { $0 == "gold" }.count == 1)
    }

    @Test func `get shows the other profiles of the user`() async throws {
        let riders = try await Riders()
        let user = try #require(riders.service.sandbox.world().profiles.first { $0.id == riders.ids["bob"] }?.userID)
        try riders.spoil("bob") { $0.replace(#"{"profiles":["#, #"{"profiles":[{"id":"01ODD","name":"Jane"},"#) }
        for format in ["text", "json"] {
            let run = await riders.bench.run("get", "--user", user, "--format", format)
            #expect(run.code == .error, "\(run.all)")
            #expect(run.output.contains(try #require(riders.ids["bob"])), "\(run.all)")
            #expect(run.errors.contains("profile 01ODD cannot be read: 'source' is missing"), "\(run.all)")
            #expect(run.output.contains("01ODD") == (format == "json"))
            #expect(!run.all.contains("Jane"))
        }
    }

    @Test func `A page for one profile is not a page for all`() async throws {
        let riders = try await Riders()
        let id = try #require(riders.ids["bob"])
        let transport = riders.service.transport
        riders.bench.set { state in
            state.service = HTTPTransport { request, body throws(TransportFailure) in
                guard request.path?.contains(id) != true else {
                    var head = HTTPResponse(status: .notFound)
                    head.headerFields[.contentType] = "text/html"
                    return HTTPAnswer(head: head, body: Array("<p>Jane</p>".utf8))
                }
                return try await transport.send(request, body)
            }
        }
        let run = await riders.bench.run("plan")
        #expect(run.code == .blocked, "\(run.all)")
        #expect(run.output.contains("the live profile \(id) cannot be read: the answer is not JSON"), "\(run.all)")
        #expect(run.output.contains("2 unchanged"), "\(run.all)")
    }

    @Test func `A damaged value is shown, patched around, and not put back`() async throws {
        let riders = try await Riders()
        try await riders.give("bob", #"{"profile":{"attributes":{"bio":"half of it"}}}"#)
        try riders.spoil("bob") { $0.replace("half of it", #"half \ud83d"#) }
        let id = try #require(riders.ids["bob"])
        let got = await riders.bench.run("get", id, "--format", "json")
        let profile = try #require(try got.document().list("profiles").first)
        #expect(profile.object("attributes").text("bio") == "half \u{FFFD}")
        #expect(profile.list("not_reproducible").first?.text("flaw") == "lone_surrogate")
        #expect(await riders.bench.run("plan").code == .done)

        try riders.bench.write(Riders.manifest(tier: "gold"), to: "profiles/riders.yaml")
        let patch = await riders.bench.run("apply", "--auto-approve")
        #expect(patch.code == .done, "\(patch.all)")
        #expect(riders.service.sandbox.world().profiles.allSatisfy { $0.attributes["tier"] == "gold" })
        #expect(await riders.bench.run("plan", "--detailed-exitcode").code == .done)

        // What we applied goes away, and that takes a PUT of the whole profile.
        let manifest = Riders.manifest(tier: "gold").replacing("    attributes: {tier: gold}\n", with: "")
        try riders.bench.write(manifest, to: "profiles/riders.yaml")
        let put = await riders.bench.run("apply", "--auto-approve")
        #expect(put.code == .blocked, "\(put.all)")
        #expect(put.output.contains("the call would send attributes.bio back damaged"), "\(put.all)")
        #expect(put.output.contains("2 done"), "\(put.all)")
        let puts = riders.service.requests.filter { $0.method == .put }.compactMap(\.path)
        #expect(!puts.contains { $0.contains(id) })
    }

    @Test func `A rollback does not write a damaged value`() async throws {
        let riders = try await Riders()
        try await riders.give("bob", #"{"profile":{"attributes":{"tier":"half of it"}}}"#)
        try riders.spoil("bob") { $0.replace("half of it", #"half \ud83d"#) }
        let apply = await riders.bench.run("apply", "--auto-approve", "--format", "json")
        #expect(apply.code == .done, "\(apply.all)")
        let run = try #require(try apply.events().compactMap { $0.text("run") }.first, "\(apply.all)")
        let back = await riders.bench.run("rollback", run, "--auto-approve")
        #expect(back.code == .blocked, "\(back.all)")
        #expect(back.output.contains("the call would send attributes.tier back damaged"), "\(back.all)")
        let bob = riders.service.sandbox.world().profiles.first { $0.id == riders.ids["bob"] }
        #expect(bob?.attributes["tier"] == "silver")
    }

    /// Whatever becomes of an answer on its way, nobody reads its values in an output.
    @Test(arguments: UInt64(1)...16)
    func `No byte of a spoiled answer is shown`(seed: UInt64) async throws {
        let canary = "Qx7-canary-of-a-customer"
        let riders = try await Riders()
        try await riders.give("bob", #"{"profile":{"name":"\#(canary)","attributes":{"bio":"\#(canary)"}}}"#)
        try riders.bench.write(Riders.manifest(tier: "gold"), to: "profiles/riders.yaml")
        try riders.spoil("bob") { answer in
            var random = SplitMix(state: seed)
            answer.spoil(&random)
        }
        let id = try #require(riders.ids["bob"])
        for command in [
            ["plan"], ["plan", "--detail", "full"], ["plan", "--format", "json"], ["drift"],
            ["drift", "--format", "json"],
            ["get", id], ["get", id, "--format", "json"], ["snapshot", "--out", "live.json"],
            ["apply", "--auto-approve", "--format", "json"], ["apply", "--auto-approve"], ["show", "runs"],
        ] {
            let run = await riders.bench.run(command + (command.first == "show" ? [] : ["--redact", "always"]))
            #expect(!run.all.contains("canary"), "seed \(seed): \(command): \(run.all)")
        }
        // Without redaction the values of a profile that was read may be seen, in the full form only.
        for command in [["plan"], ["drift"], ["apply", "--auto-approve"]] {
            let run = await riders.bench.run(command + ["--redact", "never"])
            #expect(!run.all.contains("canary"), "seed \(seed): \(command): \(run.all)")
        }
    }
}

extension HTTPAnswer {
    fileprivate mutating func replace(_ old: String, _ new: String) {
        body = body.replacing(Array(old.utf8), with: Array(new.utf8))
    }

    /// Cut, changed, or answered with another status.
    fileprivate mutating func spoil(_ random: inout SplitMix) {
        let place = Int(random.next() % UInt64(max(1, body.count)))
        switch random.next() % 6 {
        case 0: body.removeLast(body.count - place)
        case 1: body.removeFirst(place)
        case 2: body[place] = UInt8(truncatingIfNeeded: random.next())
        case 3: body.removeSubrange(place..<min(body.count, place + 1 + Int(random.next() % 5)))
        case 4: body.insert(contentsOf: [0x22, 0x7D, 0x5D, 0xFF, 0x00].shuffled(using: &random).prefix(2), at: place)
        default:
            head.status = .init(code: [400, 404, 409, 422, 302, 418][Int(random.next() % 6)])
            if random.next() % 2 == 0 { head.headerFields[.contentType] = "text/plain" }
        }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

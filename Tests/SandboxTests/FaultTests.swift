import HTTPTypes
import ProfileModel
import Testing

@testable import Sandbox

@Suite struct FaultTests {
    @Test func `Bytes of an answer are replaced, in every rule's turn`() async throws {
        var configuration = SandboxConfiguration()
        configuration.faults = [
            try SandboxFault(rule: "replace=@cut@=\\ud83d"), try SandboxFault(rule: "replace=%2C%3D=%FF,method=GET"),
        ]
        let sandbox = try Sandbox(configuration: configuration, now: { Timestamp(seconds: 0) }, sleep: { _ in })
        var put = HTTPRequest(
            method: .put, scheme: "http", authority: "localhost", path: "/api/v2/user_profiles?identifier=s:t:x:1")
        put.headerFields[.contentType] = "application/json"
        let body = #"{"profile":{"identifiers":[{"type":"x","value":"1"}],"name":"a@cut@,=b"}}"#
        let made = await sandbox.respond(to: put, body: Array(body.utf8))
        #expect(String(decoding: made.body, as: UTF8.self).contains(#""name":"a\ud83d,=b""#))
        let get = HTTPRequest(
            method: .get, scheme: "http", authority: "localhost", path: "/api/v2/user_profiles?identifier=s:t:x:1")
        let read = await sandbox.respond(to: get)
        #expect(read.body.contains(0xFF) && !read.body.contains(UInt8(ascii: "@")))
    }

    @Test(arguments: ["replace=", "replace=a", "replace==b", "replace=a=b=c", "replace=%4=b", "replace=a=%zz"])
    func `A replacement needs two texts`(rule: String) {
        #expect(throws: SandboxFailure.self) { try SandboxFault(rule: rule) }
    }

    let target = "/api/v2/user_profiles?identifier=s:t:m:1"

    func effect(_ rule: String) async throws -> (answer: Answer, tookEffect: Bool) {
        let desk = try Desk(faults: [rule])
        let answer = await desk.put(target, body("m=1"))
        return (answer, !desk.sandbox.world().profiles.isEmpty)
    }

    @Test func aStatusBeforeTheWrite() async throws {
        let (answer, tookEffect) = try await effect("503,retry-after=7")
        #expect(answer.status == 503)
        #expect(answer.code == "InjectedFault")
        #expect(answer.header("Retry-After") == "7")
        #expect(!tookEffect)
    }

    @Test func aStatusAfterTheWrite() async throws {
        let (answer, tookEffect) = try await effect("500-after")
        #expect(answer.status == 500)
        #expect(tookEffect)
    }

    @Test func cuttingTheConnection() async throws {
        let before = try await effect("cut-before")
        #expect(before.answer.answer.behaviour == .cutBefore)
        #expect(!before.tookEffect)
        let after = try await effect("cut-after")
        #expect(after.answer.answer.behaviour == .cutAfter)
        #expect(after.tookEffect)
    }

    @Test func spoilingTheBody() async throws {
        let truncated = try await effect("truncated")
        #expect(truncated.answer.answer.behaviour == .truncated(sending: truncated.answer.answer.body.count / 2))
        #expect(truncated.tookEffect)
        let html = try await effect("html")
        #expect(html.answer.status == 200)
        #expect(html.answer.header("Content-Type") == "text/html; charset=utf-8")
        #expect(html.answer.text.hasPrefix("<!DOCTYPE html>"))
        #expect(html.tookEffect)
        let length = try await effect("wrong-length")
        let announced = length.answer.answer.body.count + 100
        #expect(length.answer.answer.behaviour == .misstatedLength(announced: announced))
        #expect(length.answer.header("Content-Length") == String(announced))
    }

    @Test func jsonOfAnotherShape() async throws {
        for shape in SandboxFault.WrongShape.allCases {
            let (answer, tookEffect) = try await effect("wrong-type=\(shape.rawValue)")
            #expect(answer.status == 201)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            #expect(answer.header("Content-Length") == String(answer.answer.body.count))
            #expect(!answer.text.contains("\"m\""), "\(shape)")
            #expect(tookEffect)
        }
    }

    @Test func aSlowBodyIsWholeAndTookEffect() async throws {
        let (answer, tookEffect) = try await effect("slow=10s")
        #expect(answer.answer.behaviour == .slow(over: .seconds(10)))
        #expect(answer.status == 201)
        #expect(tookEffect)
    }

    @Test(arguments: [
        ("503,nth=2", [2]), ("503,every=3", [3, 6]), ("503,first=2", [1, 2]), ("503", [1, 2, 3, 4, 5, 6]),
        ("503,method=put", []), ("503,path=/users/", []), ("503,method=GET,path=profiles/X,nth=6", [6]),
    ])
    func strikesWhenItShould(rule: String, struck: [Int]) async throws {
        let desk = try Desk(faults: [rule])
        var result: [Int] = []
        for n in 1...6 where await desk.get("/api/v2/user_profiles/X").status == 503 { result.append(n) }
        #expect(result == struck)
    }

    @Test func countsOnlyWhatMatches() async throws {
        let desk = try Desk(faults: ["503,method=PUT,nth=2"])
        for _ in 0..<3 { _ = await desk.get(target) }
        #expect(await desk.put(target, body("m=1")).status == 201)
        _ = await desk.get(target)
        #expect(await desk.put(target, body("m=1")).status == 503)
        #expect(await desk.put(target, body("m=1")).status == 200)
    }

    @Test func drawsRepeatWithTheSeed() {
        func draws(_ seed: UInt64) -> [Bool] {
            var draws = FaultDraws([SandboxFault(.cutAfter, .rate(0.3))], seed: seed)
            return (0..<200).map { _ in draws.draw(method: "GET", path: "/").kind != nil }
        }
        #expect(draws(1) == draws(1))
        #expect(draws(1) != draws(2))
        #expect((30...90).contains(draws(1).count(where: \.self)))
    }

    @Test func theFirstRuleThatStrikesWinsAndDelaysAddUp() {
        var draws = FaultDraws(
            [
                SandboxFault(.delay(.seconds(1))), SandboxFault(.html, .nth(2)), SandboxFault(.cutAfter),
                SandboxFault(.delay(.seconds(2))),
            ], seed: 1)
        #expect(draws.draw(method: "GET", path: "/") == .init(kind: .cutAfter, delay: .seconds(3)))
        #expect(draws.draw(method: "GET", path: "/") == .init(kind: .html, delay: .seconds(3)))
    }

    @Test(arguments: [
        ("503,every=10", SandboxFault(.status(503, afterWrite: false, retryAfter: nil), .every(10))),
        (
            "500-after,nth=3,method=put",
            SandboxFault(.status(500, afterWrite: true, retryAfter: nil), .nth(3), method: "PUT")
        ),
        ("429,retry-after=2,first=1", SandboxFault(.status(429, afterWrite: false, retryAfter: 2), .first(1))),
        ("cut-after,rate=0.05,path=/user_profiles", SandboxFault(.cutAfter, .rate(0.05), path: "/user_profiles")),
        ("delay=50ms", SandboxFault(.delay(.milliseconds(50)))), ("delay=1.5s", SandboxFault(.delay(.seconds(1.5)))),
    ])
    func rulesAreRead(rule: String, fault: SandboxFault) throws {
        #expect(try SandboxFault(rule: rule) == fault)
    }

    @Test(arguments: [
        "", "99", "600", "503-before", "cut", "503,", "503,nth=0", "503,nth", "503,rate=2", "html,retry-after=1",
        "delay", "delay=5", "delay=-1s", "503,colour=red", "503,every=x",
        "503,nth=1,every=2", "503,method=FETCH", "503,path=/a,path=/b",
    ])
    func badRulesAreRefused(rule: String) {
        #expect(throws: SandboxFailure.self) { try SandboxFault(rule: rule) }
    }

    @Test func latencyIsWaitedBeforeTheEffect() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Duration.self)
        var configuration = SandboxConfiguration(latency: .milliseconds(20))
        configuration.faults = [try SandboxFault(rule: "delay=1s")]
        let sandbox = try Sandbox(configuration: configuration, now: TestClock().now) { continuation.yield($0) }
        _ = await sandbox.respond(to: .init(method: .get, scheme: nil, authority: nil, path: "/x"))
        continuation.finish()
        var waits: [Duration] = []
        for await wait in stream { waits.append(wait) }
        #expect(waits == [.milliseconds(1020)])
    }
}

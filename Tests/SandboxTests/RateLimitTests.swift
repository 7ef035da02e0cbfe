import ProfileModel
import Testing

@testable import Sandbox

/// Api notes, section 4.
@Suite struct RateLimitTests {
    let target = "/api/v2/user_profiles/X"

    @Test func everyAnswerTellsWhereItStands() async throws {
        let desk = try Desk(rateLimit: SandboxRateLimit(perMinute: 2))
        for remaining in ["1", "0"] {
            let answer = await desk.get(target)
            #expect(answer.status == 404)
            #expect(answer.header("X-Rate-Limit") == "2")
            #expect(answer.header("X-Rate-Limit-Remaining") == remaining)
            #expect(answer.header("ratelimit-limit") == "2")
            #expect(answer.header("ratelimit-remaining") == remaining)
            #expect(answer.header("ratelimit-reset") == "60")
        }
        let route = await desk.get("/nowhere")
        #expect(route.header("X-Rate-Limit-Remaining") == "0")
    }

    @Test func theThirdOfTwoHasToWait() async throws {
        let desk = try Desk(rateLimit: SandboxRateLimit(perMinute: 2))
        _ = await desk.get(target)
        desk.clock.advance(20)
        _ = await desk.get(target)
        let answer = await desk.get(target)
        #expect(answer.status == 429)
        #expect(answer.code == "TooManyRequests")
        #expect(answer.header("Retry-After") == "40")
        desk.clock.advance(39)
        #expect(await desk.get(target).header("Retry-After") == "1")
        desk.clock.advance(1)
        #expect(await desk.get(target).status == 404)
    }

    @Test func aBucketFillsSteadily() async throws {
        let desk = try Desk(rateLimit: SandboxRateLimit(perMinute: 6, form: .bucket(burst: 2)))
        for _ in 0..<2 { #expect(await desk.get(target).status == 404) }
        let answer = await desk.get(target)
        #expect(answer.status == 429)
        #expect(answer.header("Retry-After") == "10")
        desk.clock.advance(10)
        #expect(await desk.get(target).status == 404)
        #expect(await desk.get(target).status == 429)
        desk.clock.advance(600)
        for _ in 0..<2 { #expect(await desk.get(target).status == 404) }
        #expect(await desk.get(target).status == 429)
    }

    @Test func withoutALimitThereAreNoHeaders() async throws {
        #expect(try await Desk().get(target).header("X-Rate-Limit") == nil)
    }

    @Test func aClockThatGoesBackDoesNotLockOut() {
        var meter = RateMeter(SandboxRateLimit(perMinute: 1))
        #expect(meter.take(at: Timestamp(seconds: 1000), counts: true).isAllowed)
        #expect(!meter.take(at: Timestamp(seconds: 1000), counts: true).isAllowed)
        #expect(meter.take(at: Timestamp(seconds: 10), counts: true).isAllowed)
    }
}

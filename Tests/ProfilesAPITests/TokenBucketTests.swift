import HTTPTypes
import ProfileModel
import Testing

@testable import ProfilesAPI

@Suite struct TokenBucketTests {
    /// Takes as soon as it may, until the moment given; when each token was taken.
    private func takeAll(_ bucket: inout TokenBucket, from start: Double, until end: Double) -> [Double] {
        var now = start
        var taken: [Double] = []
        while now < end {
            switch bucket.take(at: now) {
            case .now: taken.append(now)
            case .paced(let seconds), .held(let seconds): now += max(seconds, 1e-6)
            }
        }
        return taken
    }

    @Test func neverTakesMoreInAMinuteThanItsShare() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix(state: seed)
        for _ in 0..<50 {
            let perMinute = Double(Int.random(in: 1...1000, using: &random))
            let share = Double.random(in: 0.05...1, using: &random)
            var bucket = TokenBucket(perMinute: perMinute, share: share, at: 0)
            let taken = takeAll(&bucket, from: 0, until: 300)
            let most = Int((perMinute * share).rounded(.down))
            let isWithin = zip(taken, taken.dropFirst(max(most, 1))).allSatisfy { $1 - $0 > 60 - 1e-3 }
            #expect(isWithin, "seed \(seed): \(perMinute) × \(share)")
            #expect(Double(taken.count) >= 5 * Double(most) * 0.9 - 1, "seed \(seed): \(perMinute) × \(share)")
        }
    }

    @Test func spacesRequestsEvenly() {
        var bucket = TokenBucket(perMinute: 60, share: 0.5, at: 0)
        #expect(bucket.take(at: 0) == .now)
        #expect(bucket.take(at: 0) == .paced(2))
        #expect(bucket.take(at: 1) == .paced(1))
        #expect(bucket.take(at: 2) == .now)
    }

    @Test func holdsUntilTheDeadlineAndThenLetsNoBurstThrough() {
        var bucket = TokenBucket(perMinute: 600, at: 0)
        bucket.hold(until: 93)
        #expect(bucket.take(at: 0) == .held(93))
        #expect(bucket.take(at: 92) == .held(1))
        bucket.hold(until: 50)
        #expect(bucket.take(at: 92) == .held(1))
        let taken = takeAll(&bucket, from: 93, until: 94)
        #expect((8...10).contains(taken.count))
        #expect(taken.allSatisfy { $0 > 93 })
    }

    @Test func slowsDownToALowerLimitOfTheService() {
        var bucket = TokenBucket(perMinute: 700, share: 0.5, at: 0)
        bucket.learn(limit: 250, at: 0)
        #expect(bucket.budget == 125)
        bucket.learn(limit: 2500, at: 0)
        #expect(bucket.budget == 350)
        bucket.learn(limit: 0, at: 0)
        #expect(bucket.budget == 350)
    }

    @Test(
        arguments: [
            (["X-Rate-Limit": "700", "X-Rate-Limit-Remaining": "699"], RateHeaders(limit: 700, remaining: 699)),
            (["x-rate-limit": "700"], RateHeaders(limit: 700)),
            (
                ["ratelimit-limit": "100", "RateLimit-Remaining": "0", "ratelimit-reset": "41"],
                RateHeaders(limit: 100, remaining: 0, reset: 41)
            ),
            (["ratelimit-limit": "100, 100;w=60"], RateHeaders(limit: 100)),
            (["ratelimit-remaining": "0", "ratelimit-reset": "1800000041"], RateHeaders(remaining: 0, reset: 41)),
            (
                ["ratelimit-reset": "784111787", "date": "Sun, 06 Nov 1994 08:49:37 GMT"], RateHeaders()
            ),
            (
                ["ratelimit-reset": "1800000041", "date": "Fri, 15 Jan 2027 08:00:01 GMT"], RateHeaders(reset: 40)
            ),
            (["ratelimit-reset": "100"], RateHeaders()), (["ratelimit-reset": "-1"], RateHeaders()),
            (["x-rate-limit": "99999999999", "x-rate-limit-remaining": "1e9"], RateHeaders(remaining: 1)),
            (["x-rate-limit": "many", "x-rate-limit-remaining": "-3"], RateHeaders()),
            ([:], RateHeaders()),
        ])
    func readsTheHeadersInAnyCase(_ headers: [String: String], _ expected: RateHeaders) {
        let found = RateHeaders(HTTPAnswer(200, "", headers), date: { Timestamp(seconds: 1_800_000_000) })
        #expect(found == expected)
    }
}

/// A generator that a printed seed brings back.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

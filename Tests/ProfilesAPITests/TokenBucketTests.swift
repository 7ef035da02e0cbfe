import HTTPTypes
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
        bucket.learn(RateHeaders(limit: 250), at: 0)
        #expect(bucket.budget == 125)
        bucket.learn(RateHeaders(limit: 2500), at: 0)
        #expect(bucket.budget == 350)
        bucket.learn(RateHeaders(), at: 0)
        #expect(bucket.budget == 350)
    }

    @Test func believesWhatRemains() {
        var bucket = TokenBucket(perMinute: 600, at: 0)
        bucket.learn(RateHeaders(remaining: 1), at: 0)
        #expect(bucket.take(at: 0) == .now)
        #expect(bucket.take(at: 0) != .now)
        bucket.learn(RateHeaders(limit: 600, remaining: 0, reset: 20), at: 1)
        #expect(bucket.take(at: 1) == .held(20))
    }

    @Test func unlimitedStopsOnlyWhenTold() {
        var bucket = TokenBucket.unlimited
        for _ in 0..<1000 { #expect(bucket.take(at: 0) == .now) }
        bucket.learn(RateHeaders(limit: 1, remaining: 0, reset: 60), at: 0)
        #expect(bucket.take(at: 0) == .now)
        bucket.hold(until: 5)
        #expect(bucket.take(at: 0) == .held(5))
        #expect(bucket.take(at: 5) == .now)
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
            (["x-rate-limit": "many", "x-rate-limit-remaining": "-3"], RateHeaders()),
            ([:], RateHeaders()),
        ])
    func readsTheHeadersInAnyCase(_ headers: [String: String], _ expected: RateHeaders) {
        #expect(RateHeaders(HTTPAnswer(200, "", headers).head.headerFields) == expected)
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

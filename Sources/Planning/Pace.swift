/// How fast the account lets us call, and which part of that is ours.
package struct Pace: Sendable, Hashable {
    package var perMinute: Int
    /// Above 0 and at most 1.
    package var share: Double

    package init(perMinute: Int, share: Double) {
        self.perMinute = perMinute
        self.share = share
    }
}

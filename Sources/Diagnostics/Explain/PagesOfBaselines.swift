/// PM22x: the drift baseline.
extension ExplainPage {
    static let badDriftField = ExplainPage(
        title: "Not a field whose drift can be accepted",
        meaning: """
            An entry of the drift baseline names one field of one profile: `name`, `identifiers.TYPE`, \
            `attributes.KEY` with more dots for what is deeper, or `profile` for one that is gone. A dot in a key is \
            written `\\.`.
            """,
        example: .situation("`{address: coolbikes/rider/jane-smith, field: tier, …}`"),
        fix: "Write the field as `profilectl drift --format json` shows it, here `attributes.tier`.")

    static let badDate = ExplainPage(
        title: "Not a day of the calendar",
        meaning: """
            Drift is accepted until a day that is written as year, month and day. Without an end it would be \
            forgotten; on the day after, it counts as drift again.
            """,
        example: .situation("`expires: 31.01.2027`, or `expires: 2027-02-30`."),
        fix: "Write `expires: 2027-01-31`. The day itself still counts, in UTC.")

    static let acceptedTwice = ExplainPage(
        title: "A field's drift is accepted twice",
        meaning: "Two entries of the drift baseline are about one field of one profile, and could say two things.",
        example: .situation("Two entries with `address: coolbikes/rider/jane-smith` and `field: attributes.tier`."),
        fix: "Keep the entry that is right. For identifiers a list as `value` names several.")
}

/// PM344 and PM345: values that the service does not keep as they are sent.
extension ExplainPage {
    static let keptOtherwise = ExplainPage(
        title: "The service keeps another value than was sent",
        meaning: """
            The value was sent, and the service answered the same write with another value. Sending it again would \
            change nothing, so the plan does not. The live profile is not as the manifest says.
            """,
        example: .situation(
            "`tier: gold` was sent, and the service answered `tier: silver`, because an automation sets the field."),
        fix: """
            Write the value that `profilectl get` shows, or take the field out of the manifest. To send the value again, \
            change it in the manifest and apply.
            """)

    static let differsAgain = ExplainPage(
        title: "A field differs as it did before the last apply",
        meaning: """
            The last apply put this field back to the value of the manifest. Now it holds the same other value as before. \
            Something writes it after each apply, or the service does not keep what is sent and does not say so.
            """,
        example: .situation(
            "Each plan shows `attributes.tier \"silver\" → \"gold\"` with the cause \"changed outside\"."),
        fix: """
            Find out what writes the field, and let only one of the two have it: take it out of the manifest, or add it \
            to `lifecycle.ignore_changes`.
            """)
}

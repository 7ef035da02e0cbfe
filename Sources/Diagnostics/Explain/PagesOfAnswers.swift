/// PM511 and PM512: live profiles that cannot be read, or not be written as they are.
extension ExplainPage {
    static let unreadableProfile = ExplainPage(
        title: "A live profile cannot be read",
        meaning: """
            The service answered, and the answer is not a profile as the API describes it: it is cut off, is not JSON, \
            or lacks a field. Only this profile is blocked, and whoever would take an identifier whose owner cannot be \
            told; the others are planned and applied. Nothing of the answer is shown or kept, for it may hold personal \
            values.
            """,
        example: .situation("The answer for one profile has a list where `attributes` should be."),
        fix: """
            Run the command again. If it stays so, read the profile by its id with the account's own tools and correct \
            it, or ask the service's support. `profilectl ledger forget ADDRESS` takes it out of the ledger.
            """)

    static let notReproducible = ExplainPage(
        title: "A live value cannot be sent back",
        meaning: """
            A field of the live profile holds half of a UTF-16 pair, bytes that are not UTF-8, a key more than once, or \
            a value nested very deep. It is shown with U+FFFD where it has no characters. A call that writes the field \
            back would change it, so that call is blocked. Calls that leave the field alone and deletes go on.
            """,
        example: .situation(
            "Another program cut the text of `attributes.bio` in the middle of an emoji, and a manifest removes an identifier, which takes a PUT of the whole profile."
        ),
        fix: """
            Give the field a value in the manifest: then this value is written, and not the damaged one. Or correct the \
            live profile with the program that wrote it. A rollback to such a value is not possible.
            """)
}

/// PM115 to PM127: what a single profile can get wrong.
extension ExplainPage {
    static let tooManyProfilesForUser = ExplainPage(
        title: "A user has too many profiles",
        meaning: """
            A user has at most 20 profiles over all sources. Only the profiles that name the user by `user_id` are \
            counted here; `plan` counts the live ones too.
            """,
        example: .situation("21 profiles with `user_id: \"123456\"`."),
        fix: "Join profiles of one source and type into one; a person needs one of each.")

    static let noIdentifier = ExplainPage(
        title: "A profile has no identifier",
        meaning: "Without an identifier a profile can be neither found nor created.",
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {name: Jane Smith}
            """),
        fix: "Write at least one: `identifiers: {external_id: \"1042\"}`.")

    static let unknownKeyIdentifier = ExplainPage(
        title: "The key identifier is not there",
        meaning: """
            `key` names the type of the identifier by which a profile is looked up while its id is not known. The \
            profile has none of that type. A `key` under `defaults` serves the profiles that have it, and must serve \
            at least one.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {key: external_id, identifiers: {email: jane@example.com}}
            """),
        fix: "Name a type that the profile has, or leave `key` out: the first identifier written is taken.")

    static let nonStringAttribute = ExplainPage(
        title: "An attribute is not a text",
        meaning: """
            The service documents all values of a profile as texts. What it makes of numbers, lists and the like is \
            not known, so they are sent as written, with a warning. `attributes: strict_strings` in the workspace \
            file makes it an error.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {external_id: "1"}, attributes: {height: 103}}
            """),
        fix: "Put the value in quotes: `height: \"103\"`.")

    static let missingVariable = ExplainPage(
        title: "A variable has no value",
        meaning: """
            `${env:NAME}` takes a value from the process environment, `${var:NAME}` from the `vars` of the chosen \
            environment. This one is not set, and an empty text in its place could name another person.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {email: "jane@${var:mail_domain}"}}
            """),
        fix: "Set it, or give a default: `${var:mail_domain:-example.com}`.")

    static let badSubstitution = ExplainPage(
        title: "An expression with ${ is not complete",
        meaning: """
            The forms are `${env:NAME}`, `${var:NAME}`, and either with `:-default` before the brace. They stand in \
            values, never in keys, and a default holds no other expression.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {name: "${NAME}", identifiers: {external_id: "1"}}
            """),
        fix: "Correct it. A literal `${` is written `$${`.")

    static let badProfileName = ExplainPage(
        title: "The name of a profile cannot be used",
        meaning: """
            The key under `profiles:` becomes the last part of the address, which is printed in every plan and log: \
            it is not empty, has no slash or control characters, and should not be personal data. What looks like an \
            e-mail address gets a warning.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane@example.com: {identifiers: {email: jane@example.com}}
            """),
        fix: """
            Take a short name such as `jane-smith`. For a profile that was applied already, add \
            `moved: [{from: OLD, to: NEW}]`.
            """)

    static let badUserID = ExplainPage(
        title: "A user_id is not a number",
        meaning:
            "`user_id` is the number of a user of the service, in decimal digits. It is not an e-mail address or a name.",
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {user_id: jane, identifiers: {external_id: "1"}}
            """),
        fix: "Write the digits, or leave `user_id` out: the service then finds the user by the standard identifiers.")

    static let emptyValue = ExplainPage(
        title: "A value is empty",
        meaning: """
            Something was begun and not written. In YAML a key without a value, `~` and `null` all mean "nothing"; \
            whether that was meant cannot be told.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {external_id: }}
            """),
        fix: """
            Write the value, or leave the key out. The words `null` and `~` as a text need quotes; an empty mapping \
            is `{}`.
            """)

    static let missingSourceOrType = ExplainPage(
        title: "A profile has no source or no type",
        meaning:
            "Source and type are part of a profile's identity; neither the profile nor the `defaults` of its document has one.",
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes}
            profiles:
              jane: {identifiers: {external_id: "1"}}
            """),
        fix: """
            Write it in the profile, or once under `defaults`. Defaults are for one document: after `---` they begin \
            anew.
            """)

    static let badIgnoreChanges = ExplainPage(
        title: "A field whose changes cannot be ignored",
        meaning: """
            `ignore_changes` names what is left alone once the profile exists: `name`, `identifiers`, `attributes`, \
            or one attribute with a dot, deeper with more dots.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane:
                identifiers: {external_id: "1"}
                lifecycle: {ignore_changes: [last_seen]}
            """),
        fix: "Write `attributes.last_seen`. A dot inside a key is written `\\.`. Source and type never change.")

    static let duplicateIdentifier = ExplainPage(
        title: "An identifier is written twice in a profile",
        meaning: """
            The profile has the same identifier twice, perhaps in two spellings: email, twitter and external_id are \
            compared without case, and google as email.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {email: [jane@example.com, Jane@example.com]}}
            """),
        fix: "Remove one of the two.")
}

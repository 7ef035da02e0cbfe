/// PM101 to PM114: the first manifest rules; the others follow in `PagesOfProfiles`.
extension ExplainPage {
    static let unknownKey = ExplainPage(
        title: "A key is not known",
        meaning: """
            The mapping has a key that means nothing here. Keys are never skipped: a slip in `identifiers` would \
            otherwise change what is wanted without a word.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifier: {external_id: "1"}}
            """),
        fix: """
            Correct the key; the message names the nearest one and lists all. Free keys for anchors may stand at the \
            top of a manifest when they begin with `x-`.
            """)

    static let wrongShape = ExplainPage(
        title: "A value has the wrong form",
        meaning: "A list stands where a mapping is needed, a text where true or false is needed, and the like.",
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane:
                identifiers: {external_id: "1"}
                lifecycle: {prevent_destroy: "yes"}
            """),
        fix: """
            Write the value in the form that the message names. In YAML 1.2 only `true` and `false` are truth \
            values, without quotes. What `${…}` puts in is always a text.
            """)

    static let missingValue = ExplainPage(
        title: "Something that must be written is missing",
        meaning:
            "A key that has no default is absent, such as the `version` of a document or the `value` of an identifier.",
        example: .manifest(
            """
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            """),
        fix: "Add the key. Every document of a manifest, and the workspace file, begins with `version: 1`.")

    static let unsupportedVersion = ExplainPage(
        title: "The form of the file is not known",
        meaning: "`version` says which form a file is written in. This profilectl does not know the one given.",
        example: .manifest("version: 2\nprofiles: {}\n"),
        fix: "Write `version: 1`, or use the profilectl that the file was written for.")

    static let noManifestMatched = ExplainPage(
        title: "No manifest was found",
        meaning: """
            The paths given, or `manifests` in the workspace file, match no file. That is an error and never means \
            "no profile is wanted", which would delete everything.
            """,
        example: .situation("`manifests: [profile]` in `profilectl.yaml`, where the directory is called `profiles`."),
        fix: """
            Check the names; they are relative to the workspace. A directory stands for the `.yaml`, `.yml` and `.json` files \
            in and below it, hidden ones left out.
            """)

    static let emptyDesiredState = ExplainPage(
        title: "The manifests describe no profile",
        meaning: "Manifests were read, but none has a profile. Applied, that would delete every managed profile.",
        example: .manifest("version: 1\nprofiles: {}\n"),
        fix: "Write profiles under `profiles:`. To delete the last ones on purpose, use `--allow-delete-all`.")

    static let addressClash = ExplainPage(
        title: "An address is used twice",
        meaning: """
            A profile is called by its address, `source/type/name`, in plans and in the ledger. Two profiles of the \
            workspace have the same one.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles: {jane: {identifiers: {external_id: "1"}}}
            ---
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles: {jane: {identifiers: {external_id: "2"}}}
            """),
        fix: "Give one of them another name, or remove it if both describe one person.")

    static let identifierClaimedTwice = ExplainPage(
        title: "Two profiles have the same identifier",
        meaning: """
            Within one source and type an identifier selects one profile, so a second one with it would overwrite \
            the first. Across sources and types profiles may share an identifier, and the service then takes them \
            for one person: a standard identifier (email, phone_number, facebook, twitter, sdk, external_id) cannot \
            belong to two users. email, twitter and external_id are compared without case, google as email.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {email: jane@example.com}}
              j-smith: {identifiers: {email: Jane@Example.com}}
            """),
        fix: """
            Remove the identifier from one profile, or join the two. Where different users are named, write the same \
            `user_id`, or leave it out.
            """)

    static let reservedSource = ExplainPage(
        title: "The source is reserved",
        meaning: "The service keeps the source `zendesk` for itself and refuses profiles of it.",
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: Zendesk, type: rider, identifiers: {external_id: "1"}}
            """),
        fix: "Name the system that the profiles come from, such as `shop` or `coolbikes`.")

    static let colonInName = ExplainPage(
        title: "A colon or slash where it would separate",
        meaning: """
            Profiles are found by `source:type:identifier_type:value` and addressed by `source/type/name`. Neither \
            form has a way to escape its separator, so source, type and identifier type cannot hold a colon, and \
            source and type no slash. Values may hold both.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: "crm:eu", type: rider, identifiers: {external_id: "1"}}
            """),
        fix: "Use `-` or `_` instead.")

    static let tooLong = ExplainPage(
        title: "A name is longer than the service allows",
        meaning: "Source and type have at most 40 characters, identifier types 60.",
        example: .manifest(
            """
            version: 1
            profiles:
              jane:
                source: the-customer-database-of-the-coolbikes-company
                type: rider
                identifiers: {external_id: "1"}
            """),
        fix: "Shorten it. A source that is in use cannot be renamed: its profiles would be others.")

    static let tooManyIdentifiers = ExplainPage(
        title: "A profile has too many identifiers",
        meaning: "The service keeps at most 20 identifiers in a profile.",
        example: .situation("A profile with the numbers of 30 orders as identifiers."),
        fix: "Keep those by which the person is looked up; the rest can be attributes.")

    static let tooManySources = ExplainPage(
        title: "Too many sources",
        meaning: """
            An account has at most 50 profile sources, shared with its events. It is not known whether a source that \
            was used once is ever freed.
            """,
        example: .situation("A source for each of 60 shops."),
        fix: "Take one source for each system, and tell shops apart by an attribute or the type.")

    static let tooManyTypes = ExplainPage(
        title: "Too many profile types",
        meaning: "An account has at most 2,500 profile types, shared with its events.",
        example: .situation("A type made from each customer's number."),
        fix: "A type is a kind of person, such as `rider`. What differs from person to person is an attribute.")

    static let notAManifest = ExplainPage(
        title: "A JSON file is not a manifest",
        meaning: """
            Files that end in `.yaml`, `.yml` or `.json` are manifests where a directory of manifests is read. This \
            JSON file has neither `version: 1` nor a key such as `profiles`, so it belongs to something else.
            """,
        example: .situation("`package.json` lies in the directory `profiles`."),
        fix: """
            Move the file out of the directory, or choose the manifests with a glob: `manifests: \
            ["profiles/**/*.yaml"]`.
            """)

    static let skippedManifest = ExplainPage(
        title: "A file that is not read may describe a managed profile",
        meaning: """
            The ledger has a profile that no manifest describes, so it counts as deleted. A file that is not read, \
            because of its name, contains the name of that profile. Probably a manifest was renamed.
            """,
        example: .situation("`profiles/bob.yaml` was renamed to `profiles/bob.yaml.txt`."),
        fix: """
            Give the file a name that is read: one that ends in `.yaml`, `.yml` or `.json`, does not begin with a dot, \
            and that `manifests` covers. If the profile is to be deleted, remove the file.
            """)
}

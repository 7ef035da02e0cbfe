/// `moved`, `removed` and `import`, in manifests and in plans.
extension ExplainPage {
    static let badAddress = ExplainPage(
        title: "A text that is not an address",
        meaning: "Profiles are named by their address in `moved`, `removed` and `import`: `source/type/name`.",
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            removed: [{address: walter, destroy: false}]
            """),
        fix: "Write all three parts, such as `coolbikes/rider/walter`; `profilectl ledger list` shows them.")

    static let badMove = ExplainPage(
        title: "A move that leads nowhere",
        meaning: """
            `moved` tells that a profile has another name in the manifests. Source and type of a profile never \
            change, a profile does not move to the name it has, and moves that follow one another must end somewhere.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            moved: [{from: coolbikes/visitor/jane, to: coolbikes/rider/jane}]
            """),
        fix: """
            Correct the addresses. To exchange two names, move one of them to a third name, apply, and move on. A \
            profile of another type is a new profile.
            """)

    static let ambiguousMove = ExplainPage(
        title: "Two moves from or to one address",
        meaning: "An address stands for one profile, so that one profile leaves it and one arrives at it.",
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            moved:
              - {from: coolbikes/rider/old, to: coolbikes/rider/jane}
              - {from: coolbikes/rider/older, to: coolbikes/rider/jane}
            """),
        fix: """
            Keep one of the two. A profile that was renamed twice has two moves in a row: `older` to `old`, and \
            `old` to `jane`.
            """)

    static let stillDescribed = ExplainPage(
        title: "Moved or removed, and still described",
        meaning: """
            The address is given up under `moved` or `removed`, and a profile with this address stands in the \
            manifests. Only one of the two can be meant.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            removed: [{address: coolbikes/rider/jane, destroy: false}]
            """),
        fix: "Remove the profile from the manifests, or the entry under `moved` or `removed`.")

    static let notDescribed = ExplainPage(
        title: "Nothing is described at this address",
        meaning: """
            A profile is moved to an address or imported as one, and none of the manifests that were read describes \
            it. It would be managed and, having no manifest, deleted.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            import: [{to: coolbikes/rider/jnae, id: 01ARZ3NDEKTSV4RRFFQ69G5FAV}]
            """),
        fix: """
            Describe the profile under `profiles`, correct the address, or remove an entry that has served its \
            purpose. Where paths are given, the manifest with the profile must be among them.
            """)

    static let contradictoryRemoval = ExplainPage(
        title: "Removed twice, or moved as well",
        meaning: """
            An address stands twice under `removed`, or under `removed` and `moved`. The entries may want different \
            things, and the order in which they stand means nothing.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            removed:
              - {address: coolbikes/rider/gone, destroy: false}
              - {address: coolbikes/rider/gone, destroy: true}
            """),
        fix: "Keep one entry. A profile that moved before is removed by the address it has now.")

    static let badImport = ExplainPage(
        title: "An import that does not say what to import",
        meaning: """
            An import names the live profile in one way: by `id`, by `identifier`, a query of the four parts \
            `source:type:identifier_type:value`, or by `user_id`, for the one profile of this source and type that \
            the user has. A query has the source and type of the address.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
            import: [{to: coolbikes/rider/jane}]
            """),
        fix: "Write `id: …`, `identifier: …` or `user_id: …`; `profilectl get` shows live profiles.")

    static let importedTwice = ExplainPage(
        title: "Two imports of one profile or address",
        meaning: "A live profile is managed under one address, and an address is one live profile.",
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
              walter: {source: coolbikes, type: rider, identifiers: {external_id: "2"}}
            import:
              - {to: coolbikes/rider/jane, id: 01ARZ3NDEKTSV4RRFFQ69G5FAV}
              - {to: coolbikes/rider/walter, id: 01ARZ3NDEKTSV4RRFFQ69G5FAV}
            """),
        fix: "Remove one of the two imports, or correct its id.")

    static let impossibleMove = ExplainPage(
        title: "A move to an address that is taken",
        meaning: """
            The ledger has a profile under the old address and another one under the new address. To move would be \
            to forget one of them, so neither is touched.
            """,
        example: .situation(
            "`jane` was renamed to `jane-smith` and applied without `moved`, which made a second profile."),
        fix: """
            Decide which one is meant. `profilectl ledger show ADDRESS` tells their ids, `profilectl ledger forget \
            ADDRESS` lets go of the other; a profile to be deleted stays in the ledger without `moved`.
            """)

    static let impossibleImport = ExplainPage(
        title: "An import that cannot be done",
        meaning: """
            The live state or the ledger shows that the import does not lead to one profile that is free to be \
            managed under this address: there is no such profile or there are several, it has another source or \
            type, it is managed under another address, the address is managed as another profile already, or the \
            manifest's key selects another one.
            """,
        example: .situation("`import` names the id of a profile that was deleted in the support product."),
        fix: """
            `profilectl get` shows live profiles and `profilectl ledger list` what is managed. Correct the import, \
            or remove it: without one, the profile that the manifest's key selects is taken over, or created.
            """)
}

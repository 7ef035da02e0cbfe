/// Values and names on their way from the user to the service.
extension ExplainPage {
    static let notARegularFile = ExplainPage(
        title: "A manifest that is not a regular file",
        meaning: """
            A pattern of manifests matches a named pipe, a socket or a device. It was not opened: a pipe could make \
            the run wait for ever. Without it, though, it is not known what the manifests want.
            """,
        example: .situation("`mkfifo profiles/riders.yaml`, and then `profilectl validate profiles`."),
        fix: """
            Remove it or give it another name. A pipe that is meant is named on the command line: \
            `profilectl validate <(generate-manifests)`.
            """)

    static let sameFileTwice = ExplainPage(
        title: "Two names of one file",
        meaning: """
            Two manifests are hard links to one file, so each profile in it is described twice. Symbolic links and \
            other spellings of a path are different: the file behind them is read once.
            """,
        example: .situation("`ln profiles/riders.yaml profiles/copy.yaml`."),
        fix: "Remove one of the two names, or let `manifests` match only one of them.")

    static let nameNotUTF8 = ExplainPage(
        title: "A file name that is not UTF-8",
        meaning: """
            The name of a file or directory among the manifests is not UTF-8. It was not read, because messages, \
            plans and git could not name it.
            """,
        example: .situation("`profiles/café.yaml` from an archive that a system with Latin-1 names wrote."),
        fix: "Rename it, for example with `convmv -f latin1 -t utf-8 --notest profiles/*`.")

    static let unusableVariable = ExplainPage(
        title: "A variable whose value is not known",
        meaning: """
            The value of an environment variable is not UTF-8, or the variable is set twice to different values. \
            What would be sent instead stays with a user for a long time, so nothing is sent. Variables that nothing \
            uses do not matter.
            """,
        example: .situation("`name: \"${env:CUSTOMER}\"`, where CUSTOMER holds `Zoë` in Latin-1."),
        fix: "Set the variable once, to text in UTF-8; `iconv -f latin1 -t utf-8` converts a text.")

    static let strayCharacter = ExplainPage(
        title: "A value holds what nobody sees",
        meaning: """
            The value of a variable, an identifier or a name begins or ends with a line break, or holds a control \
            character or an invisible one. It is sent as part of the value and makes another text of it. In a \
            credential, an address or a file name of the workspace file it is an error.
            """,
        example: .situation("A secret that is mounted as a file and read with its line break."),
        fix: "Set the variable without it. In a shell `NAME=$(cat file)` leaves the last line breaks out.")

    static let lookalikes = ExplainPage(
        title: "Two names that look alike",
        meaning: """
            Two addresses, sources, types, identifier types or attributes look the same to a reader, but are \
            different texts: é can be written in two ways, and а is a Cyrillic letter. Each is a thing of its own \
            for the service, and a new source or type stays in the account. For sources, types and identifier types \
            a difference in case alone counts too.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: coolbikes, type: rider, identifiers: {external_id: "1"}}
              walter: {source: Coolbikes, type: rider, identifiers: {external_id: "2"}}
            """),
        fix: "Write both the same way, or choose names that readers can tell apart.")

    static let withoutEffect = ExplainPage(
        title: "A setting without effect",
        meaning: """
            A setting is understood, but another one, or the lack of one, leaves it nothing to do. Most likely more \
            was meant than what happens.
            """,
        example: .workspace(
            """
            version: 1
            environments:
              local:
                sandbox: {}
                policy: {max_delete_floor: 10}
            """),
        fix: "Write what is missing, or remove the setting.")

    static let disguisedName = ExplainPage(
        title: "A name that looks like another one",
        meaning: """
            A name mixes letters of several alphabets in one word, holds an invisible character, or begins or ends \
            with a space. Whoever types it \
            anew writes another name, and so another profile, source, type or attribute.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {source: cооlbikes, type: rider, identifiers: {external_id: "1"}}
            """),
        fix: "Write the word in one alphabet, without what is invisible.")
}

/// PM0xx: texts and YAML.
extension ExplainPage {
    static let unreadableFile = ExplainPage(
        title: "A file cannot be read",
        meaning: """
            A file that was named, or that a pattern of the workspace matched, could not be opened or read. Nothing \
            is decided without it: a plan from half the manifests would delete what the other half describes.
            """,
        example: .situation(
            "`profilectl validate profiles/riders.yaml`, where the file does not exist or belongs to another user."),
        fix: "Check the name and the permissions. The message holds the reason that the system gave.")

    static let invalidYAML = ExplainPage(
        title: "The text is not YAML",
        meaning: """
            The file breaks the grammar of YAML, so it is not known what it says from there on. The place shown is \
            where reading had to stop; the slip is there or a little before it.
            """,
        example: .manifest(
            """
            version: 1
            profiles:
              jane: {name: Jane
            """),
        fix: """
            Look for a bracket or quote that is not closed, a tab in the indentation, or a text with `: ` or ` #` in \
            it that needs quotes.
            """)

    static let invalidUTF8 = ExplainPage(
        title: "The text is not UTF-8",
        meaning: """
            YAML files are read as UTF-8. Some bytes of this one have no meaning in it, most often because an editor \
            or an export wrote Latin-1 or UTF-16.
            """,
        example: .situation("A manifest saved as Latin-1, with `Zoë` in it."),
        fix: "Save the file as UTF-8, for example with `iconv -f latin1 -t utf-8 old.yaml > new.yaml`.")

    static let duplicateKey = ExplainPage(
        title: "A key is written twice",
        meaning: """
            A mapping holds each key once. Many YAML readers keep the last of two and say nothing, which loses a \
            profile without a trace; here it is an error.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {external_id: "1"}}
              jane: {identifiers: {external_id: "2"}}
            """),
        fix: """
            Rename or remove one of them. Several values of one identifier type are written as a list: \
            `coolbike_id: ["1", "2"]`.
            """)

    static let unknownTag = ExplainPage(
        title: "A YAML tag is not known",
        meaning: """
            Only the tags of YAML's core schema are understood: `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, \
            `!!seq` and `!!map`, on values that fit them.
            """,
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {external_id: !secret jane}}
            """),
        fix: "Remove the tag. A value from outside is written `${env:NAME}` or `${var:NAME}`.")

    static let nestingTooDeep = ExplainPage(
        title: "The text is nested too deeply",
        meaning: """
            Lists and mappings stand in each other more deeply than any manifest needs. The limit protects from \
            files that are made to exhaust the reader.
            """,
        example: .situation("An attribute that holds a hundred lists in each other."),
        fix: "Flatten the value. Attributes are meant to be texts; a document of its own belongs elsewhere.")

    static let scalarTooLong = ExplainPage(
        title: "A single value is too long",
        meaning:
            "One text in the file is longer than the limit for a value, which is far above what the service takes.",
        example: .situation("An image, encoded as text, in an attribute."),
        fix: "Store large values elsewhere and write a reference to them. Look also for a quote that is not closed.")

    static let aliasLimit = ExplainPage(
        title: "Aliases repeat too much",
        meaning: """
            Aliases (`*name`) repeat what an anchor (`&name`) marks. A few lines of aliases of aliases can stand for \
            billions of values, so their sum is limited in each file.
            """,
        example: .situation("Nine anchors, each a list of nine aliases to the one before."),
        fix: "Use `defaults` for what all profiles share, or split the file.")

    static let unknownAlias = ExplainPage(
        title: "An alias has no anchor",
        meaning: "`*name` repeats the value marked `&name` earlier in the same document. There is none.",
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane: {identifiers: {external_id: "1"}, attributes: *gold}
            """),
        fix: """
            Mark the value with `&name` before its first use, in the same document. A text that begins with `*` \
            needs quotes.
            """)

    static let badMergeKey = ExplainPage(
        title: "A merge key takes no mapping",
        meaning: "`<<` puts the members of another mapping, or of several in a list, into this one. Nothing else fits.",
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              jane:
                <<: gold
                identifiers: {external_id: "1"}
            """),
        fix: "Write `<<: *name` with an anchor that marks a mapping, or `<<: [*one, *two]`.")

    static let documentTooLarge = ExplainPage(
        title: "A file is too large",
        meaning: "The file is larger than any manifest should be, and is not read at all.",
        example: .situation("A manifest of more than a gigabyte."),
        fix: "Split it into several files; `manifests` in `profilectl.yaml` may name a directory.")

    static let nonScalarKey = ExplainPage(
        title: "A key is not a text",
        meaning: "YAML allows lists and mappings as keys. Nothing in a manifest can be named by one.",
        example: .manifest(
            """
            version: 1
            defaults: {source: coolbikes, type: rider}
            profiles:
              [jane, smith]: {identifiers: {external_id: "1"}}
            """),
        fix: "Write a text. Braces that a template tool should have replaced also look like this.")

    static let unwritableFile = ExplainPage(
        title: "A file cannot be written",
        meaning: """
            A file that the command was asked to write, or its directory, cannot be written. The message has the \
            system's reason. A file is written whole or not at all, so an older one of that name is as it was.
            """,
        example: .situation("`profilectl plan --out /saved.plan.json` as a user who may not write there."),
        fix: "Choose another place, or make room and give yourself the right to write there.")

    static let hiddenCharacter = ExplainPage(
        title: "A character that editors do not show",
        meaning: """
            Some characters have a meaning in YAML that editors and code hosts do not show. U+0085, U+2028, U+2029 and \
            a lone carriage return begin a new line: what looks like a comment can set a value. U+00A0, U+200B and \
            U+FEFF look like a space or like nothing, but are a part of the text. What a reviewer sees must be what is \
            read, so they are errors: the first ones everywhere in YAML, the others in indentation, beside indicators \
            and at the edge of a text without quotes. U+200C and U+200D, which Persian and emoji need, are text. In \
            a `.json` file, where U+0085, U+2028 and U+2029 are legal in strings, they are read as themselves.
            """,
        example: .situation("A manifest with `name:` and a no-break space, copied from a web page."),
        fix: """
            Remove the character, or write its escape in double quotes, such as "\\u2028". JSON encoders write escapes \
            when asked for ASCII: `jq -a`, `json.dumps(…, ensure_ascii=True)`.
            """)

    static let valueIsComment = ExplainPage(
        title: "The value is a comment",
        meaning: """
            A # after a space begins a comment in YAML. `color: #ff0000` has no value: the color is null. The warning \
            appears where a comment begins right after a key and looks like a value.
            """,
        example: .situation("`attributes: {…}` with a line `color: #ff0000`."),
        fix: "Put the value in quotes: `color: \"#ff0000\"`. For a comment, write a space after the #.")
}

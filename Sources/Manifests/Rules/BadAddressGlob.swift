package import Diagnostics

package func badAddressGlob(_ text: String, of option: String) -> Diagnostic {
    Diagnostic(
        .badPattern, "\(option) \"\(shortened(text))\" is not a glob on addresses",
        help: "addresses are written source/type/name; *, ? and [a-z] stand for characters, ** for any parts, "
            + "\\ takes their meaning away")
}

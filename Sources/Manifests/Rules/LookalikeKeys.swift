import Diagnostics

/// Two keys whose letters are composed differently (é as one sign, or as e and an accent) look alike and are one
/// key to this program, though perhaps two to the service. One of them would be lost without a word.
func lookalikeKeys(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .duplicateKey, "the key \"\(name)\" differs from another one only in how its letters are composed",
        at: location, help: "keep one of them; they cannot be told apart by looking at them")
}

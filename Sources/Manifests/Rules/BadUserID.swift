import Diagnostics

/// User ids are decimal digits (reference, "JSON format"; api notes, section 9).
func badUserID(_ userID: String, at location: @autoclosure () -> SourceLocation) -> Diagnostic? {
    guard !userID.utf8.allSatisfy(isDigit) else { return nil }
    return Diagnostic(
        .badUserID, "a user_id is written in decimal digits", at: location(),
        help: "copy the number from the address of the user's page; leave user_id out to let the service find the user")
}

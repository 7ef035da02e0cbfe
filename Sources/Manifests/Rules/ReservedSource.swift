import Diagnostics
import ProfileModel

/// The source `zendesk` is reserved (reference, "JSON format"); in any case, since it is not known
/// whether the service tells cases apart (api notes, section 11, number 15).
func reservedSource(_ source: String, at location: @autoclosure () -> SourceLocation) -> Diagnostic? {
    guard 7...9 ~= source.utf8.count, source.foldedCase == "zendesk" else { return nil }
    return Diagnostic(
        .reservedSource, "the source \"\(source)\" is reserved by the service", at: location(),
        help: "name the system that the profiles come from, such as the shop or the app")
}

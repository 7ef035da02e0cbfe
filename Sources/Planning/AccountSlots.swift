import Diagnostics
import ProfileModel

/// The account's places for sources and types (api notes, section 4). Only profiles that were read are counted:
/// the account may be fuller than this knows, never emptier.
struct AccountSlots {
    private var sources: Set<ExactText> = []
    private var types: Set<ExactText> = []

    /// - Parameter steps: those that may run; what they delete makes room.
    init(_ live: LiveState, without steps: [Step]) {
        let deleted = Set(steps.filter { $0.action == .delete }.compactMap { $0.before?.id })
        for profile in live.answers.values.joined() where !deleted.contains(profile.id) {
            sources.insert(ExactText(profile.source))
            types.insert(ExactText(profile.type))
        }
    }

    /// Takes the places that a new profile needs; tells when there is none.
    mutating func take(for desired: DesiredProfile) -> Diagnostic? {
        let address = desired.address
        let (source, type) = (ExactText(address.source), ExactText(address.type))
        if !sources.contains(source), sources.count >= ServiceLimit.sources {
            return full(.tooManySources, "source", address.source, ServiceLimit.sources, desired)
        }
        if !types.contains(type), types.count >= ServiceLimit.types {
            return full(.tooManyTypes, "type", address.type, ServiceLimit.types, desired)
        }
        sources.insert(source)
        types.insert(type)
        return nil
    }

    private func full(
        _ code: DiagnosticCode, _ what: String, _ name: String, _ limit: Int, _ desired: DesiredProfile
    ) -> Diagnostic {
        Diagnostic(
            code,
            "the account has \(limit) profile \(what)s, as many as the service allows, and \"\(name)\" is not one of them",
            at: desired.location, help: "use a \(what) that is there already")
    }
}

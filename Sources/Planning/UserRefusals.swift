import Diagnostics
import ProfileModel

/// What a forecast says of steps that the service would refuse for their users.
struct UserRefusals {
    let roster: Roster

    private func location(of identifier: Identifier?, _ step: Step) -> SourceLocation? {
        guard let desired = roster.desired(at: step.address) else { return nil }
        guard let written = desired.identifiers.first(where: { one in identifier.map { one.isSame(as: $0) } ?? false })
        else { return desired.location }
        return desired.location(of: written)
    }

    func noSuchUser(_ userID: String, _ step: Step) -> Diagnostic {
        Diagnostic(
            .unknownUser, "there is no user \(userID), under whom \(step.address) is to be created",
            at: location(of: nil, step),
            help: "correct user_id, or leave it out: the service then finds or makes a user")
    }

    func noRoom(_ user: AffectedUser, _ step: Step) -> Diagnostic {
        Diagnostic(
            .tooManyProfilesForUser,
            "\(words(user)), to whom \(step.address) would fall, has \(ServiceLimit.profilesOfUser) profiles, as many as the service allows",
            at: location(of: nil, step), help: "delete a profile of that user, or join two of one source into one")
    }

    func severalUsers(
        _ first: (Identifier, Set<AffectedUser>), _ second: (Identifier, Set<AffectedUser>), _ step: Step
    ) -> Diagnostic {
        Diagnostic(
            .identifiersOfSeveralUsers,
            "the identifiers of \(step.address) belong to several users: \(quoted(first.0)) to \(words(first.1)), "
                + "\(quoted(second.0)) to \(words(second.1))",
            at: location(of: second.0, step),
            help: "leave one of them out, or merge the users in the support product first")
    }

    func ofAnotherUser(
        _ identifier: Identifier, _ users: Set<AffectedUser>, _ userID: String, _ step: Step
    ) -> Diagnostic {
        Diagnostic(
            .identifierOwnedElsewhere,
            "\(quoted(identifier)) of \(step.address) belongs to \(words(users)), but the profile to user \(userID)",
            at: location(of: identifier, step),
            help:
                "an identity stays with its user when a profile gives it up; move it in the support product, or leave it out here"
        )
    }

    private func quoted(_ identifier: Identifier) -> String { "\(identifier.type) \"\(identifier.value)\"" }

    private func words(_ users: Set<AffectedUser>) -> String { users.map(words).sorted().joined(separator: " and ") }

    private func words(_ user: AffectedUser) -> String {
        switch user {
        case .known(let userID): "user \(userID)"
        case .new(let address): "the new user of \(address)"
        case .unknown: "the profile's user"
        }
    }
}

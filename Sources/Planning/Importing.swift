import Diagnostics
import ProfileModel

/// What the `import` entries of the manifests lead to, by as few questions as there can be.
struct Importing {
    private let imports: [Address: ProfileImport]
    /// Who has a profile in the ledger, by its id.
    private let owners: [String: Address]
    private let roster: Roster

    /// Nil when nothing is to be imported.
    init?(_ roster: Roster) {
        guard !roster.imports.isEmpty else { return nil }
        self.roster = roster
        imports = roster.imports
        owners = Dictionary(roster.entries.map { ($0.profileID, $0.address) }) { first, _ in first }
    }

    /// Nil when no import concerns the profile, or it was done before.
    func reading(
        of desired: DesiredProfile, _ entry: LedgerEntry?, _ index: inout LiveIndex
    ) -> Reading.State? {
        guard let wanted = imports[desired.address] else { return nil }
        if let entry { return reviewed(wanted, entry, &index) }
        switch candidates(wanted, &index) {
        case .open(let lookup): return .unanswered(lookup)
        case .unreadable(let profile): return .unreadable(profile)
        case .refused(let refusal): return .importRefused(refusal.diagnostic(wanted))
        case .found(let profile): return checked(profile, wanted, desired, index)
        }
    }

    private enum Candidate {
        case open(Lookup)
        case unreadable(UnreadableProfile)
        case refused(ImportRefusal)
        case found(Profile)
    }

    private func candidates(_ wanted: ProfileImport, _ index: inout LiveIndex) -> Candidate {
        switch wanted.selector {
        case .id(let id):
            if let refusal = managed(id) { return .refused(refusal) }
            switch index.profile(id: id, userID: nil) {
            case .live(let profile): return .found(profile)
            case .gone: return .refused(.notFound)
            case .unreadable(let profile): return .unreadable(profile)
            case .notAsked: return .open(.profile(id: id))
            }
        case .query(let query):
            switch index.answer(query.stored) {
            case .live(let profile): return .found(profile)
            case .gone: return .refused(.notFound)
            case .unreadable(let profile): return .unreadable(profile)
            case .notAsked: return .open(.query(query.stored))
            }
        case .user(let user):
            // The one that is meant may be among those that cannot be read.
            if let unreadable = index.unreadable(ofUser: user).first { return .unreadable(unreadable) }
            guard let profiles = index.profiles(ofUser: user) else { return .open(.user(user)) }
            let fitting = profiles.filter { wanted.to.fits($0) }
            guard let only = fitting.first else { return .refused(.notFound) }
            return fitting.count == 1 ? .found(only) : .refused(.several(fitting.map(\.id)))
        }
    }

    /// Whether the profile is free to be managed as what the manifest describes.
    private func checked(
        _ profile: Profile, _ wanted: ProfileImport, _ desired: DesiredProfile, _ index: LiveIndex
    ) -> Reading.State {
        func refused(_ refusal: ImportRefusal) -> Reading.State { .importRefused(refusal.diagnostic(wanted)) }
        guard wanted.to.fits(profile) else { return refused(.otherType(profile)) }
        if let refusal = managed(profile.id) { return refused(refusal) }
        if profile.identifiers.contains(where: { $0.isSame(as: desired.key) }) { return .byID(profile) }
        // The key is one that the profile shall get; it must not be another profile's.
        switch index.answer(desired.keyQuery.stored) {
        case .notAsked: return .unanswered(.query(desired.keyQuery.stored))
        case .unreadable(let other): return .unreadable(other)
        case .gone: return .byID(profile)
        case .live(let other):
            return other.id == profile.id ? .byID(profile) : refused(.keySelects(other, key: desired.key, not: profile))
        }
    }

    private func managed(_ id: String) -> ImportRefusal? {
        owners[id].map { .managed(id: id, as: $0, isDescribed: roster.desired(at: $0) != nil) }
    }

    /// The address is managed already. An import that is done stays in the manifests and does no harm; one that
    /// names another profile is a mistake.
    private func reviewed(
        _ wanted: ProfileImport, _ entry: LedgerEntry, _ index: inout LiveIndex
    ) -> Reading.State? {
        let known = index.profile(id: entry.profileID, userID: entry.userID)
        let other: Profile?
        switch (wanted.selector, known) {
        case (.id(entry.profileID), .gone): return .importRefused(ImportRefusal.notFound.diagnostic(wanted))
        case (.id(entry.profileID), .live), (.id(entry.profileID), .unreadable), (.id(entry.profileID), .notAsked):
            return nil
        case (.id(let id), _):
            return .importRefused(
                ImportRefusal.otherThanManaged(managed: entry.profileID, named: id).diagnostic(wanted))
        case (.query, .gone), (.query, .unreadable), (.query, .notAsked), (.user, .gone), (.user, .unreadable),
            (.user, .notAsked):
            return nil
        case (.query(let query), .live(let profile)):
            if profile.identifiers.contains(where: { $0.isSame(as: query.identifier) }) { return nil }
            switch index.answer(query.stored) {
            case .notAsked: return .unanswered(.query(query.stored))
            case .gone, .unreadable: return nil
            case .live(let selected): other = selected
            }
        case (.user(let user), .live(let profile)):
            if profile.userID == user { return nil }
            guard index.unreadable(ofUser: user).isEmpty else { return nil }
            guard let profiles = index.profiles(ofUser: user) else { return .unanswered(.user(user)) }
            other = profiles.first { wanted.to.fits($0) }
        }
        guard let other, other.id != entry.profileID else { return nil }
        return .importRefused(
            ImportRefusal.otherThanManaged(managed: entry.profileID, named: other.id).diagnostic(wanted))
    }
}

extension Address {
    fileprivate func fits(_ profile: Profile) -> Bool {
        profile.source.isExactly(source) && profile.type.isExactly(type)
    }
}

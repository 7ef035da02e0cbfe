package import Planning
package import ProfileModel
import WireFormat

/// A snapshot for people: what was asked, and what was found.
package enum SnapshotText {
    /// - Parameter now: the age is counted to then.
    package static func render(_ snapshot: Snapshot, style: TextStyle, now: Timestamp) -> String {
        var header: SafeText = "\("profilectl snapshot", .bold) · environment \(bare: snapshot.environment.name)"
        header += " (\(.service(snapshot.environment.service))) · \(.count(snapshot.live.asked, "answer"))"
        header += " · taken \(snapshot.createdAt.wholeSeconds), \(spanWords(from: snapshot.createdAt, to: now)) old"
        var text = style.line(header, hang: 2)
        for (lookup, profiles) in snapshot.live.inOrder {
            text += "\n" + style.line(.lookup(lookup).inked(.dim) + snapshot.live.words(lookup, profiles), hang: 2)
            if !profiles.isEmpty { text += ProfilesText.render(profiles, style: style) }
        }
        return text
    }
}

extension LiveState {
    fileprivate func words(_ lookup: Lookup, _ profiles: [Profile]) -> SafeText {
        if case .user(let id) = lookup, unknownUsers.contains(id) { return ": there is no such user" }
        if let unreadable = unreadable[lookup] {
            return ": "
                + .list(
                    unreadable.map { profile in
                        (profile.id.map { "\(bare: $0)" } ?? "a profile") + " cannot be read: \(profile.words)"
                    })
        }
        return profiles.isEmpty ? ": nothing" : ""
    }
}

extension SafeText {
    static func lookup(_ lookup: Lookup) -> SafeText {
        switch lookup {
        case .user(let id): "GET users/\(bare: id)/profiles"
        case .profile(let id): "GET user_profiles/\(bare: id)"
        case .query(let query): "GET user_profiles?identifier=\(.query(query))"
        }
    }

    /// `live state of 2026-11-26T11:14:50Z from live.json, 3 h old`.
    static func snapshot(_ origin: SnapshotOrigin, at time: Timestamp) -> SafeText {
        "live state of \(origin.createdAt.wholeSeconds) from \(bare: origin.file), "
            + "\(spanWords(from: origin.createdAt, to: time)) old"
    }
}

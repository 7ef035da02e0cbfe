import ProfileModel

/// An answer about another profile than the one that was asked for is worse than none.
extension AnswerReader {
    func profile(withID id: String) throws(APIFailure) -> Profile {
        let profile = try profile()
        guard profile.id == id else { throw .unexpected(.otherProfile(asked: id)) }
        return profile
    }

    /// Only source and type are compared, and without regard to case: whether the service folds them is
    /// unknown, and it does fold some identifier values (api notes, section 2).
    func profile(matching query: IdentifierQuery) throws(APIFailure) -> Profile {
        let profile = try profile()
        let asked = "\(query.source):\(query.type)"
        let answered = "\(profile.source):\(profile.type)"
        guard asked.lowercased() == answered.lowercased() else {
            throw .unexpected(.otherProfile(asked: asked))
        }
        return profile
    }

    /// The service knows no such thing. A page for people does not count: it comes from someone else.
    var isAbsent: Bool { status == 404 && !answer.isPage }
}

import ProfileModel

extension FieldChange.Cause {
    /// Who made a difference between manifest and live.
    /// - Parameters:
    ///   - isManaged: whether the ledger knows the profile.
    ///   - wasApplied: whether the field was among what we last applied.
    ///   - manifestAsApplied: the manifest still says what was last applied.
    ///   - liveAsApplied: live still holds what was last applied.
    init(isManaged: Bool, wasApplied: Bool, manifestAsApplied: Bool, liveAsApplied: Bool) {
        switch (isManaged, manifestAsApplied, liveAsApplied) {
        case (false, _, _): self = .neverApplied
        case (true, true, _): self = .changedOutside
        case (true, false, true): self = .youChangedIt
        case (true, false, false): self = wasApplied ? .both : .neverApplied
        }
    }
}

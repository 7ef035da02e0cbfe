extension DesiredProfile {
    /// Whether both are the same wish, wherever they are written.
    package func isDescribed(like other: DesiredProfile) -> Bool {
        var (mine, theirs) = (self, other)
        mine.identifierPlaces = []
        theirs.identifierPlaces = []
        theirs.origin = mine.origin
        return mine == theirs
    }
}

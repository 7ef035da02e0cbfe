extension AttributeObject {
    /// As `init(_:)`, for a list: readers make objects by the million, and only a call without a type
    /// parameter is fast across modules.
    package init(list members: [(String, AttributeValue)]) {
        self.init(members)
    }
}

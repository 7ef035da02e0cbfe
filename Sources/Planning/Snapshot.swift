package import ProfileModel

/// What the service answered at one moment, kept for plans without the service.
package struct Snapshot: Sendable, Hashable {
    package var environment: EnvironmentStamp
    package var createdAt: Timestamp
    package var live: LiveState

    package init(environment: EnvironmentStamp, createdAt: Timestamp, live: LiveState) {
        self.environment = environment
        self.createdAt = createdAt
        self.live = live
    }
}

/// Where the live state of a plan comes from, when it was not read for it.
package struct SnapshotOrigin: Sendable, Hashable {
    /// As written on the command line.
    package var file: String
    package var createdAt: Timestamp

    package init(file: String, createdAt: Timestamp) {
        self.file = file
        self.createdAt = createdAt
    }
}

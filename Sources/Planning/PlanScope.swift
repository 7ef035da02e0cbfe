package import ProfileModel

/// Which part of the workspace a plan looked at.
package struct PlanScope: Sendable, Hashable {
    /// The manifest paths given on the command line; empty when the workspace's own were used.
    package var paths: [String]
    /// Globs on addresses; none chooses everything.
    package var targets: [String]
    package var excludes: [String]
    package var since: Since?
    /// The run that is rolled back; then only its profiles count.
    package var undoes: String?
    /// What nobody chose, and what the chosen part needs all the same; in address order.
    package var included: [Inclusion]

    /// Only what differs from an older state of the manifests.
    package struct Since: Sendable, Hashable {
        /// As written on the command line.
        package var revision: String
        /// The commit that was compared with: where today's history and the revision parted.
        package var mergeBase: String
        /// How many addresses differ.
        package var count: Int

        package init(revision: String, mergeBase: String, count: Int) {
            self.revision = revision
            self.mergeBase = mergeBase
            self.count = count
        }
    }

    /// A profile that comes along, because another one takes what it holds.
    package struct Inclusion: Sendable, Hashable {
        package var address: Address
        package var neededBy: Address

        package init(_ address: Address, neededBy: Address) {
            self.address = address
            self.neededBy = neededBy
        }
    }

    package init(
        paths: [String] = [], targets: [String] = [], excludes: [String] = [], since: Since? = nil,
        undoes: String? = nil, included: [Inclusion] = []
    ) {
        self.paths = paths
        self.targets = targets
        self.excludes = excludes
        self.since = since
        self.undoes = undoes
        self.included = included
    }

    /// Paths choose manifests, and what they leave out is not deleted: a plan with them does not know what is gone.
    var knowsAllManifests: Bool { paths.isEmpty }

    /// Whether the plan looked at everything that there is.
    package var isWhole: Bool {
        paths.isEmpty && targets.isEmpty && excludes.isEmpty && since == nil && undoes == nil
    }
}

/// The addresses that a scope comes to.
package struct PlanSelection: Sendable, Hashable {
    package var chosen: Set<Address>
    /// Stays as it is. What waits for a step of it is blocked.
    package var excluded: Set<Address>

    package init(chosen: Set<Address>, excluded: Set<Address> = []) {
        self.chosen = chosen
        self.excluded = excluded
    }
}

package import ProfileModel

/// How many profiles there are to lose; thresholds are parts of these.
package struct Population: Sendable, Hashable {
    package struct Counts: Sendable, Hashable {
        /// Desired profiles that are live.
        package var desiredLive: Int
        /// Profiles of the ledger that are live.
        package var managedLive: Int

        package init(desiredLive: Int = 0, managedLive: Int = 0) {
            self.desiredLive = desiredLive
            self.managedLive = managedLive
        }
    }

    package private(set) var all: Counts
    package private(set) var bySource: [ExactText: Counts]

    package init(all: Counts = Counts(), bySource: [ExactText: Counts] = [:]) {
        self.all = all
        self.bySource = bySource
    }

    mutating func count(source: @autoclosure () -> String, desired: Bool, managed: Bool) {
        guard desired || managed else { return }
        all.add(desired, managed)
        bySource[ExactText(source()), default: Counts()].add(desired, managed)
    }

    /// With no more managed profiles than these.
    func limited(to managed: [Address]) -> Population {
        var population = self
        population.all.managedLive = min(all.managedLive, managed.count)
        var counts: [ExactText: Int] = [:]
        for address in managed { counts[ExactText(address.source), default: 0] += 1 }
        for (source, known) in bySource {
            population.bySource[source]?.managedLive = min(known.managedLive, counts[source, default: 0])
        }
        return population
    }
}

extension Population.Counts {
    fileprivate mutating func add(_ desired: Bool, _ managed: Bool) {
        if desired { desiredLive += 1 }
        if managed { managedLive += 1 }
    }
}

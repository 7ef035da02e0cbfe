import Diagnostics
import Manifests
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler

/// From manifests to a plan: what `plan` and `apply` have in common.
struct PlanRun {
    var manifests: LoadedManifests
    var policy: PlanPolicy
    var scope: PlanScope
    var parallelism: Int
    /// The addresses that `scope.since` comes to; nil without it.
    var changed: Set<Address>?
    /// What was described at the merge base and no longer is; only where there is no ledger that would know it.
    var removedUnseen: [DesiredProfile] = []
    /// Manifests that are not in the working tree and were not removed.
    var absent: AbsentManifests

    /// Reads the live state that the plan needs and decides. Nothing is written anywhere.
    func plan(
        reading client: ReadingClient, stamp: EnvironmentStamp, pace: Pace, ledger: KnownLedger, at now: Timestamp
    ) async throws(Stop) -> Plan {
        let planner = try planner(stamp, pace, ledger)
        var plan = try plan(by: planner, try await live(for: planner, from: client, stamp), at: now)
        plan.diagnostics = diagnostics(ledger) + plan.diagnostics
        return plan
    }

    /// Plans from what was recorded; nothing is read.
    /// - Parameters:
    ///   - skipsUnanswered: profiles that the snapshot is not enough for are left out; else they are an error.
    ///   - showsValues: the error names identifiers with their values.
    func plan(
        from saved: SavedSnapshot, skipsUnanswered: Bool, showsValues: Bool, pace: Pace, ledger: KnownLedger,
        at now: Timestamp
    ) throws(Stop) -> Plan {
        var planner = try planner(saved.snapshot.environment, pace, ledger)
        let open = planner.leaveOutUnanswered(saved.snapshot.live)
        if !skipsUnanswered { try saved.checkAnswers(open, showsValues: showsValues) }
        var plan = try plan(by: planner, saved.snapshot.live, at: now)
        plan.diagnostics = diagnostics(ledger) + plan.diagnostics
        if let warning = saved.leftOut(open) {
            plan.diagnostics.append(warning)
            plan.scope.leaveOut(Set(open.map(\.address)).sorted())
        }
        plan.cost.readsMade = 0
        plan.snapshot = SnapshotOrigin(file: saved.name, createdAt: saved.snapshot.createdAt)
        return plan
    }

    /// What is to be said before anything is planned.
    private func diagnostics(_ ledger: KnownLedger) -> [Diagnostic] {
        (ledger.presence.missing.map { [$0.warning] } ?? []) + manifests.diagnostics
            + lookalikes(of: manifests.desired, in: ledger.entries)
    }

    /// What is missing in the working tree is deleted only if git does not have it either.
    private func plan(by planner: Planner, _ live: LiveState, at now: Timestamp) throws(Stop) -> Plan {
        let plan = planner.plan(live, at: now)
        guard plan.restsOnMissingDescriptions else { return plan }
        let hidden = try absent.addresses()
        return hidden.isEmpty ? plan : planner.keeping(hidden).plan(live, at: now)
    }

    /// The answers to what the planner asks.
    func live(
        for planner: Planner, from client: ReadingClient, _ stamp: EnvironmentStamp
    ) async throws(Stop) -> LiveState {
        do throws(APIFailure) {
            return try await refresh(for: planner, from: client, parallelism: parallelism)
        } catch {
            throw Stop(error.diagnostic(stamp), code: error.exitCode)
        }
    }

    func planner(_ stamp: EnvironmentStamp, _ pace: Pace, _ ledger: KnownLedger) throws(Stop) -> Planner {
        Planner(
            desired: manifests.desired, ledger: ledger.entries, policy: policy, environment: stamp, pace: pace,
            scope: scope, selection: try selection(ledger), removedUnseen: removedUnseen,
            history: ledger.presence.history)
    }

    /// What the scope comes to; nil for everything.
    func selection(_ ledger: KnownLedger) throws(Stop) -> PlanSelection? {
        let addresses = addresses(ledger)
        let chosen = try chosen(among: addresses, ledger.presence)
        guard var selection = chosen ?? changed.map({ _ in PlanSelection(chosen: addresses) }) else { return nil }
        if let changed { selection.chosen.formIntersection(changed) }
        selection.follow(manifests.desired.moves)
        return selection
    }

    /// Without a ledger, those that `removed` and `moved` give up may be managed as well as not.
    private func addresses(_ ledger: KnownLedger) -> Set<Address> {
        let desired = manifests.desired
        let known = Set(
            desired.profiles.map(\.address) + ledger.entries.map(\.address) + removedUnseen.map(\.address))
        guard ledger.presence.missing != nil else { return known }
        return known.union(desired.removals.map(\.address)).union(desired.moves.map(\.from))
    }

    private func chosen(
        among addresses: Set<Address>, _ presence: LedgerPresence
    ) throws(Stop) -> PlanSelection? {
        do throws(Stop) {
            return try scope.selection(among: addresses)
        } catch {
            guard let missing = presence.missing else { throw error }
            var stop = error
            for index in stop.diagnostics.indices {
                stop.diagnostics[index].notes.append(
                    Diagnostic.Note("\(missing.fact), so only addresses of manifests are known"))
            }
            throw stop
        }
    }
}

extension PlanSelection {
    /// Whoever chooses an old address, or leaves it out, means the profile under its new one.
    fileprivate mutating func follow(_ moves: [AddressMove]) {
        // As often as there are moves, for they may follow one another in any order.
        for _ in moves {
            for move in moves {
                if chosen.contains(move.from) { chosen.insert(move.to) }
                if excluded.contains(move.from) { excluded.insert(move.to) }
            }
        }
    }
}

extension Plan {
    /// The exit code of a plan that is only shown.
    func exitCode(detailed: Bool) -> ExitCode {
        var codes: [ExitCode] = []
        if errored || !blocked.isEmpty { codes.append(.blocked) }
        if detailed, !steps.isEmpty { codes.append(.changesPending) }
        return .first(of: codes)
    }
}

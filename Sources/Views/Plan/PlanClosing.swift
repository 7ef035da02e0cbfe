import Diagnostics
import Planning
import ProfileModel

extension PlanPage {
    /// What others changed and no step of this plan touches.
    mutating func drift() {
        let left = plan.uncoveredDrift
        guard !left.isEmpty else { return }
        line("\("Changed outside", .bold), and not touched by this plan:")
        for drift in left {
            line(.spaces(columns.fieldIndent - 2) + "\(drift.address, .bold)  user_profiles/\(bare: drift.profileID)")
            guard detail != .summary else { continue }
            switch drift.fields {
            case let changes?: fields(changes, withCause: false)
            case nil: line(.spaces(columns.fieldIndent) + "\("-", .red) the profile is gone")
            }
        }
        text += "\n"
    }

    mutating func unchanged() {
        guard !plan.unchanged.isEmpty else { return }
        line("\("Unchanged", .bold):")
        for address in plan.unchanged { line("  \(address)") }
        text += "\n"
    }

    mutating func closing() {
        if plan.errored {
            line("Nothing can be applied: \(.count(plan.errorCount, "error")) above.")
        }
        guard !plan.steps.isEmpty || !plan.blocked.isEmpty else {
            if !plan.errored { line(nothingToDo) }
            line(plan.snapshot == nil ? "\(.count(plan.cost.readsMade, "read")) made." : fromSnapshot)
            return
        }
        line(counts + " " + calls)
        if let users { line(users) }
        guard detail == .full else { return }
        for write in plan.cost.writes { line("  \(write.count) × \(write.endpoint)") }
        guard plan.steps.contains(where: { $0.request != nil }) else { return }
        if isRedacted {
            line("No curl lines, because the values above are stand-ins (see --redact).")
        } else if let preparation = curl?.preparation {
            line("To run a call by hand: " + preparation + ".")
        }
    }

    private var nothingToDo: SafeText {
        if let since = plan.scope.since, since.count == 0 {
            return "Nothing differs from the merge base \(bare: since.shortBase) with \(bare: since.revision)."
        }
        if let run = plan.scope.undoes {
            return "Nothing to do: all that can be rolled back is as before run \(bare: run)."
        }
        return "Nothing to do: \(.count(plan.unchanged.count, "profile is", "profiles are")) as the manifests say."
    }

    private var counts: SafeText {
        let extra = plan.steps.count { $0.isExtra }
        func number(_ action: Step.Action) -> Int { plan.steps.count { $0.action == action && !$0.isExtra } }
        var parts: [SafeText] = [
            "\(number(.update)) to update", "\(number(.create)) to create", "\(number(.delete)) to delete",
        ]
        if number(.adopt) > 0 { parts.append("\(number(.adopt)) to adopt") }
        if number(.move) > 0 { parts.append("\(number(.move)) to move") }
        if number(.forget) > 0 { parts.append("\(number(.forget)) to forget") }
        if extra > 0 { parts.append(.count(extra, "extra step")) }
        if !plan.blocked.isEmpty { parts.append("\(plan.blocked.count) blocked") }
        return .joined(parts, by: ", ") + "."
    }

    /// What stays with users whatever is done later, over all steps.
    private var users: SafeText? {
        var (created, identities, externalIDs, possible) = (0, 0, 0, 0)
        for effect in plan.steps.flatMap(\.sideEffects) {
            switch effect {
            case .anonymousUserCreated: created += 1
            case .identityAdded(_, _, let certainty):
                identities += 1
                if certainty == .possible { possible += 1 }
            case .externalIDSet(_, _, let certainty):
                externalIDs += 1
                if certainty == .possible { possible += 1 }
            case .attached, .identityKept: break
            }
        }
        var parts: [SafeText] = []
        if created > 0 { parts.append(.count(created, "anonymous user") + " created") }
        if identities > 0 { parts.append(.count(identities, "identity", "identities") + " added") }
        if externalIDs > 0 { parts.append(.count(externalIDs, "external id") + " set") }
        guard !parts.isEmpty else { return nil }
        if possible > 0 { parts.append("\(possible) of these not for sure") }
        return "On users, not reversible here: " + .joined(parts, by: ", ") + "."
    }

    private var fromSnapshot: SafeText {
        "Planned from a snapshot: nothing was read, and this plan cannot be applied."
    }

    private var calls: SafeText {
        guard plan.snapshot == nil else { return fromSnapshot }
        let cost = plan.cost
        let made: SafeText = "\(.count(cost.readsMade, "read")) made"
        guard cost.checkReads + cost.writeCount > 0 else { return made + "; apply makes no call." }
        return made
            + "; apply takes \(.count(cost.checkReads, "read")) + \(.count(cost.writeCount, "write")),"
            + " \(.duration(cost.seconds)) at \(.percent(cost.share)) of \(cost.perMinute)/min."
    }
}

extension Plan {
    var errorCount: Int { diagnostics.count { $0.severity == .error } }

    /// Drift without the fields that a step of the same profile shows.
    var uncoveredDrift: [Drift] {
        let steps = Dictionary(grouping: steps + blocked.map(\.step), by: \.address)
        return drift.compactMap { drift in
            guard let steps = steps[drift.address] else { return drift }
            guard let fields = drift.fields else { return nil }
            let shown = Set(steps.flatMap(\.fields).map(\.change.place))
            var left = drift
            left.fields = fields.filter { !shown.contains($0.change.place) }
            return left.fields == [] ? nil : left
        }
    }
}

extension FieldChange.Change {
    /// What differs, whatever the difference is.
    enum Place: Hashable {
        case name
        case identifier(Identifier)
        case attribute([String])
    }

    var place: Place {
        switch self {
        case .nameChanged: .name
        case .identifierAdded(let identifier), .identifierRemoved(let identifier): .identifier(identifier)
        case .attributeAdded(let path, _), .attributeRemoved(let path, _), .attributeChanged(let path, _, _):
            .attribute(path)
        }
    }
}

extension SafeText {
    /// `about 9 s`, `about 12 min`, `about 3 h 20 min`.
    static func duration(_ seconds: Double) -> SafeText {
        guard seconds < 1e9 else { return "for ever" }
        let whole = max(1, Int(seconds.rounded(.up)))
        if whole < 100 { return "about \(whole) s" }
        let minutes = (whole + 59) / 60
        return minutes < 100 ? "about \(minutes) min" : "about \(minutes / 60) h \(minutes % 60) min"
    }

    /// `60 %`, `33.3 %`.
    static func percent(_ part: Double) -> SafeText {
        guard part >= 0, part <= 100 else { return "?" }
        let tenths = Int((part * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}

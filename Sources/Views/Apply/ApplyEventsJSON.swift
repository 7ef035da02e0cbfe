package import Diagnostics
package import Planning
package import ProfileModel
import WireFormat

/// An apply for machines: one JSON object a line, `schemas/events.schema.json`. A reader passes over types
/// and members that it does not know; what it knows keeps its meaning until the major version changes.
/// Lines carry addresses and ids, no personal values but what the service's own sentences say.
package enum ApplyEventsJSON {
    package static let formatVersion = "1.0"

    /// Always the first line.
    package static func version(_ version: String, at time: Timestamp) -> String {
        line("version", at: time, ["format_version": .string(formatVersion), "profilectl_version": .string(version)])
    }

    /// A line for each step that will be done and each that will not.
    /// - Parameter canary: those that are tried first.
    package static func planned(_ plan: Plan, canary: Canary? = nil, at time: Timestamp) -> String {
        let steps = plan.steps.map { step in
            var members: AttributeObject = ["step": step.reference, "blocked": .bool(false)]
            if let canary { members["canary"] = .bool(canary.steps.contains(step.number)) }
            if !step.secondIdentifiers.isEmpty { members["warnings"] = .texts([Self.secondIdentifier]) }
            return line("planned_step", at: time, members)
        }
        let blocked = plan.blocked.map { blocked in
            line(
                "planned_step", at: time,
                [
                    "step": blocked.step.reference, "blocked": .bool(true), "code": .string(blocked.reason.code),
                    "message": .string(SafeText.blocked(blocked.reason).plain),
                ])
        }
        return (steps + blocked).joined()
    }

    private static let secondIdentifier = DiagnosticCode.secondIdentifier.rawValue

    package static func diagnostic(_ diagnostic: Diagnostic, at time: Timestamp) -> String {
        line("diagnostic", at: time, ["diagnostic": diagnostic.json])
    }

    package static func line(for event: ApplyEvent, at time: Timestamp) -> String {
        switch event {
        case .settled(let step): settled(step, at: time)
        case .started(let step): line("step_started", at: time, ["step": step.reference])
        case .finished(let step, let outcome): finished(step, outcome, at: time)
        case .progress(let long):
            long.map { long in
                line(
                    "step_progress", at: time,
                    ["step": long.step.reference, "elapsed_seconds": .decimal(toTheMillisecond(long.seconds))])
            }.joined()
        case .waiting(let seconds): line("step_waiting", at: time, ["seconds": .decimal(toTheMillisecond(seconds))])
        case .canary(let verdict): line("canary", at: time, verdict.json)
        case .summary(let report): line("summary", at: time, report.summary)
        }
    }

    private static func settled(_ step: SettledStep, at time: Timestamp) -> String {
        line(
            "step_settled", at: time,
            [
                "run": .string(step.run), "n": .count(step.number), "address": .string(step.address.description),
                "action": .string(step.action), "finding": .string(step.finding.code),
                "profile_id": .optional(step.finding.profileID),
                "message": .string(SafeText.finding(step.finding).plain),
            ])
    }

    private static func finished(_ step: Step, _ outcome: StepOutcome, at time: Timestamp) -> String {
        var members: AttributeObject = ["step": step.reference, "message": .string(SafeText.outcome(outcome).plain)]
        let type: String
        switch outcome {
        case .done(let profileID, let alreadyDone):
            type = "step_succeeded"
            members["profile_id"] = .string(profileID)
            members["already_done"] = .bool(alreadyDone)
        case .failed(let failure):
            type = "step_failed"
            members["failure"] = failure.json
            members["unknown"] = .bool(false)
        case .unknown(let failure):
            type = "step_failed"
            members["failure"] = failure.json
            members["unknown"] = .bool(true)
        case .stale(let reason):
            type = "step_skipped"
            members["class"] = "stale"
            members["code"] = .string(reason.code)
        case .notAttempted(let reason):
            type = "step_skipped"
            members["class"] = "not_attempted"
            members["code"] = .string(reason.code)
        }
        return line(type, at: time, members)
    }

    /// `type` stands first for whoever reads the stream by eye.
    private static func line(_ type: String, at time: Timestamp, _ members: AttributeObject) -> String {
        var members = members
        members["timestamp"] = .string(time.iso8601)
        let rest = writeJSON(.object(members)).dropFirst()
        return Escaping.visibleJSON("{\"type\":\"\(type)\",\(rest)\n")
    }
}

extension Step {
    /// What names a step in a stream; the values are in the plan.
    fileprivate var reference: AttributeValue {
        .object([
            "n": number > 0 ? .count(number) : .null, "address": .string(address.description),
            "action": .string(action.rawValue),
            "endpoint": .optional(request.map { CallForm($0).endpoint }),
            "profile_id": .optional(request?.profileID ?? before?.id),
        ])
    }
}

extension StepFailure {
    fileprivate var json: AttributeValue {
        .object([
            "status": status.map { .count($0) } ?? .null, "code": .optional(code), "title": .string(title),
            "request_id": .optional(requestID),
        ])
    }
}

extension ApplyReport {
    fileprivate var summary: AttributeObject {
        let counts = counts
        return [
            "run": .string(run), "planned": .count(lines.count), "done": .count(counts.done),
            "failed": .count(counts.failed), "stale": .count(counts.stale), "unknown": .count(counts.unknown),
            "not_attempted": .count(counts.notAttempted), "interrupted": .bool(interrupted),
            "scope": scope.json,
        ]
    }
}

extension StaleReason {
    fileprivate var code: String {
        switch self {
        case .changedSincePlan: "changed_since_plan"
        case .appearedSincePlan: "appeared_since_plan"
        case .goneSincePlan: "gone_since_plan"
        case .ledgerChanged: "ledger_changed_since_plan"
        case .managedElsewhere: "managed_elsewhere"
        case .serviceChanged: "service_changed_since_plan"
        }
    }
}

extension NotAttemptedReason {
    fileprivate var code: String {
        switch self {
        case .dependsOn: "depends_on"
        case .interrupted: "interrupted"
        case .stoppedAfterFailure: "stopped_after_failure"
        case .canaryFailed: "canary_failed"
        }
    }
}

extension SettledStep.Finding {
    fileprivate var code: String {
        switch self {
        case .tookEffect: "took_effect"
        case .hadNoEffect: "no_effect"
        case .cannotBeTold: "unknown"
        }
    }

    fileprivate var profileID: String? {
        switch self {
        case .tookEffect(let id), .cannotBeTold(.differs(let id)), .cannotBeTold(.gone(let id)): id
        case .cannotBeTold(.unreadable(let id)): id
        case .hadNoEffect, .cannotBeTold(.notKept): nil
        }
    }
}

private func toTheMillisecond(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

import Crypto
package import Planning
import ProfileModel
import WireFormat

/// The plan for machines, and the saved plan: `schemas/plan.schema.json` describes the document.
/// `Plan(json:)` reads it back without loss.
package enum PlanJSON {
    package static let formatVersion = "1.1"

    /// - Parameter version: profilectl's own version.
    /// - Parameter redaction: for what others read. A redacted document cannot be applied, and says so.
    package static func render(
        _ plan: Plan, version: String, redaction: Redaction? = nil, pretty: Bool = false
    ) -> String {
        let shown = redaction.map { $0.redacted(plan) } ?? plan
        var document = shown.document
        document["format_version"] = .string(formatVersion)
        document["profilectl_version"] = .string(version)
        document["redacted"] = .bool(redaction != nil)
        document["digest"] = .string(digest(of: document))
        return Escaping.visibleJSON(writeJSON(.object(document), pretty: pretty)) + "\n"
    }

    /// Over the compact document without its `digest`: tells a plan that was edited by hand.
    static func digest(of document: AttributeObject) -> String {
        var rest = document
        rest["digest"] = nil
        return "sha256:" + hexadecimal(SHA256.hash(data: Array(writeJSON(.object(rest)).utf8)))
    }
}

extension Plan {
    fileprivate var document: AttributeObject {
        [
            "environment": .object(["name": .string(environment.name), "service": .string(environment.service)]),
            "created_at": .string(createdAt.iso8601),
            "scope": scope.json,
            "steps": .array(steps.map { .object($0.members) }),
            "blocked": .array(blocked.map(\.json)),
            "unchanged": .array(unchanged.map { .string($0.description) }),
            "drift": .array(drift.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)),
            "cost": cost.json, "snapshot": snapshot?.json(at: createdAt) ?? .null,
            "ledger": .optional(ledger), "ledger_missing": .bool(isLedgerMissing), "basis": basis.json,
            "applyable": .bool(applyable), "complete": .bool(complete), "errored": .bool(errored),
        ]
    }
}

extension Step {
    var members: AttributeObject {
        [
            "n": .count(number), "address": .string(address.description), "action": .string(action.rawValue),
            "reason": reason.json(words: SafeText.reason(self)), "request": request?.json ?? .null,
            "before": before?.json ?? .null, "after": after?.json ?? .null,
            "fields": .array(fields.map(\.json)), "depends_on": .array(dependsOn.map { .count($0) }),
            "side_effects": .array(sideEffects.map { $0.json(of: address) }), "precondition": precondition.json,
            "declared": declared?.json ?? .null, "prevent_destroy": .bool(preventDestroy),
            "origin": origin?.json ?? .null, "moved_from": .optional(movedFrom?.description),
            "imported": .bool(arrival == .imported), "let_go": .bool(isLetGo), "keeps_name": .bool(keepsName),
            "ground": .array(ground.map(\.json)), "warnings": .array(secondIdentifiers.map(\.json)),
        ]
    }
}

extension BlockedStep {
    fileprivate var json: AttributeValue {
        var members = step.members
        var blockedBy: AttributeObject = [
            "code": .string(reason.code), "words": .string(SafeText.blocked(reason).plain),
        ]
        switch reason {
        case .deletesAreOff, .preventDestroy, .conflict, .excluded: break
        case .deletesEverything(let count): blockedBy["count"] = .count(count)
        case .tooManyDeletes(let count, let limit, let total), .tooManyUpdates(let count, let limit, let total):
            blockedBy["count"] = .count(count)
            blockedBy["limit"] = .count(limit)
            blockedBy["of"] = .count(total)
        case .sourceKeepsAll(let source): blockedBy["source"] = .string(source)
        case .tooManyDeletesOfSource(let source, let count, let limit, let total),
            .tooManyUpdatesOfSource(let source, let count, let limit, let total):
            blockedBy["source"] = .string(source)
            blockedBy["count"] = .count(count)
            blockedBy["limit"] = .count(limit)
            blockedBy["of"] = .count(total)
        case .userDiffers(let live, let desired):
            blockedBy["live"] = .string(live)
            blockedBy["desired"] = .string(desired)
        case .dependsOn(let address): blockedBy["address"] = .string(address.description)
        case .notCheckedOut(let file): blockedBy["file"] = .string(file)
        case .unknownWithoutLedger(let query): blockedBy["identifier"] = query.json
        case .unreadable(let profile): blockedBy["unreadable"] = profile.json
        case .ownerUnreadable(let type): blockedBy["identifier_type"] = .string(type)
        case .notReproducible(let fields): blockedBy["fields"] = .array(fields.map(\.json))
        }
        members["blocked_by"] = .object(blockedBy)
        return .object(members)
    }
}

extension Drift {
    fileprivate var json: AttributeValue {
        .object([
            "address": .string(address.description), "profile_id": .string(profileID),
            "fields": fields.map { .array($0.map(\.json)) } ?? .null,
        ])
    }
}

extension SnapshotOrigin {
    fileprivate func json(at time: Timestamp) -> AttributeValue {
        .object([
            "file": .string(file), "created_at": .string(createdAt.iso8601),
            "age_seconds": .count(time.seconds - createdAt.seconds),
        ])
    }
}

extension Cost {
    fileprivate var json: AttributeValue {
        .object([
            "reads_made": .count(readsMade), "check_reads": .count(checkReads),
            "writes": .array(
                writes.map { .object(["endpoint": .string($0.endpoint), "count": .count($0.count)]) }),
            "per_minute": .count(perMinute), "share": .decimal(share), "seconds": .decimal(seconds),
        ])
    }
}

extension AttributeValue {
    static func texts(_ texts: [String]) -> AttributeValue { .array(texts.map { .string($0) }) }

    /// The shortest text that reads back as the same number; null where JSON has none.
    static func decimal(_ number: Double) -> AttributeValue {
        number.isFinite ? .number(JSONNumber(text: number.description)) : .null
    }
}

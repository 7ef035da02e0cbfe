package import Planning
import ProfileModel
import WireFormat

/// Drift for machines: `schemas/drift.schema.json` describes the document.
package enum DriftJSON {
    package static let formatVersion = "1.0"

    /// - Parameter redaction: for what others read.
    package static func render(_ report: DriftReport, version: String, redaction: Redaction? = nil) -> String {
        var document = (redaction?.redacted(report) ?? report).document
        document["format_version"] = .string(formatVersion)
        document["profilectl_version"] = .string(version)
        document["redacted"] = .bool(redaction != nil)
        return Escaping.visibleJSON(writeJSON(.object(document))) + "\n"
    }
}

extension DriftReport {
    fileprivate var document: AttributeObject {
        [
            "environment": .object(["name": .string(environment.name), "service": .string(environment.service)]),
            "created_at": .string(createdAt.iso8601), "scope": scope.json, "checked": .count(checked),
            "drifted": .count(drifted.count), "manifests_known": .bool(knowsManifests),
            "profiles": .array(profiles.map(\.json)), "unused_acceptances": .array(unused.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)), "reads_made": .count(readsMade),
            "errored": .bool(errored),
        ]
    }
}

extension DriftedProfile {
    fileprivate var json: AttributeValue {
        .object([
            "address": .string(address.description), "profile_id": .string(profileID), "drifted": .bool(isDrifted),
            "gone": .bool(findings.contains { $0.field == .profile }), "findings": .array(findings.map(\.json)),
        ])
    }
}

extension DriftFinding {
    fileprivate var json: AttributeValue {
        .object([
            "field": .string(SafeText.field(field).plain),
            "change": change.map { FieldChange($0, .changedOutside).json } ?? .null,
            "live": live, "judgement": .string(judgement.code), "drift": .bool(judgement.isDrift),
            "acceptance": judgement.acceptance?.json ?? .null, "wanted_by_manifest": .bool(isWanted),
        ])
    }
}

extension DriftFinding.Judgement {
    fileprivate var code: String {
        switch self {
        case .open: "open"
        case .accepted: "accepted"
        case .movedOn: "changed_since_accepted"
        case .expired: "expired"
        case .ignored: "ignored"
        }
    }
}

extension AcceptedDrift {
    fileprivate var json: AttributeValue {
        .object([
            "address": .string(address.description), "field": .string(SafeText.field(field).plain), "value": value,
            "owner": .string(owner), "reason": .string(reason), "expires": .string(expires), "origin": origin.json,
        ])
    }
}

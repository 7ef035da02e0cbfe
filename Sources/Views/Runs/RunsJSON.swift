package import ProfileModel
import WireFormat

/// Runs for machines, `schemas/run.schema.json`.
package enum RunsJSON {
    package static let formatVersion = "1.0"

    package static func list(_ runs: [RecordedRun]) -> String {
        document(["runs": .array(runs.map { .object($0.members) })])
    }

    package static func run(_ run: RecordedRun, _ steps: [RecordedStep]) -> String {
        var members = run.members
        members["steps"] = .array(steps.map(\.json))
        return document(["run": .object(members)])
    }

    private static func document(_ content: AttributeObject) -> String {
        var document = content
        document["format_version"] = .string(formatVersion)
        return Escaping.visibleJSON(writeJSON(.object(document), pretty: false)) + "\n"
    }
}

extension RecordedRun {
    fileprivate var members: AttributeObject {
        var counts: AttributeObject = ["planned": .count(planned)]
        for ending in RecordedStep.Ending.allCases { counts[ending.rawValue] = .count(self.counts[ending] ?? 0) }
        return [
            "id": .string(id), "environment": .string(environment), "started_at": .string(startedAt.iso8601),
            "state": .string(state), "ended_at": endedAt.map { .string($0.iso8601) } ?? .null,
            "started_by": .optional(startedBy), "ci_url": .optional(ciURL), "rolled_back": .optional(undoes),
            "counts": .object(counts),
        ]
    }

    private var state: String {
        switch ending {
        case .ended: "ended"
        case .underWay: "under_way"
        case .cutOff: "cut_off"
        }
    }

    private var endedAt: Timestamp? {
        switch ending {
        case .ended(let time): time
        case .underWay, .cutOff: nil
        }
    }
}

extension RecordedStep {
    fileprivate var json: AttributeValue {
        .object([
            "n": .count(number), "address": .string(address.description), "action": .optional(action),
            "ending": .string(ending.rawValue), "detail": .optional(detail),
        ])
    }
}

import Planning
import ProfileModel

extension SafeText {
    static func finding(_ finding: CanaryVerdict.Finding) -> SafeText {
        switch finding {
        case .notDone: "was not done"
        case .differs(_, let parts): "reads back otherwise than planned: " + list(parts.map { "\(bare: $0)" })
        case .gone: "was written, and is not there"
        case .stillThere: "was deleted, and is still there"
        case .unreadable(_, let failure): "could not be read back: " + .failure(failure)
        }
    }
}

extension CanaryVerdict {
    var lines: [SafeText] {
        guard !holds else {
            return ["\("canary", .green): \(.count(readBack, "profile")) read back as planned"]
        }
        return findings.map {
            "\("canary", .boldRed): step \($0.step.number) \($0.step.address, .bold) " + .finding($0)
        }
    }

    var json: AttributeObject {
        [
            "holds": .bool(holds), "read_back": .count(readBack),
            "findings": .array(
                findings.map { finding in
                    .object([
                        "n": .count(finding.step.number), "address": .string(finding.step.address.description),
                        "code": .string(finding.code), "message": .string(SafeText.finding(finding).plain),
                    ])
                }),
        ]
    }
}

extension CanaryVerdict.Finding {
    fileprivate var code: String {
        switch self {
        case .notDone: "not_done"
        case .differs: "differs"
        case .gone: "gone"
        case .stillThere: "still_there"
        case .unreadable: "unreadable"
        }
    }
}

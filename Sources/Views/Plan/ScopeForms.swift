import Planning
import ProfileModel
import WireFormat

extension PlanScope {
    var json: AttributeValue {
        .object([
            "whole": .bool(isWhole), "paths": .texts(paths), "targets": .texts(targets), "excludes": .texts(excludes),
            "since": since?.json ?? .null, "rolls_back": .optional(undoes),
            "included": .array(
                included.map {
                    .object([
                        "address": .string($0.address.description), "needed_by": .string($0.neededBy.description),
                    ])
                }),
        ])
    }

    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> PlanScope {
        PlanScope(
            paths: try node.texts("paths"), targets: try node.texts("targets"), excludes: try node.texts("excludes"),
            since: try node.optional("since", Since.read), undoes: try node.optionalText("rolls_back"),
            included: try node.list("included") { item throws(PlanDocumentFailure) in
                Inclusion(
                    try item.required("address").address(), neededBy: try item.required("needed_by").address())
            })
    }
}

extension PlanScope.Since {
    fileprivate var json: AttributeValue {
        .object(["revision": .string(revision), "merge_base": .string(mergeBase), "count": .count(count)])
    }

    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> PlanScope.Since {
        PlanScope.Since(
            revision: try node.text("revision"), mergeBase: try node.text("merge_base"),
            count: try node.number("count"))
    }
}

extension SafeText {
    /// `only coolbikes/rider/*, without */*/jane-*`. Empty for the whole.
    static func scope(_ scope: PlanScope) -> SafeText {
        var parts: [SafeText] = []
        for chosen in [scope.paths, scope.targets] where !chosen.isEmpty { parts.append("only " + names(chosen)) }
        if let since = scope.since { parts.append("only " + .difference(from: since)) }
        if let run = scope.undoes { parts.append("only the rollback of run \(bare: run)") }
        if !scope.excludes.isEmpty { parts.append("without " + names(scope.excludes)) }
        return joined(parts, by: ", ")
    }

    /// `what differs from main (merge base 1a2b3c4d5e6f)`.
    static func difference(from since: PlanScope.Since) -> SafeText {
        "what differs from \(bare: since.revision) (merge base \(bare: since.shortBase))"
    }

    static func inclusion(_ inclusion: PlanScope.Inclusion) -> SafeText {
        "\(inclusion.address, .bold) comes along: it holds what \(inclusion.neededBy) takes"
    }

    private static func names(_ names: [String]) -> SafeText { list(names.map { "\(bare: $0)" }) }
}

extension PlanScope.Since {
    /// Enough of the commit's name for people.
    var shortBase: String { String(mergeBase.prefix(12)) }
}

import Planning
import ProfileModel
import WireFormat

// What a saved plan rests on, both ways.

extension Ground {
    var json: AttributeValue {
        .object(["address": .string(address.description), "entry": .optional(entry)])
    }

    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Ground {
        Ground(address: try node.required("address").address(), entry: try node.optionalText("entry"))
    }
}

extension PlanBasis {
    var json: AttributeValue {
        .object([
            "allow_delete": .bool(consent.deletes), "allow_delete_all": .bool(consent.deletesOfAll),
            "population": population.json, "patch_null_deletes": .bool(patchNullDeletes),
        ])
    }

    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> PlanBasis {
        PlanBasis(
            consent: PlanConsent(
                deletes: try node.bool("allow_delete"), deletesOfAll: try node.bool("allow_delete_all")),
            population: try Population.read(node.required("population")),
            patchNullDeletes: try node.bool("patch_null_deletes"))
    }
}

extension Population {
    fileprivate var json: AttributeValue {
        let sources = bySource.sorted { $0.key.text.precedes($1.key.text) }.map { source, counts in
            AttributeValue.object(counts.members.adding("source", .string(source.text)))
        }
        return .object(all.members.adding("sources", .array(sources)))
    }

    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Population {
        let sources = try node.list("sources") { source throws(PlanDocumentFailure) in
            (ExactText(try source.text("source")), try Counts.read(source))
        }
        return Population(all: try Counts.read(node), bySource: Dictionary(sources) { first, _ in first })
    }
}

extension Population.Counts {
    fileprivate var members: AttributeObject {
        ["desired_live": .count(desiredLive), "managed_live": .count(managedLive)]
    }

    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Population.Counts {
        Population.Counts(
            desiredLive: try node.tally("desired_live"), managedLive: try node.tally("managed_live"))
    }
}

extension AttributeObject {
    fileprivate func adding(_ key: String, _ value: AttributeValue) -> AttributeObject {
        var object = self
        object[key] = value
        return object
    }
}

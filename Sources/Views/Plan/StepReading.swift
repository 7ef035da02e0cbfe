import Planning
import ProfileModel
import WireFormat

extension Step {
    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Step {
        var step = Step(
            number: try node.number("n"), address: try node.required("address").address(),
            action: try node.name("action"), reason: try StepReason.read(node.required("reason")),
            request: try node.optional("request", ProfileWrite.read),
            before: try node.optional("before") { before throws(PlanDocumentFailure) in try before.profile() },
            after: try node.optional("after") { after throws(PlanDocumentFailure) in try after.values() },
            fields: try node.required("fields").fields(),
            dependsOn: try node.list("depends_on") { number throws(PlanDocumentFailure) in try number.number() },
            sideEffects: try node.list("side_effects", SideEffect.read),
            precondition: try Precondition.read(node.required("precondition")),
            declared: try node.optional("declared") { values throws(PlanDocumentFailure) in try values.values() },
            preventDestroy: try node.bool("prevent_destroy"),
            origin: try node.optional("origin", Origin.read), arrival: try Arrival.read(node),
            secondIdentifiers: try node.list("warnings", SecondIdentifier.read))
        step.isLetGo = try node.bool("let_go")
        step.keepsName = try node.bool("keeps_name")
        step.ground = try node.list("ground", Ground.read)
        return step
    }
}

extension Step.Arrival {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Step.Arrival? {
        let from = try node.optional("moved_from") { from throws(PlanDocumentFailure) in try from.address() }
        if let from { return .moved(from: from) }
        return try node.bool("imported") ? .imported : nil
    }
}

extension Origin {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Origin {
        Origin(file: try node.text("file"), line: try node.number("line"), column: try node.number("column"))
    }
}

extension StepReason {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> StepReason {
        let code = try node.required("code")
        switch try code.text() {
        case "absent": return .absent
        case "absent_for_user": return .absentForUser(userID: try node.text("user_id"))
        case "sets_and_adds": return .setsAndAdds
        case "removes_identifiers": return .removesIdentifiers(try node.list("identifiers", Identifier.read))
        case "removes_attributes": return .removesAttributes(try node.paths())
        case "sets_attributes_to_null": return .setsAttributesToNull(try node.paths())
        case "resets_name": return .resetsName
        case "parts_ring":
            return .partsRing(
                without: try node.list("identifiers", Identifier.read),
                ring: try node.list("ring") { member throws(PlanDocumentFailure) in try member.address() })
        case "removed_from_manifests": return .removedFromManifests
        case "exists_unmanaged": return .existsUnmanaged
        case "already_live": return .alreadyLive
        case "gone_everywhere": return .goneEverywhere
        case "renamed": return .renamed
        case "imported_as_is": return .importedAsIs
        case "import_refused": return .importRefused
        case "let_go": return .letGo
        case "undone": return .undone
        case "live_unreadable": return .liveUnreadable
        case let other: throw code.failure(.unknownName(other))
        }
    }
}

extension DocumentNode {
    fileprivate func paths() throws(PlanDocumentFailure) -> [[String]] {
        try list("paths") { path throws(PlanDocumentFailure) in try path.texts() }
    }
}

extension Identifier {
    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Identifier {
        Identifier(type: try node.text("type"), value: try node.text("value"))
    }
}

extension IdentifierQuery {
    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> IdentifierQuery {
        IdentifierQuery(
            source: try node.text("source"), type: try node.text("type"),
            identifier: Identifier(type: try node.text("identifier_type"), value: try node.text("value")))
    }
}

extension ProfileWrite {
    /// The call is made from whom it is for and from its body. What the document shows as method, path and
    /// query must be just that call, or a plan could show one call and make another.
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> ProfileWrite {
        let write = try readParts(node)
        guard write.json == node.value else { throw node.failure(.requestDiffers) }
        return write
    }

    private static func readParts(_ node: DocumentNode) throws(PlanDocumentFailure) -> ProfileWrite {
        let method = try node.text("method")
        let userID = try node.optionalText("user_id")
        let profileID = try node.optionalText("profile_id")
        let query = try node.optional("identifier", IdentifierQuery.read)
        let values = try node.optional("body") { body throws(PlanDocumentFailure) in
            try body.required("profile").values()
        }
        switch (method, userID, query, profileID, values) {
        case ("PUT", let userID?, let query?, nil, let values?):
            return .putUnderUser(userID: userID, query, values)
        case ("PUT", nil, let query?, nil, let values?): return .putByQuery(query, values)
        case ("PUT", nil, nil, let id?, let values?): return .put(id: id, values)
        case ("PATCH", nil, nil, let id?, let values?): return .patch(id: id, ProfilePatch(values))
        case ("PATCH", nil, let query?, nil, let values?): return .patchByQuery(query, ProfilePatch(values))
        case ("DELETE", nil, nil, let id?, nil): return .delete(id: id)
        default: throw node.failure(.requestDiffers)
        }
    }
}

extension ProfilePatch {
    fileprivate init(_ values: ProfileValues) {
        self.init(name: values.name, identifiers: values.identifiers, attributes: values.attributes)
    }
}

extension FieldChange {
    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> FieldChange {
        FieldChange(try Change.read(node), try node.name("cause"))
    }
}

extension FieldChange.Change {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> FieldChange.Change {
        let (field, change) = (try node.text("field"), try node.text("change"))
        switch (field, change) {
        case ("name", "changed"):
            return .nameChanged(from: try node.optionalText("before"), to: try node.optionalText("after"))
        case ("identifiers", "added"): return .identifierAdded(try Identifier.read(node.required("after")))
        case ("identifiers", "removed"): return .identifierRemoved(try Identifier.read(node.required("before")))
        case ("attributes", "added"):
            return .attributeAdded(path: try node.texts("path"), try node.required("after").value)
        case ("attributes", "removed"):
            return .attributeRemoved(path: try node.texts("path"), try node.required("before").value)
        case ("attributes", "changed"):
            return .attributeChanged(
                path: try node.texts("path"), from: try node.required("before").value,
                to: try node.required("after").value)
        default: throw node.failure(.unknownName("\(field) \(change)"))
        }
    }
}

extension SideEffect {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> SideEffect {
        let kind = try node.required("kind")
        switch try kind.text() {
        case "identity_added":
            return .identityAdded(
                try AffectedUser.read(node), try Identifier.read(node.required("identifier")),
                try node.name("certainty"))
        case "external_id_set":
            return .externalIDSet(try AffectedUser.read(node), try node.text("value"), try node.name("certainty"))
        case "anonymous_user_created":
            return .anonymousUserCreated(name: try node.text("name"), try node.name("certainty"))
        case "attached":
            return .attached(try AffectedUser.read(node), by: try Identifier.read(node.required("identifier")))
        case "identity_kept":
            return .identityKept(
                userID: try node.optionalText("user_id"), try Identifier.read(node.required("identifier")))
        case let other: throw kind.failure(.unknownName(other))
        }
    }
}

extension AffectedUser {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> AffectedUser {
        if let userID = try node.optionalText("user_id") { return .known(userID) }
        let address = try node.optional("new_user_of") { address throws(PlanDocumentFailure) in try address.address() }
        return address.map { .new($0) } ?? .unknown
    }
}

extension Precondition {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Precondition {
        let kind = try node.required("kind")
        switch try kind.text() {
        case "absent": return .absent(try IdentifierQuery.read(node.required("identifier")))
        case "unchanged":
            return .unchanged(
                id: try node.text("id"),
                updatedAt: try node.optional("updated_at") { time throws(PlanDocumentFailure) in try time.time() },
                digest: try node.text("digest"))
        case "none": return Precondition.none
        case let other: throw kind.failure(.unknownName(other))
        }
    }
}

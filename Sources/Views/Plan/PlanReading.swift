import Diagnostics
package import Planning
import ProfileModel
import WireFormat

extension Plan {
    /// Reads what `PlanJSON` writes. A document that was edited, redacted or made by a later format is refused.
    package init(json text: String) throws(PlanDocumentFailure) {
        try self.init(json: Array(text.utf8))
    }

    package init(json bytes: [UInt8]) throws(PlanDocumentFailure) {
        let root: DocumentNode
        do { root = DocumentNode(value: try readJSON(bytes), path: "") } catch { throw .notJSON(error) }
        guard case .object(let document) = root.value else { throw root.failure(.expected(.object)) }
        guard document["format_version"] == .string(PlanJSON.formatVersion) else {
            throw .unsupportedVersion(try root.member("format_version")?.text())
        }
        guard document["digest"] == .string(PlanJSON.digest(of: document)) else { throw .digestMismatch }
        guard try !root.bool("redacted") else { throw .redacted }
        let environment = try root.required("environment")
        self.init(
            environment: EnvironmentStamp(
                name: try environment.text("name"), service: try environment.text("service")),
            createdAt: try root.required("created_at").time(),
            scope: try PlanScope.read(root.required("scope")),
            steps: try root.list("steps", Step.read),
            blocked: try root.list("blocked", BlockedStep.read),
            unchanged: try root.list("unchanged") { node throws(PlanDocumentFailure) in try node.address() },
            drift: try root.list("drift", Drift.read),
            diagnostics: try root.list("diagnostics", Diagnostic.read),
            cost: try Cost.read(root.required("cost")),
            snapshot: try root.optional("snapshot") { node throws(PlanDocumentFailure) in
                SnapshotOrigin(file: try node.text("file"), createdAt: try node.required("created_at").time())
            },
            ledger: try root.optionalText("ledger"), isLedgerMissing: try root.bool("ledger_missing"),
            basis: try PlanBasis.read(root.required("basis")))
    }
}

extension DocumentNode {
    func texts(_ key: String) throws(PlanDocumentFailure) -> [String] { try required(key).texts() }

    func texts() throws(PlanDocumentFailure) -> [String] {
        try items { node throws(PlanDocumentFailure) in try node.text() }
    }

    func optionalText(_ key: String) throws(PlanDocumentFailure) -> String? {
        try optional(key) { node throws(PlanDocumentFailure) in try node.text() }
    }

    /// The fields of a difference, each read by the same rule.
    func fields() throws(PlanDocumentFailure) -> [FieldChange] { try items(FieldChange.read) }
}

extension BlockedStep {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> BlockedStep {
        BlockedStep(step: try Step.read(node), reason: try Reason.read(node.required("blocked_by")))
    }
}

extension BlockedStep.Reason {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> BlockedStep.Reason {
        let code = try node.required("code")
        switch try code.text() {
        case "deletes_are_off": return .deletesAreOff
        case "prevent_destroy": return .preventDestroy
        case "deletes_everything": return .deletesEverything(count: try node.number("count"))
        case "too_many_deletes":
            return .tooManyDeletes(
                count: try node.number("count"), limit: try node.number("limit"), of: try node.number("of"))
        case "too_many_updates":
            return .tooManyUpdates(
                count: try node.number("count"), limit: try node.number("limit"), of: try node.number("of"))
        case "source_keeps_all": return .sourceKeepsAll(source: try node.text("source"))
        case "too_many_deletes_of_source":
            return .tooManyDeletesOfSource(
                source: try node.text("source"), count: try node.number("count"), limit: try node.number("limit"),
                of: try node.number("of"))
        case "too_many_updates_of_source":
            return .tooManyUpdatesOfSource(
                source: try node.text("source"), count: try node.number("count"), limit: try node.number("limit"),
                of: try node.number("of"))
        case "user_differs":
            return .userDiffers(live: try node.text("live"), desired: try node.text("desired"))
        case "depends_on": return .dependsOn(try node.required("address").address())
        case "conflict": return .conflict
        case "excluded": return .excluded
        case "not_checked_out": return .notCheckedOut(file: try node.text("file"))
        case "unknown_without_ledger":
            return .unknownWithoutLedger(try IdentifierQuery.read(node.required("identifier")))
        case "unreadable": return .unreadable(try UnreadableProfile.read(node.required("unreadable")))
        case "owner_unreadable": return .ownerUnreadable(identifierType: try node.text("identifier_type"))
        case "not_reproducible":
            return .notReproducible(
                try node.list("fields") { field throws(PlanDocumentFailure) in try DamagedField.read(field) })
        case let other: throw code.failure(.unknownName(other))
        }
    }
}

extension Drift {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Drift {
        Drift(
            address: try node.required("address").address(), profileID: try node.text("profile_id"),
            fields: try node.optional("fields") { fields throws(PlanDocumentFailure) in try fields.fields() })
    }
}

extension Cost {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Cost {
        Cost(
            readsMade: try node.tally("reads_made"), checkReads: try node.tally("check_reads"),
            writes: try node.list("writes") { write throws(PlanDocumentFailure) in
                EndpointCount(endpoint: try write.text("endpoint"), count: try write.tally("count"))
            },
            perMinute: try node.tally("per_minute"), share: try node.decimal("share"))
    }
}

extension DocumentNode {
    /// A number of calls or profiles; small enough that sums of them cannot overflow.
    func tally(_ key: String) throws(PlanDocumentFailure) -> Int {
        let number: Int = try number(key)
        guard (0...1_000_000_000).contains(number) else { throw try required(key).failure(.expected(.number)) }
        return number
    }
}

extension Diagnostic {
    fileprivate static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> Diagnostic {
        Diagnostic(
            try node.name("code"), try node.text("message"), severity: try node.name("severity"),
            at: try node.location(),
            notes: try node.list("notes") { note throws(PlanDocumentFailure) in
                Note(try note.text("message"), at: try note.location())
            },
            help: try node.optionalText("help"))
    }
}

extension DocumentNode {
    fileprivate func location() throws(PlanDocumentFailure) -> SourceLocation? {
        guard let file = try optionalText("file") else { return nil }
        let range = try required("range")
        return SourceLocation(file: file, range: SourceRange(try range.position("start"), try range.position("end")))
    }

    private func position(_ key: String) throws(PlanDocumentFailure) -> SourcePosition {
        let position = try required(key)
        return SourcePosition(line: try position.number("line"), column: try position.number("column"))
    }
}

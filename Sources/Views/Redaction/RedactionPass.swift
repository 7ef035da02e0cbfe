import Diagnostics
import Planning
import ProfileModel

/// One walk over a value. It remembers what it replaced, so that messages that quote a value are covered too.
struct RedactionPass {
    private let redaction: Redaction
    private var sentences = SentenceRedaction()

    init(_ redaction: Redaction) {
        self.redaction = redaction
    }

    mutating func standIn(_ value: String, kind: String) -> String {
        let standIn = redaction.pseudonym.of(value, kind: kind)
        sentences.remember(value, as: standIn)
        return standIn
    }

    /// An id that sentences may name.
    mutating func sentencesKeep(_ id: String) { sentences.keep(id) }

    mutating func step(_ step: Step) -> Step {
        sentences.keep(step.before?.id)
        sentences.keep(step.before?.userID)
        sentences.keep(step.request?.profileID)
        var shown = step
        shown.reason = reason(step.reason)
        shown.request = step.request.map { write($0) }
        shown.before = step.before.map { profile($0) }
        shown.after = step.after.map { values($0) }
        shown.fields = step.fields.map { field($0) }
        shown.sideEffects = step.sideEffects.map { sideEffect($0) }
        shown.secondIdentifiers = step.secondIdentifiers.map { second in
            SecondIdentifier(added: identifier(second.added), beside: second.beside.map { identifier($0) })
        }
        shown.precondition = precondition(step.precondition)
        shown.declared = step.declared.map { values($0) }
        for place in shown.ground.indices {
            shown.ground[place].entry = shown.ground[place].entry.map { redaction.pseudonym.of($0, kind: "digest") }
        }
        return shown
    }

    mutating func blocked(_ blocked: BlockedStep) -> BlockedStep {
        BlockedStep(step: step(blocked.step), reason: reason(blocked.reason))
    }

    private mutating func reason(_ reason: BlockedStep.Reason) -> BlockedStep.Reason {
        switch reason {
        case .unknownWithoutLedger(let query): .unknownWithoutLedger(self.query(query))
        case .deletesAreOff, .preventDestroy, .deletesEverything, .tooManyDeletes, .tooManyUpdates, .sourceKeepsAll,
            .tooManyDeletesOfSource, .tooManyUpdatesOfSource, .userDiffers, .dependsOn, .conflict, .excluded,
            .notCheckedOut, .unreadable, .ownerUnreadable, .notReproducible:
            reason
        }
    }

    private mutating func reason(_ reason: StepReason) -> StepReason {
        switch reason {
        case .removesIdentifiers(let identifiers): .removesIdentifiers(identifiers.map { identifier($0) })
        case .partsRing(let identifiers, let ring):
            .partsRing(without: identifiers.map { identifier($0) }, ring: ring)
        case .absent, .absentForUser, .setsAndAdds, .removesAttributes, .setsAttributesToNull, .resetsName,
            .removedFromManifests, .existsUnmanaged, .alreadyLive, .goneEverywhere, .renamed, .importedAsIs,
            .importRefused, .letGo, .undone, .liveUnreadable:
            reason
        }
    }

    private mutating func write(_ write: ProfileWrite) -> ProfileWrite {
        switch write {
        case .putUnderUser(let userID, let query, let values):
            .putUnderUser(userID: userID, self.query(query), self.values(values))
        case .putByQuery(let query, let values): .putByQuery(self.query(query), self.values(values))
        case .put(let id, let values): .put(id: id, self.values(values))
        case .patch(let id, let patch): .patch(id: id, self.patch(patch))
        case .patchByQuery(let query, let patch): .patchByQuery(self.query(query), self.patch(patch))
        case .delete: write
        }
    }

    mutating func profile(_ profile: Profile) -> Profile {
        var shown = profile
        shown.name = profile.name.map { standIn($0, kind: "name") }
        shown.nameDamage = nil
        shown.identifiers = profile.identifiers.map { identifier($0) }
        shown.attributes = object(profile.attributes, at: [])
        return shown
    }

    mutating func values(_ values: ProfileValues) -> ProfileValues {
        ProfileValues(
            name: values.name.map { standIn($0, kind: "name") }, identifiers: values.identifiers.map { identifier($0) },
            attributes: object(values.attributes, at: []))
    }

    private mutating func patch(_ patch: ProfilePatch) -> ProfilePatch {
        ProfilePatch(
            name: patch.name.map { standIn($0, kind: "name") }, identifiers: patch.identifiers.map { identifier($0) },
            attributes: object(patch.attributes, at: []))
    }

    mutating func identifier(_ identifier: Identifier) -> Identifier {
        Identifier(type: identifier.type, value: standIn(identifier.value, kind: identifier.type))
    }

    private mutating func query(_ query: IdentifierQuery) -> IdentifierQuery {
        IdentifierQuery(source: query.source, type: query.type, identifier: identifier(query.identifier))
    }

    mutating func lookup(_ lookup: Lookup) -> Lookup {
        switch lookup {
        case .user, .profile: lookup
        case .query(let query): .query(self.query(query))
        }
    }

    private mutating func object(_ object: AttributeObject, at path: [String]) -> AttributeObject {
        AttributeObject(object.members.map { ($0.key, value($0.value, at: path + [$0.key])) })
    }

    /// Null says only that something is not there.
    mutating func value(_ value: AttributeValue, at path: [String]) -> AttributeValue {
        guard !isPublic(path) else { return value }
        switch value {
        case .null: return .null
        case .bool(let bool): return .string(redaction.pseudonym.of(bool ? "true" : "false", kind: "value"))
        case .number(let number): return .string(standIn(number.text, kind: "value"))
        case .string(let text): return .string(standIn(text, kind: "value"))
        case .array(let items): return .array(items.map { self.value($0, at: path) })
        case .object(let members): return .object(object(members, at: path))
        // The fingerprint is of personal values and has no key: good enough to try values out.
        case .damaged(let shown, _): return self.value(shown, at: path)
        }
    }

    private func isPublic(_ path: [String]) -> Bool {
        var prefix = ""
        for key in path {
            prefix += prefix.isEmpty ? key : "." + key
            if redaction.publicAttributes.contains(prefix) { return true }
        }
        return false
    }

    mutating func field(_ field: FieldChange) -> FieldChange {
        FieldChange(change(field.change), field.cause)
    }

    private mutating func change(_ change: FieldChange.Change) -> FieldChange.Change {
        switch change {
        case .nameChanged(let from, let to):
            .nameChanged(from: from.map { standIn($0, kind: "name") }, to: to.map { standIn($0, kind: "name") })
        case .identifierAdded(let identifier): .identifierAdded(self.identifier(identifier))
        case .identifierRemoved(let identifier): .identifierRemoved(self.identifier(identifier))
        case .attributeAdded(let path, let new): .attributeAdded(path: path, value(new, at: path))
        case .attributeRemoved(let path, let old): .attributeRemoved(path: path, value(old, at: path))
        case .attributeChanged(let path, let old, let new):
            .attributeChanged(path: path, from: value(old, at: path), to: value(new, at: path))
        }
    }

    private mutating func sideEffect(_ effect: SideEffect) -> SideEffect {
        switch effect {
        case .identityAdded(let user, let identifier, let certainty):
            .identityAdded(user, self.identifier(identifier), certainty)
        case .externalIDSet(let user, let value, let certainty):
            .externalIDSet(user, standIn(value, kind: "external_id"), certainty)
        case .anonymousUserCreated(let name, let certainty):
            .anonymousUserCreated(name: standIn(name, kind: "name"), certainty)
        case .attached(let user, let identifier): .attached(user, by: self.identifier(identifier))
        case .identityKept(let userID, let identifier): .identityKept(userID: userID, self.identifier(identifier))
        }
    }

    private mutating func precondition(_ precondition: Precondition) -> Precondition {
        switch precondition {
        case .absent(let query): .absent(self.query(query))
        // The digest is of personal values and has no key, as those of the ground: good enough to try values out.
        case .unchanged(let id, let updatedAt, let digest):
            .unchanged(id: id, updatedAt: updatedAt, digest: redaction.pseudonym.of(digest, kind: "digest"))
        case .none: precondition
        }
    }

    mutating func report(_ report: ApplyReport) -> ApplyReport {
        var shown = report
        shown.lines = report.lines.map { line in
            ApplyReport.Line(step: step(line.step), outcome: outcome(line.outcome))
        }
        return shown
    }

    /// Names parts of profiles, but no values; only the service's own words may.
    mutating func finding(_ finding: CanaryVerdict.Finding) -> CanaryVerdict.Finding {
        switch finding {
        case .notDone(let step): .notDone(self.step(step))
        case .differs(let step, let parts): .differs(self.step(step), parts)
        case .gone(let step): .gone(self.step(step))
        case .stillThere(let step): .stillThere(self.step(step))
        case .unreadable(let step, let failure): .unreadable(self.step(step), self.failure(failure))
        }
    }

    func outcome(_ outcome: StepOutcome) -> StepOutcome {
        switch outcome {
        case .done, .stale, .notAttempted: outcome
        case .failed(let failure): .failed(self.failure(failure))
        case .unknown(let failure): .unknown(self.failure(failure))
        }
    }

    private func failure(_ failure: StepFailure) -> StepFailure {
        var shown = failure
        shown.title = sentence(failure.title)
        return shown
    }

    func diagnostic(_ diagnostic: Diagnostic) -> Diagnostic {
        var shown = diagnostic
        shown.message = sentence(diagnostic.message)
        shown.notes = diagnostic.notes.map { Diagnostic.Note(sentence($0.message), at: $0.location) }
        shown.help = diagnostic.help.map { sentence($0) }
        return shown
    }

    func sentence(_ text: String) -> String {
        sentences.redacted(text, by: redaction.pseudonym)
    }
}

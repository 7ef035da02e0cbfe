import Diagnostics
import Planning
import ProfileModel

/// Plans of every shape with values of strangers, the same ones for the same seed.
struct RandomPlan {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    private mutating func some<Value>(_ make: (inout RandomPlan) -> Value) -> [Value] {
        (0..<below(4)).map { _ in make(&self) }
    }

    private mutating func maybe<Value>(_ make: (inout RandomPlan) -> Value) -> Value? {
        below(3) == 0 ? nil : make(&self)
    }

    static let texts = [
        Fixtures.hostile, "", " ", "plain", "jane@example.com", "a  b ", "\"", "\\", "</script>", "| `x` |", "@team #1",
        "\u{2028}\u{2029}\u{85}\u{7F}\u{0}", "\u{E0041}\u{FEFF}\u{AD}", "名前\u{3000}😀", "e\u{301}", "\u{301}x",
        "%41?&=:",
        "\u{1B}]8;;https://evil.example\u{7}", "\r\n", "\t", "${env:TOKEN}",
    ]

    mutating func text() -> String { pick(Self.texts) }

    private mutating func id() -> String { "id" + text() }

    private mutating func address() -> Address {
        func part(_ text: String) -> String { String(("p" + text).map { $0 == "/" ? "-" : $0 }) }
        return Address(source: part(text()), type: part(text()), name: part(text()))
    }

    mutating func identifier() -> Identifier { Identifier(type: text(), value: text()) }

    private mutating func query() -> IdentifierQuery {
        IdentifierQuery(source: text(), type: text(), identifier: identifier())
    }

    private mutating func value(depth: Int = 0) -> AttributeValue {
        switch below(depth > 2 ? 4 : 6) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2: .number(JSONNumber(text: pick(["0", "-1.50", "1e400", "12345678901234567890"])))
        case 3: .string(text())
        case 4: .array(some { $0.value(depth: depth + 1) })
        default: .object(object(depth: depth + 1))
        }
    }

    private mutating func object(depth: Int = 0) -> AttributeObject {
        AttributeObject(some { ($0.text(), $0.value(depth: depth)) })
    }

    private mutating func values() -> ProfileValues {
        ProfileValues(name: maybe { $0.text() }, identifiers: some { $0.identifier() }, attributes: object())
    }

    private mutating func patch() -> ProfilePatch {
        ProfilePatch(name: maybe { $0.text() }, identifiers: some { $0.identifier() }, attributes: object())
    }

    private mutating func time() -> Timestamp {
        Timestamp(seconds: Int64(below(4_000_000_000)), nanoseconds: pick([0, 1, 591_000_000, 999_999_999]))
    }

    mutating func profile() -> Profile {
        var profile = Profile(
            id: id(), userID: maybe { $0.text() }, source: text(), type: text(), name: maybe { $0.text() },
            identifiers: some { $0.identifier() }, attributes: object(), createdAt: maybe { $0.time() },
            updatedAt: maybe { $0.time() })
        guard below(4) == 0 else { return profile }
        profile.nameDamage = profile.name == nil ? nil : damage()
        profile.identifiers.append(Identifier(type: text(), value: text(), damage: damage()))
        profile.attributes[text()] = .damaged(.array([.damaged(value(), damage()), value()]), damage())
        return profile
    }

    private mutating func damage() -> Damage { Damage(pick(Damage.Flaw.allCases), fingerprint: next()) }

    mutating func unreadable() -> UnreadableProfile {
        UnreadableProfile(
            id: maybe { $0.text() }, pick(UnreadableProfile.Problem.allCases), field: maybe { $0.text() })
    }

    private mutating func damagedField() -> DamagedField {
        switch below(3) {
        case 0: .name
        case 1: .identifiers
        default: .attribute(text())
        }
    }

    private mutating func write() -> ProfileWrite {
        switch below(6) {
        case 0: .putUnderUser(userID: text(), query(), values())
        case 1: .putByQuery(query(), values())
        case 2: .put(id: id(), values())
        case 3: .patch(id: id(), patch())
        case 4: .patchByQuery(query(), patch())
        default: .delete(id: id())
        }
    }

    private mutating func path() -> [String] { [text()] + some { $0.text() } }

    mutating func reason() -> StepReason {
        switch below(18) {
        case 0: .absent
        case 1: .absentForUser(userID: text())
        case 2: .setsAndAdds
        case 3: .removesIdentifiers(some { $0.identifier() })
        case 4: .removesAttributes(some { $0.path() })
        case 5: .setsAttributesToNull(some { $0.path() })
        case 6: .resetsName
        case 7: .removedFromManifests
        case 8: .existsUnmanaged
        case 9: .alreadyLive
        case 10: .partsRing(without: some { $0.identifier() }, ring: some { $0.address() })
        case 11: .renamed
        case 12: .importedAsIs
        case 13: .importRefused
        case 14: .letGo
        case 15: .undone
        case 16: .liveUnreadable
        default: .goneEverywhere
        }
    }

    private mutating func field() -> FieldChange {
        let change: FieldChange.Change =
            switch below(6) {
            case 0: .nameChanged(from: maybe { $0.text() }, to: maybe { $0.text() })
            case 1: .identifierAdded(identifier())
            case 2: .identifierRemoved(identifier())
            case 3: .attributeAdded(path: path(), value())
            case 4: .attributeRemoved(path: path(), value())
            default: .attributeChanged(path: path(), from: value(), to: value())
            }
        return FieldChange(change, pick(FieldChange.Cause.allCases))
    }

    private mutating func sideEffect() -> SideEffect {
        switch below(5) {
        case 0: .identityAdded(user(), identifier(), pick(SideEffect.Certainty.allCases))
        case 1: .externalIDSet(user(), text(), pick(SideEffect.Certainty.allCases))
        case 2: .anonymousUserCreated(name: text(), pick(SideEffect.Certainty.allCases))
        case 3: .attached(user(), by: identifier())
        default: .identityKept(userID: maybe { $0.text() }, identifier())
        }
    }

    private mutating func user() -> AffectedUser {
        switch below(3) {
        case 0: .known(text())
        case 1: .new(address())
        default: .unknown
        }
    }

    private mutating func precondition() -> Precondition {
        switch below(3) {
        case 0: .absent(query())
        case 1: .unchanged(id: text(), updatedAt: maybe { $0.time() }, digest: text())
        default: .none
        }
    }

    mutating func step(number: Int) -> Step {
        var step = Step(
            number: number, address: address(), action: pick(Step.Action.allCases), reason: reason(),
            request: maybe { $0.write() }, before: maybe { $0.profile() }, after: maybe { $0.values() },
            fields: some { $0.field() }, dependsOn: some { $0.below(9) + 1 }, sideEffects: some { $0.sideEffect() },
            precondition: precondition(), declared: maybe { $0.values() }, preventDestroy: below(2) == 0,
            origin: maybe { Origin(file: $0.text(), line: UInt32($0.below(999)), column: .max) },
            arrival: maybe { $0.below(2) == 0 ? .imported : .moved(from: $0.address()) },
            secondIdentifiers: some { SecondIdentifier(added: $0.identifier(), beside: $0.some { $0.identifier() }) })
        step.isLetGo = below(2) == 0
        step.keepsName = below(2) == 0
        step.ground = some { Ground(address: $0.address(), entry: $0.maybe { $0.text() }) }
        return step
    }

    private mutating func counts() -> Population.Counts {
        Population.Counts(desiredLive: below(1000), managedLive: below(1000))
    }

    private mutating func basis() -> PlanBasis {
        PlanBasis(
            consent: PlanConsent(deletes: below(2) == 0, deletesOfAll: below(2) == 0),
            population: Population(
                all: counts(),
                bySource: Dictionary(some { (ExactText($0.text()), $0.counts()) }) { first, _ in first }),
            patchNullDeletes: below(2) == 0)
    }

    private mutating func blockedReason() -> BlockedStep.Reason {
        switch below(17) {
        case 0: .deletesAreOff
        case 1: .preventDestroy
        case 2: .deletesEverything(count: below(100))
        case 3: .tooManyDeletes(count: below(100), limit: below(10), of: below(1000))
        case 4: .tooManyUpdates(count: below(100), limit: below(10), of: below(1000))
        case 5: .userDiffers(live: text(), desired: text())
        case 6: .dependsOn(address())
        case 7: .sourceKeepsAll(source: text())
        case 8:
            .tooManyDeletesOfSource(source: text(), count: below(100), limit: below(10), of: below(1000))
        case 9:
            .tooManyUpdatesOfSource(source: text(), count: below(100), limit: below(10), of: below(1000))
        case 10: .excluded
        case 11: .notCheckedOut(file: text())
        case 12: .unknownWithoutLedger(query())
        case 13: .unreadable(unreadable())
        case 14: .ownerUnreadable(identifierType: text())
        case 15: .notReproducible(some { $0.damagedField() })
        default: .conflict
        }
    }

    private mutating func location() -> SourceLocation {
        let line = UInt32(below(5))
        let start = SourcePosition(line: line, column: UInt32(below(40)))
        let end = SourcePosition(line: line + UInt32(below(2)), column: UInt32(below(40)))
        return SourceLocation(file: text(), range: SourceRange(start, end))
    }

    mutating func diagnostic() -> Diagnostic {
        Diagnostic(
            pick(DiagnosticCode.allCases), text(), severity: pick(Diagnostic.Severity.allCases),
            at: maybe { $0.location() }, notes: some { Diagnostic.Note($0.text(), at: $0.maybe { $0.location() }) },
            help: maybe { $0.text() })
    }

    mutating func failure() -> StepFailure {
        StepFailure(
            status: maybe { _ in 400 }, code: maybe { $0.text() }, title: text(), requestID: maybe { $0.text() })
    }

    mutating func outcome() -> StepOutcome {
        switch below(8) {
        case 0: .done(profileID: text(), alreadyDone: below(2) == 0)
        case 1: .failed(failure())
        case 2: .stale(pick([.changedSincePlan, .goneSincePlan, .serviceChanged]))
        case 6: .stale(pick([.ledgerChanged(address()), .managedElsewhere(address())]))
        case 3: .stale(.appearedSincePlan(profileID: text()))
        case 4: .unknown(failure())
        case 5: .notAttempted(.dependsOn(below(9)))
        default: .notAttempted(pick([.interrupted, .stoppedAfterFailure]))
        }
    }

    mutating func report() -> ApplyReport {
        ApplyReport(
            run: text(), lines: some { ApplyReport.Line(step: $0.step(number: 1), outcome: $0.outcome()) },
            interrupted: below(2) == 0, scope: scope())
    }

    private mutating func scope() -> PlanScope {
        PlanScope(
            paths: some { $0.text() }, targets: some { $0.text() }, excludes: some { $0.text() },
            since: maybe { PlanScope.Since(revision: $0.text(), mergeBase: $0.text(), count: $0.below(9)) },
            included: some { PlanScope.Inclusion($0.address(), neededBy: $0.address()) })
    }

    mutating func entry() -> LedgerEntry {
        LedgerEntry(
            address: address(), profileID: text(), userID: maybe { $0.text() }, lastApplied: values(),
            preventDestroy: below(2) == 0)
    }

    mutating func snapshot() -> Snapshot {
        let answers = some { ($0.lookup(), $0.some { $0.profile() }) }
        let users = answers.compactMap { if case .user(let id) = $0.0 { id } else { nil } }.filter { _ in below(2) == 0
        }
        // Some for a question with readable profiles, others for one of their own.
        let places = answers.prefix(1).map(\.0) + some { $0.lookup() }
        let unreadable = below(2) == 0 ? [] : places.map { ($0, [self.unreadable()]) }
        return Snapshot(
            environment: EnvironmentStamp(name: text(), service: text()), createdAt: time(),
            live: LiveState(
                answers: Dictionary(answers) { first, _ in first }, unknownUsers: Set(users),
                unreadable: Dictionary(unreadable) { first, _ in first }))
    }

    private mutating func lookup() -> Lookup {
        switch below(3) {
        case 0: .user(text())
        case 1: .profile(id: text())
        default: .query(query())
        }
    }

    private mutating func driftField() -> DriftField {
        switch below(4) {
        case 0: .profile
        case 1: .name
        case 2: .identifiers(type: text())
        default: .attribute(path())
        }
    }

    private mutating func acceptance() -> AcceptedDrift {
        AcceptedDrift(
            address: address(), field: driftField(), value: value(), owner: text(), reason: text(),
            expires: "2027-01-31", origin: Origin(file: text(), line: 3, column: 5))
    }

    private mutating func finding() -> DriftFinding {
        let judgement: DriftFinding.Judgement =
            switch below(5) {
            case 0: .open
            case 1: .accepted(acceptance())
            case 2: .movedOn(acceptance())
            case 3: .expired(acceptance())
            default: .ignored
            }
        return DriftFinding(
            field: driftField(), change: maybe { $0.field().change }, live: value(), judgement: judgement,
            isWanted: below(2) == 0)
    }

    mutating func driftReport() -> DriftReport {
        DriftReport(
            environment: EnvironmentStamp(name: text(), service: text()), createdAt: time(), scope: scope(),
            checked: below(99),
            profiles: some {
                DriftedProfile(address: $0.address(), profileID: $0.text(), findings: $0.some { $0.finding() })
            },
            unused: some { $0.acceptance() }, diagnostics: some { $0.diagnostic() }, readsMade: below(99),
            knowsManifests: below(2) == 0)
    }

    mutating func plan() -> Plan {
        Plan(
            environment: EnvironmentStamp(name: text(), service: text()), createdAt: time(),
            scope: scope(), steps: (1...4).map { step(number: $0) },
            blocked: some { BlockedStep(step: $0.step(number: 0), reason: $0.blockedReason()) },
            unchanged: some { $0.address() },
            drift: some {
                Drift(address: $0.address(), profileID: $0.text(), fields: $0.maybe { $0.some { $0.field() } })
            },
            diagnostics: some { $0.diagnostic() },
            cost: Cost(
                readsMade: below(99), checkReads: below(99),
                writes: some { Cost.EndpointCount(endpoint: $0.text(), count: $0.below(9)) }, perMinute: 1 + below(999),
                share: Double(1 + below(1000)) / 1000),
            snapshot: maybe { SnapshotOrigin(file: $0.text(), createdAt: $0.time()) }, ledger: maybe { $0.text() },
            isLedgerMissing: below(2) == 0, basis: basis())
    }
}

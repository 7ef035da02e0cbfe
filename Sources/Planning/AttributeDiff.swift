import ProfileModel

/// What becomes of a profile's attributes, compared key by key: manifest against last applied against live.
///
/// Objects that both sides have are compared inside, and a difference is told at the deepest path; arrays
/// are one value. A key that is not in the manifest goes when we applied it before, or in exclusive mode.
/// A null is like an absent key, but in the manifest it takes a value away that is not ours, too.
struct AttributeDiff {
    /// All that the profile holds afterwards. Values that do not change are as live writes them.
    private(set) var result: AttributeObject
    private(set) var fields: [FieldChange] = []

    private let mode: DesiredProfile.Mode
    private let ignored: IgnoredPaths
    private let isManaged: Bool
    private var path: [String] = []

    /// - Parameter lastApplied: nil when the ledger does not know the profile.
    init(
        desired: AttributeObject, lastApplied: AttributeObject?, live: AttributeObject, mode: DesiredProfile.Mode,
        ignored: IgnoredPaths
    ) {
        self.mode = mode
        self.ignored = ignored
        self.isManaged = lastApplied != nil
        self.result = live
        // Most profiles have what is wanted, and nothing to take away.
        let mayRemove = mode == .exclusive || lastApplied.map { $0 != desired } ?? false
        if desired == live || !mayRemove && live.covers(desired) { return }
        guard ignored.extent(ofAttribute: []) != .wholly else { return }
        result = merge(desired, lastApplied ?? [:], live)
    }

    private mutating func merge(
        _ desired: AttributeObject, _ applied: AttributeObject, _ live: AttributeObject
    ) -> AttributeObject {
        var merged = live
        for sides in ThreeSides(desired, applied, live) {
            path.append(sides.key)
            let value = settle(sides)
            path.removeLast()
            switch value {
            case .asLive: break
            case .becomes(let value): merged[sides.key] = value
            }
        }
        return merged
    }

    private enum Outcome {
        case asLive
        case becomes(AttributeValue?)
    }

    private mutating func settle(_ sides: ThreeSides.Element) -> Outcome {
        if sides.desired.isSameMember(as: sides.live) { return .asLive }
        let extent = ignored.ignoresAttributes ? ignored.extent(ofAttribute: path) : .none
        guard extent != .wholly else { return .asLive }
        switch (sides.desired, sides.live.unlessNull) {
        case (nil, nil): return .asLive
        case (nil, let live?): return removal(of: live, sides, extent)
        case (let desired?, nil): return setting(desired, sides, extent)
        case (.object(let desired), .object(let live)):
            return .becomes(.object(merge(desired, sides.applied?.object ?? [:], live)))
        case (_?, .object(let live)) where extent == .partly && holdsIgnored(live): return .asLive
        case (let desired?, _?): return setting(desired, sides, extent)
        }
    }

    private mutating func setting(
        _ desired: AttributeValue, _ sides: ThreeSides.Element, _ extent: IgnoredPaths.Extent
    ) -> Outcome {
        guard let value = extent == .partly ? withoutIgnored(desired) : desired else { return .asLive }
        if let live = sides.live {
            if value.isSame(as: live) { return .asLive }
            note(.attributeChanged(path: path, from: live, to: value), sides)
        } else {
            note(.attributeAdded(path: path, value), sides)
        }
        // Where there was nothing, a null has nothing to take away.
        return .becomes(value.withoutNullMembers)
    }

    private mutating func removal(
        of live: AttributeValue, _ sides: ThreeSides.Element, _ extent: IgnoredPaths.Extent
    ) -> Outcome {
        guard mode == .exclusive || sides.applied.unlessNull != nil else { return .asLive }
        if case .object(let inner) = live, extent == .partly || mode == .declared, let applied = sides.applied?.object {
            // Others may have written inside an object of ours: only what we applied goes.
            return removal(within: inner, applied, sides, live)
        }
        if case .object(let inner) = live, extent == .partly { return removal(within: inner, [:], sides, live) }
        note(.attributeRemoved(path: path, live), sides)
        return .becomes(nil)
    }

    private mutating func removal(
        within inner: AttributeObject, _ applied: AttributeObject, _ sides: ThreeSides.Element, _ live: AttributeValue
    ) -> Outcome {
        let before = fields.count
        let rest = merge([:], applied, inner)
        guard rest.hasNullsOnly else { return .becomes(.object(rest)) }
        fields.removeSubrange(before...)
        note(.attributeRemoved(path: path, live), sides)
        return .becomes(nil)
    }

    private mutating func note(_ change: FieldChange.Change, _ sides: ThreeSides.Element) {
        let cause = FieldChange.Cause(
            isManaged: isManaged, wasApplied: sides.applied != nil,
            manifestAsApplied: sides.desired.isSameMember(as: sides.applied),
            liveAsApplied: sides.live.isSameMember(as: sides.applied))
        fields.append(FieldChange(change, cause))
    }
}

extension AttributeDiff {
    /// Nil when nothing is left but what is ignored.
    private func withoutIgnored(_ value: AttributeValue) -> AttributeValue? {
        guard case .object(let object) = value, !object.isEmpty else { return value }
        let rest = stripped(object, path)
        return rest.isEmpty ? nil : .object(rest)
    }

    private func stripped(_ object: AttributeObject, _ path: [String]) -> AttributeObject {
        var rest = object
        for member in object.members {
            let inner = path + [member.key]
            switch (ignored.extent(ofAttribute: inner), member.value) {
            case (.none, _): break
            case (.wholly, _): rest[member.key] = nil
            case (.partly, .object(let nested)): rest[member.key] = .object(stripped(nested, inner))
            case (.partly, _): break
            }
        }
        return rest
    }

    private func holdsIgnored(_ live: AttributeObject) -> Bool {
        stripped(live, path) != live
    }
}

extension AttributeValue {
    var object: AttributeObject? {
        if case .object(let object) = self { object } else { nil }
    }
}

import Planning
import ProfileModel

// Short ways to write the nouns, so that a case fits on a line.

func address(_ name: String) -> Address { Address(source: "coolbikes", type: "rider", name: name) }

func id(_ number: Int) -> String { "01ARZ3NDEKTSV4RRFFQ69G\(1000 + number)" }

/// Each written `type:value`.
func identifiers(_ texts: [String]) -> [Identifier] {
    texts.map { text in
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        return Identifier(type: parts[0], value: parts[1])
    }
}

func query(_ identifier: String) -> IdentifierQuery {
    IdentifierQuery(source: "coolbikes", type: "rider", identifier: identifiers([identifier])[0])
}

func desired(_ name: String, _ ids: [String], _ attributes: AttributeObject = [:], userID: String? = nil)
    -> DesiredProfile
{
    DesiredProfile(
        address: address(name), identifiers: identifiers(ids), attributes: attributes, userID: userID,
        origin: Origin(file: "riders.yaml", line: 1, column: 1))
}

func live(_ number: Int, _ ids: [String], _ attributes: AttributeObject = [:], user: String? = nil) -> Profile {
    Profile(
        id: id(number), userID: user ?? String(1000 + number), source: "coolbikes", type: "rider", name: nil,
        identifiers: identifiers(ids), attributes: attributes)
}

func entry(_ name: String, _ profile: Profile) -> LedgerEntry {
    LedgerEntry(
        address: address(name), profileID: profile.id, userID: profile.userID,
        lastApplied: ProfileValues(identifiers: profile.identifiers, attributes: profile.attributes))
}

func entry(_ name: String, _ profile: Profile, applied: AttributeObject) -> LedgerEntry {
    LedgerEntry(
        address: address(name), profileID: profile.id, userID: profile.userID,
        lastApplied: ProfileValues(identifiers: profile.identifiers, attributes: applied))
}

/// A step that creates a profile of its own.
func creation(_ number: Int, dependsOn: [Int] = []) -> Step {
    let identifier = Identifier(type: "bike_id", value: "b\(number)")
    let values = ProfileValues(name: "Rider \(number)", identifiers: [identifier], attributes: [:])
    let key = IdentifierQuery(source: "coolbikes", type: "rider", identifier: identifier)
    return Step(
        number: number, address: address("rider-\(number)"), action: .create, reason: .absent,
        request: .putByQuery(key, values), after: values, dependsOn: dependsOn, precondition: .absent(key),
        declared: values)
}

/// The classes of a report, those without a step left out.
extension ApplyReport {
    var classes: [String: Int] {
        let all = [
            "done": counts.done, "failed": counts.failed, "stale": counts.stale, "unknown": counts.unknown,
            "not attempted": counts.notAttempted,
        ]
        return all.filter { $0.value > 0 }
    }
}

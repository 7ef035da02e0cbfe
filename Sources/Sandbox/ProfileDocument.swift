import ProfileModel

/// How profiles are answered (reference, "JSON format"), with the forms that the switches choose.
struct ProfileDocument {
    var switches: SandboxSwitches

    func single(_ profile: StoredProfile) -> Document { ["profile": document(profile)] }

    func list(_ profiles: [StoredProfile]) -> Document { ["profiles": .list(profiles.map(document))] }

    private func document(_ profile: StoredProfile) -> Document {
        [
            "id": .text(profile.id),
            "user_id": switches.userIDEcho == .number ? number(profile.userID) : .text(profile.userID),
            "source": .text(profile.source),
            "type": .text(profile.type),
            "name": .text(profile.name),
            "attributes": .value(.object(profile.attributes)),
            "identifiers": .list(profile.identifiers.map(document)),
            "created_at": .text(timeText(profile.createdAt, as: switches.timestamps)),
            "updated_at": .text(timeText(profile.updatedAt, as: switches.timestamps)),
        ]
    }

    private func document(_ identifier: Identifier) -> Document {
        [
            "type": .text(identifier.type),
            "value": switches.numberEcho == .numbers ? number(identifier.value) : .text(identifier.value),
        ]
    }

    /// A text that is an integer as JSON writes it becomes one; `+6123` and `0987` stay text.
    private func number(_ text: String) -> Document {
        let isInteger = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isInteger && (text == "0" || !text.hasPrefix("0"))
            ? .value(.number(JSONNumber(text: text))) : .text(text)
    }
}

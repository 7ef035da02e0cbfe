import Crypto
package import ProfileModel
import WireFormat

/// SHA-256, in hexadecimal, of what is compared of a profile: equal for two readings of it unless one
/// of them shows a difference that a plan would see. Times take no part. Damaged values count by the bytes that came,
/// not by how they are shown.
package func digest(of profile: Profile) -> String {
    let identifiers = Set(profile.identifiers.map(\.canonical)).sorted(by: inOrder)
    let comparable: AttributeObject = [
        "attributes": .object(profile.attributes.canonical),
        "id": .string(profile.id),
        "identifiers": .array(
            identifiers.map { .object(["type": .string($0.type), "value": text($0.value, $0.damage)]) }),
        "name": profile.name.map { text($0, profile.nameDamage) } ?? .null,
        "source": .string(profile.source),
        "type": .string(profile.type),
        "user_id": profile.userID.map { .string($0) } ?? .null,
    ]
    return hexadecimal(SHA256.hash(data: Array(writeJSON(.object(comparable.listingDamage())).utf8)))
}

func hexadecimal(_ hash: SHA256.Digest) -> String {
    hash.reduce(into: "") { $0 += hexDigits[Int($1 >> 4)] + hexDigits[Int($1 & 0xF)] }
}

private func inOrder(_ a: Identifier, _ b: Identifier) -> Bool {
    guard a.type.isExactly(b.type) else { return a.type.precedes(b.type) }
    guard a.value.isExactly(b.value) else { return a.value.precedes(b.value) }
    return (a.damage?.fingerprint ?? 0) < (b.damage?.fingerprint ?? 0)
}

private func text(_ text: String, _ damage: Damage?) -> AttributeValue {
    damage.map { .damaged(.string(text), $0) } ?? .string(text)
}

private let hexDigits = "0123456789abcdef".map { String($0) }

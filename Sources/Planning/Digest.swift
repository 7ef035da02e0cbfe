import Crypto
package import ProfileModel
import WireFormat

/// SHA-256, in hexadecimal, of what is compared of a profile: equal for two readings of it unless one
/// of them shows a difference that a plan would see. Times take no part.
package func digest(of profile: Profile) -> String {
    let identifiers = Set(profile.identifiers.map(\.canonical)).sorted { a, b in
        a.type.isExactly(b.type) ? a.value.precedes(b.value) : a.type.precedes(b.type)
    }
    let comparable: AttributeObject = [
        "attributes": .object(profile.attributes.canonical),
        "id": .string(profile.id),
        "identifiers": .array(identifiers.map { .object(["type": .string($0.type), "value": .string($0.value)]) }),
        "name": profile.name.map { .string($0) } ?? .null,
        "source": .string(profile.source),
        "type": .string(profile.type),
        "user_id": profile.userID.map { .string($0) } ?? .null,
    ]
    return hexadecimal(SHA256.hash(data: Array(writeJSON(.object(comparable)).utf8)))
}

func hexadecimal(_ hash: SHA256.Digest) -> String {
    hash.reduce(into: "") { $0 += hexDigits[Int($1 >> 4)] + hexDigits[Int($1 & 0xF)] }
}

private let hexDigits = "0123456789abcdef".map { String($0) }

import ProfileModel
@_spi(_Unicode) import Swift

/// What becomes of texts, numbers and nulls on their way into the account. The reference says nothing of it.
struct StoredTexts {
    let switches: SandboxSwitches

    func text(_ text: String) -> String {
        let trimmed = switches.outerSpace == .trimmed ? text.withoutOuterSpace : text
        return switch switches.textForm {
        case .kept: trimmed
        case .nfc: String(scalars: trimmed._nfc)
        case .nfd: String(scalars: trimmed._nfd)
        }
    }

    func identifier(_ identifier: Identifier) -> Identifier {
        Identifier(type: identifier.type, value: text(identifier.value)).normalised(switches.lowerCase)
    }

    /// Members below arrays keep their nulls: an array is one value.
    func attributes(_ object: AttributeObject, droppingNulls: Bool) -> AttributeObject {
        AttributeObject(
            object.members.compactMap { member in
                if droppingNulls, case .null = member.value { return nil }
                if switches.emptyTexts == .ignores, case .string("") = member.value { return nil }
                return (key(member.key), value(member.value, droppingNulls: droppingNulls))
            })
    }

    /// What is left of attributes when they are stored.
    func withoutEmptyTexts(_ object: AttributeObject) -> AttributeObject {
        guard switches.emptyTexts == .drops else { return object }
        return AttributeObject(
            object.members.compactMap { member in
                switch member.value {
                case .string(""): nil
                case .object(let inner): (member.key, .object(withoutEmptyTexts(inner)))
                case .null, .bool, .number, .string, .array, .damaged: (member.key, member.value)
                }
            })
    }

    private func key(_ key: String) -> String {
        switch switches.textForm {
        case .kept: key
        case .nfc: String(scalars: key._nfc)
        case .nfd: String(scalars: key._nfd)
        }
    }

    private func value(_ value: AttributeValue, droppingNulls: Bool) -> AttributeValue {
        switch value {
        case .null: .null
        case .bool(let flag): switches.attributeNumbers == .strings ? .string("\(flag)") : value
        case .number(let number): stored(number)
        case .string(let text): .string(self.text(text))
        case .array(let items): .array(items.map { self.value($0, droppingNulls: false) })
        case .object(let object): .object(attributes(object, droppingNulls: droppingNulls))
        case .damaged: value
        }
    }

    private func stored(_ number: JSONNumber) -> AttributeValue {
        switch switches.attributeNumbers {
        case .exact: return .number(number)
        case .strings: return .string(number.text)
        case .doubles:
            guard let double = Double(number.text), double.isFinite else { return .number(number) }
            return .number(JSONNumber(text: "\(double)"))
        }
    }
}

extension String {
    fileprivate init(scalars: some Sequence<Unicode.Scalar>) {
        self = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
    }

    fileprivate var withoutOuterSpace: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

import Diagnostics
import ProfileModel
import YAMLSyntax

// `moved`, `removed` and `import`: lists of small mappings.

extension ManifestDecoder {
    mutating func moved(_ node: YAMLNode) {
        for item in items(of: node, .moved, example: "{from: crm/contact/old, to: crm/contact/new}") {
            guard let members = members(of: item, MovedKey.known, in: "moved") else { continue }
            let from = requiredAddress(members[.from], .from, of: item, MovedKey.known)
            let to = requiredAddress(members[.to], .to, of: item, MovedKey.known)
            guard let from, let to else {
                if let from { omissions.departures.insert(from.address) }
                continue
            }
            blocks.moves.append(
                AddressMove(from: from.address, to: to.address, origin: from.origin, destination: to.origin))
        }
    }

    mutating func removed(_ node: YAMLNode) {
        for item in items(of: node, .removed, example: "{address: crm/contact/jane, destroy: false}") {
            guard let members = members(of: item, RemovedKey.known, in: "removed") else { continue }
            let address = requiredAddress(members[.address], .address, of: item, RemovedKey.known)
            if members[.destroy] == nil,
                !misspells(RemovedKey.destroy.rawValue, in: item, among: RemovedKey.known.names)
            {
                findings.add(destroyNotSaid(at: item.location))
            }
            guard let destroys = members[.destroy].flatMap({ flag($0, "destroy") }), let address else {
                if let address { omissions.departures.insert(address.address) }
                continue
            }
            blocks.removals.append(
                AddressRemoval(address: address.address, destroys: destroys, origin: address.origin))
        }
    }

    mutating func imported(_ node: YAMLNode) {
        for item in items(of: node, .imported, example: "{to: crm/contact/jane, id: 01ARZ3NDEKTSV4RRFFQ69G5FAV}") {
            guard let members = members(of: item, ImportKey.known, in: "import") else { continue }
            let to = requiredAddress(members[.to], .to, of: item, ImportKey.known)
            let selectors = [ImportKey.id, .identifier, .userID].filter { members[$0] != nil }
            guard selectors.count == 1, let node = members[selectors[0]] else {
                let isMisspelt = [ImportKey.id, .identifier, .userID].contains {
                    misspells($0.rawValue, in: item, among: ImportKey.known.names)
                }
                if !selectors.isEmpty || !isMisspelt {
                    findings.add(notOneSelector(selectors.map(\.rawValue), at: item.location))
                }
                continue
            }
            guard let selector = selector(selectors[0], node), let to else { continue }
            blocks.imports.append(
                ProfileImport(
                    to: to.address, selector: selector, origin: to.origin,
                    selectorOrigin: Origin(of: node, in: file)))
        }
    }

    private mutating func selector(_ key: ImportKey, _ node: YAMLNode) -> ProfileImport.Selector? {
        guard let text = text(node, key.rawValue) else { return nil }
        switch key {
        case .to: return nil
        case .id: return .id(text)
        case .userID:
            let problem = badUserID(text, at: node.location)
            findings.add(problem)
            return problem == nil ? .user(text) : nil
        case .identifier:
            if let query = IdentifierQuery(text) { return .query(query) }
            findings.add(badIdentifierQuery(at: node.location))
            return nil
        }
    }

    /// The entries of a block; one that is left empty has none.
    private mutating func items(of node: YAMLNode, _ key: DocumentKey, example: String) -> [YAMLNode] {
        if node.kind == .sequence { return Array(node.items) }
        if !(node.kind == .scalar && node.isNull) {
            omissions.mayHideDepartures = true
            findings.wrongShape(node, key.rawValue, mustBe: "a list", help: "write it as [\(example)]")
        }
        return []
    }

    private mutating func members<Key>(
        of node: YAMLNode, _ known: KnownKeys<Key>, in block: String
    ) -> [Key: YAMLNode]? {
        guard node.kind == .mapping else {
            findings.wrongShape(node, "an entry of \(block)", mustBe: "a mapping")
            omissions.mayHideDepartures = true
            return nil
        }
        var members: [Key: YAMLNode] = [:]
        for (key, value) in node.pairs {
            if let known = known[key] {
                members[known] = value
            } else {
                findings.unknownKey(key, in: block, known: known.names)
            }
        }
        return members
    }

    private mutating func requiredAddress<Key>(
        _ node: YAMLNode?, _ key: AddressKey, of item: YAMLNode, _ known: KnownKeys<Key>
    ) -> (address: Address, origin: Origin)? {
        guard let node else {
            guard !misspells(key.rawValue, in: item, among: known.names) else { return nil }
            findings.add(
                .missingValue, "this entry has no \(key.rawValue)", at: item,
                help: "write \(key.rawValue): source/type/name")
            return nil
        }
        guard let text = text(node, key.rawValue) else {
            omissions.mayHideDepartures = true
            return nil
        }
        guard let address = Address(text) else {
            findings.add(badAddress(text, at: node.location))
            return nil
        }
        return (address, Origin(of: node, in: file))
    }

    private enum AddressKey: String {
        case from, to, address
    }
}

import ProfileModel

/// Who is wanted and who is known: manifests and ledger side by side, each address once, in address order.
struct Roster: Sendable {
    /// Indices instead of values: a roster has hundreds of thousands of lines.
    struct Line: Sendable {
        var desired: Int?
        var entry: Int?
        /// Not looked at in this plan.
        var isOutside = false
        /// Never looked at, even if others need it: the answers do not tell what it is.
        var isLeftOut = false
    }

    let desired: [DesiredProfile]
    let entries: [LedgerEntry]
    var lines: [Line]
    let moves: Moves
    /// As the manifests have them.
    let allMoves: [AddressMove]
    let removals: [Address: AddressRemoval]
    let imports: [Address: ProfileImport]
    /// What manifests describe that were not read; it stays, whatever the ledger says.
    var kept: Set<Address> = []

    init(_ state: DesiredState, _ ledger: [LedgerEntry]) {
        desired = inAddressOrder(state.profiles, \.address)
        moves = Moves(state, ledger)
        allMoves = state.moves
        entries = inAddressOrder(moves.entries, \.address)
        lines = Self.joined(desired, entries)
        removals = Dictionary(state.removals.map { ($0.address, $0) }) { first, _ in first }
        imports = Dictionary(state.imports.map { ($0.to, $0) }) { first, _ in first }
    }

    private static func joined(_ desired: [DesiredProfile], _ entries: [LedgerEntry]) -> [Line] {
        var lines: [Line] = []
        lines.reserveCapacity(max(desired.count, entries.count))
        var entry = 0
        for index in desired.indices {
            while entry < entries.count, entries[entry].address != desired[index].address,
                entries[entry].address < desired[index].address
            {
                lines.append(Line(entry: entry))
                entry += 1
            }
            if entry < entries.count, entries[entry].address == desired[index].address {
                lines.append(Line(desired: index, entry: entry))
                entry += 1
            } else {
                lines.append(Line(desired: index))
            }
        }
        lines += (entry..<entries.count).map { Line(entry: $0) }
        return lines
    }

    func desired(_ line: Line) -> DesiredProfile? { line.desired.map { desired[$0] } }

    func entry(_ line: Line) -> LedgerEntry? { line.entry.map { entries[$0] } }

    func desired(at address: Address) -> DesiredProfile? { index(of: address).flatMap { desired(lines[$0]) } }

    func entry(at address: Address) -> LedgerEntry? { index(of: address).flatMap { entry(lines[$0]) } }

    /// The line of an address, found by doubling and halving.
    /// - Parameter start: a line before it; the nearer, the quicker.
    func index(of address: Address, from start: Int = 0) -> Int? {
        let start = start < lines.count && address < self.address(of: start) ? 0 : start
        var low = start
        var high = start
        var stride = 1
        while high < lines.count, self.address(of: high) < address {
            low = high + 1
            high += stride
            stride *= 2
        }
        high = min(high, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if self.address(of: middle) < address { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && self.address(of: low) == address ? low : nil
    }

    func source(of index: Int) -> String {
        let line = lines[index]
        return line.desired.map { desired[$0].address.source } ?? line.entry.map { entries[$0].address.source } ?? ""
    }

    /// What `moved`, `removed` and `import` say of a line.
    func blocks(of index: Int) -> LineBlocks {
        guard !(moves.from.isEmpty && removals.isEmpty && imports.isEmpty) else { return LineBlocks() }
        let address = address(of: index)
        return LineBlocks(
            movedFrom: moves.from[address], removal: removals[address], isImported: imports[address] != nil)
    }

    /// Whether `moved` would make several profiles of the ledger one address.
    func isContested(_ index: Int) -> Bool {
        !moves.contested.isEmpty && moves.contested.contains(address(of: index))
    }

    func address(of index: Int) -> Address {
        let line = lines[index]
        if let index = line.desired { return desired[index].address }
        return entries[line.entry ?? 0].address
    }
}

private func inAddressOrder<Element>(_ elements: [Element], _ address: (Element) -> Address) -> [Element] {
    // By place: to walk through the elements would copy each.
    let isSorted = elements.indices.dropFirst().allSatisfy { address(elements[$0 - 1]) < address(elements[$0]) }
    return isSorted ? elements : elements.sorted { address($0) < address($1) }
}

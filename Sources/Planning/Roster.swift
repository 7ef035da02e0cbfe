import ProfileModel

/// Who is wanted and who is known: manifests and ledger side by side, each address once, in address order.
struct Roster: Sendable {
    /// Indices instead of values: a roster has hundreds of thousands of lines.
    struct Line: Sendable {
        var desired: Int?
        var entry: Int?
        /// Not looked at in this plan.
        var isOutside = false
    }

    let desired: [DesiredProfile]
    let entries: [LedgerEntry]
    var lines: [Line]

    init(_ unsortedDesired: [DesiredProfile], _ unsortedEntries: [LedgerEntry]) {
        desired = inAddressOrder(unsortedDesired, \.address)
        entries = inAddressOrder(unsortedEntries, \.address)
        lines = Self.joined(desired, entries)
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

    /// The line of an address, found by halving.
    func index(of address: Address) -> Int? {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if self.address(of: middle) < address { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && self.address(of: low) == address ? low : nil
    }

    func address(of index: Int) -> Address {
        let line = lines[index]
        if let index = line.desired { return desired[index].address }
        return entries[line.entry ?? 0].address
    }
}

private func inAddressOrder<Element>(_ elements: [Element], _ address: (Element) -> Address) -> [Element] {
    let isSorted = zip(elements, elements.dropFirst()).allSatisfy { address($0) < address($1) }
    return isSorted ? elements : elements.sorted { address($0) < address($1) }
}

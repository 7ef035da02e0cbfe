import Glibc

extension GitRepository {
    /// The bytes of files as a checkout would write them today, in the order given: with line ends converted,
    /// encodings changed and filters run. Only so do they compare with the files of the working tree.
    func contents(of entries: [GitEntry]) throws(Stop) -> [[UInt8]] {
        var contents = [[UInt8]](repeating: [], count: entries.count)
        var batch: [Int] = []
        for (index, entry) in entries.enumerated() {
            if entry.fitsOnALine { batch.append(index) } else { contents[index] = try content(of: entry) }
        }
        let found = try self.contents(batch: batch.map { entries[$0] })
        for (index, bytes) in zip(batch, found) { contents[index] = bytes }
        return contents
    }

    /// The entries whose objects the repository does not have and cannot get.
    func firstUnavailable(of entries: [GitEntry]) throws(Stop) -> (GitEntry, complaint: [String])? {
        guard !entries.isEmpty else { return nil }
        let check = try git("cat-file", "--batch-check", input: Array(entries.map { $0.id + "\n" }.joined().utf8))
        let lines = check.text.split(separator: "\n")
        for (index, entry) in entries.enumerated() where index >= lines.count || lines[index].hasSuffix(" missing") {
            return (entry, check.complaint)
        }
        return nil
    }

    private func contents(batch entries: [GitEntry]) throws(Stop) -> [[UInt8]] {
        guard !entries.isEmpty else { return [] }
        // The sizes that git prints are those before conversion: each file ends where the mark is said to be missing.
        let mark = mark()
        var input: [UInt8] = []
        for entry in entries { input += Array("\(entry.id) ".utf8) + entry.bytes + Array("\n\(mark)\n".utf8) }
        let batch = try git("cat-file", "--batch=%(objectname) %(objecttype)", "--filters", input: input)
        let end = Array("\n\(mark) missing\n".utf8)
        var rest = batch.output[...]
        var contents: [[UInt8]] = []
        for entry in entries {
            guard rest.starts(with: "\(entry.id) blob\n".utf8) else {
                throw GitFailure.noContent(entry.path, batch.complaint)
            }
            rest = rest.dropFirst(entry.id.utf8.count + " blob\n".utf8.count)
            guard let size = offset(of: end, in: rest) else {
                throw GitFailure.noContent(entry.path, batch.complaint)
            }
            contents.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size + end.count)
        }
        // One alone says which file it is about.
        return batch.hasFailedConversion ? try entries.map { entry throws(Stop) in try content(of: entry) } : contents
    }

    private func content(of entry: GitEntry) throws(Stop) -> [UInt8] {
        let file = try git("cat-file", "--filters", "--path=\(entry.path)", entry.id)
        guard file.status == 0, !file.hasFailedConversion else {
            throw GitFailure.noContent(entry.path, file.complaint)
        }
        return file.output
    }
}

extension GitEntry {
    /// Whether git reads the path back from a line of its input.
    fileprivate var fitsOnALine: Bool {
        guard let first = bytes.first else { return false }
        return first != UInt8(ascii: " ") && first != UInt8(ascii: "\t") && !bytes.contains(UInt8(ascii: "\n"))
    }
}

extension ProgramCall.Result {
    /// Git hands out what a filter or an encoding was to change as it is, when that fails and is not required.
    fileprivate var hasFailedConversion: Bool {
        let beginnings = [
            "error: external filter", "error: cannot fork to run", "error: initialization for subprocess",
            "error: failed to encode",
        ]
        return complaint.contains { line in beginnings.contains { line.hasPrefix($0) } }
    }
}

/// How many bytes stand before a part of a text; nil when it is not in it.
private func offset(of part: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    text.withUnsafeBytes { text -> Int? in
        guard let start = text.baseAddress, let first = part.first, text.count >= part.count else { return nil }
        var place = 0
        let last = text.count - part.count
        while place <= last, let found = memchr(start + place, Int32(first), last - place + 1) {
            place = UnsafeRawPointer(found) - start
            if memcmp(found, part, part.count) == 0 { return place }
            place += 1
        }
        return nil
    }
}

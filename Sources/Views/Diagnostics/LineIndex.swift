import Diagnostics

/// Finds places in a text fast: the lines are counted once, and inside very long lines so are the scalars.
final class LineIndex {
    private let bytes: [UInt8]
    /// The offset of the first byte of each line.
    private let starts: [Int]
    /// For long lines: the offsets of the scalars number 0, `stride`, 2 × `stride`, …
    private var checkpoints: [Int: [Int]] = [:]

    private static let longLine = 4096
    private static let stride = 1024

    init(_ source: SourceText) {
        bytes = source.bytes
        var starts = [0]
        let lineEnd = source.lineEnd
        bytes.withUnsafeBufferPointer { bytes in
            for index in bytes.indices where bytes[index] == lineEnd { starts.append(index + 1) }
        }
        self.starts = starts
    }

    /// The bytes of a line without its line break; nil when there is no such line. Counted from 1.
    func line(_ number: UInt32) -> Range<Int>? {
        let index = Int(number) - 1
        guard starts.indices.contains(index) else { return nil }
        var end = index + 1 < starts.count ? starts[index + 1] - 1 : bytes.count
        if end > starts[index], bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return starts[index]..<end
    }

    /// Up to `count` scalars of a line, from a column on. Columns are counted from 1.
    func scalars(line number: UInt32, from column: Int, count: Int) -> [Unicode.Scalar] {
        guard let line = line(number), count > 0 else { return [] }
        let start = offset(ofColumn: column, in: line)
        // A scalar takes at most four bytes, also when it is a replacement of a broken one.
        let end = min(line.upperBound, start + 4 * count)
        return Array(String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.prefix(count))
    }

    private func offset(ofColumn column: Int, in line: Range<Int>) -> Int {
        var left = max(0, column - 1)
        var offset = line.lowerBound
        if line.count > Self.longLine {
            let marks = checkpoints(of: line)
            let mark = min(left / Self.stride, marks.count - 1)
            offset = marks[mark]
            left -= mark * Self.stride
        }
        while left > 0, offset < line.upperBound {
            offset = scalarEnd(after: offset, limit: line.upperBound)
            left -= 1
        }
        return offset
    }

    private func checkpoints(of line: Range<Int>) -> [Int] {
        if let known = checkpoints[line.lowerBound] { return known }
        var marks: [Int] = []
        var offset = line.lowerBound
        var count = 0
        while offset < line.upperBound {
            if count % Self.stride == 0 { marks.append(offset) }
            offset = scalarEnd(after: offset, limit: line.upperBound)
            count += 1
        }
        if marks.isEmpty { marks = [line.lowerBound] }
        checkpoints[line.lowerBound] = marks
        return marks
    }

    private func scalarEnd(after offset: Int, limit: Int) -> Int {
        var end = offset + 1
        while end < limit, bytes[end] & 0b1100_0000 == 0b1000_0000 { end += 1 }
        return end
    }
}

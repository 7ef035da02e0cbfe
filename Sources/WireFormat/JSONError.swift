/// Why a text is not JSON, and where.
package struct JSONError: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
        /// The text ends before the value does.
        case truncated
        case unexpectedByte(UInt8)
        /// A control character inside a string must be escaped.
        case unescapedControlCharacter(UInt8)
        /// A backslash followed by none of `"\/bfnrtu`, or `\u` without four hexadecimal digits.
        case badEscape
        /// Half of a UTF-16 pair: no character.
        case loneSurrogate
        case invalidUTF8
        case tooDeep(limit: Int)
        /// Something other than white space follows the value.
        case trailingBytes
    }

    /// Counted in bytes from 0.
    package var offset: Int
    package var problem: Problem

    package init(offset: Int, problem: Problem) {
        self.offset = offset
        self.problem = problem
    }
}

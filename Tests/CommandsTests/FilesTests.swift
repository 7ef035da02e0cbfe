import FoundationEssentials
import Glibc
import Testing

@testable import Commands

@Suite struct FilesTests {
    @Test(arguments: [
        ("a/b", "/w/a/b"), (".", "/w"), ("..", "/"), ("../x", "/x"), ("../../../x", "/x"), ("./a//b/", "/w/a/b"),
        ("a/../b", "/w/b"), ("/abs/./x", "/abs/./x"), ("", "/w"),
    ])
    func pathsAreSeenFromADirectory(path: String, expected: String) {
        #expect(resolvePath(path, in: "/w") == expected)
    }

    @Test func aFileIsWrittenWholeOrNotAtAll() throws {
        let bench = try Bench()
        try writeFile(bench.path("a"), Array("one".utf8), isPrivate: true)
        try writeFile(bench.path("a"), Array("two".utf8), isPrivate: true)
        #expect(try bench.text("a") == "two")
        #expect(try bench.mode("a") == 0o600)
        try bench.write("", to: "full/file")
        #expect(throws: FileFailure.self) { try writeFile(bench.path("full"), [1], isPrivate: false) }
        #expect(throws: FileFailure.self) { try writeFile(bench.path("none/a"), [1], isPrivate: false) }
        #expect(try bench.names() == ["a", "full"])
    }

    /// Who could once read it can no longer.
    @Test func aPrivateFileIsPrivateWhateverStoodThere() throws {
        let bench = try Bench()
        try bench.write("old", to: "a")
        try bench.setMode(0o644, of: "a")
        try writeFile(bench.path("a"), Array("new".utf8), isPrivate: true)
        #expect(try bench.mode("a") == 0o600)
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 200_001])
    func whatIsWrittenIsRead(count: Int) throws {
        let bench = try Bench()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try writeFile(bench.path("a"), bytes, isPrivate: false)
        #expect(try readFile(bench.path("a")) == bytes)
    }

    @Test func `a device without an end is not read for ever`() throws {
        #expect {
            try readFile("/dev/zero", most: 1 << 20)
        } throws: { error in
            (error as? FileFailure)?.number == EFBIG
        }
    }

    @Test func whatIsNoFileIsSaid() throws {
        let bench = try Bench()
        #expect {
            try readFile(bench.path("missing"))
        } throws: { error in
            (error as? FileFailure)?.isMissing == true
        }
        #expect {
            try readFile(bench.directory)
        } throws: { error in
            (error as? FileFailure)?.isMissing == false
        }
    }

    @Test func directoriesAreMadeWithThoseAbove() throws {
        let bench = try Bench()
        try makeDirectory(bench.path("a/b/c"))
        try makeDirectory(bench.path("a/b/c"))
        #expect(try bench.names(in: "a/b") == ["c"])
        try bench.write("", to: "file")
        #expect(throws: FileFailure.self) { try makeDirectory(bench.path("file/x")) }
    }
}

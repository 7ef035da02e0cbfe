import ProfileModel
import Testing

@testable import Sandbox

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct StorageTests {
    /// A directory of one's own, removed afterwards.
    func withDirectory(_ work: (String) async throws -> Void) async throws {
        let files = FileManager.default
        let directory = files.temporaryDirectory.path + "/sandbox-" + UUID().uuidString
        defer { try? files.removeItem(atPath: directory) }
        try await work(directory)
    }

    @Test func whatWasWrittenIsThereAfterReopening() async throws {
        try await withDirectory { directory in
            let path = directory + "/deep/er/data.sqlite"
            let first = try Desk(store: .file(path))
            let id = try await first.create(
                "s:t:email:a@x.example",
                body("email=a@x.example", "external_id=E", name: "N", attributes: #"{"n":1.10,"o":{"é":["😀",null]}}"#))
            let gone = try await first.create("s:t:m:1")
            _ = await first.delete("/api/v2/user_profiles/" + gone)
            first.clock.advance(5)
            _ = await first.patch("/api/v2/user_profiles/" + id, body("phone_number=+61"))
            try first.sandbox.setEvents(3, ofProfile: id)
            let world = first.sandbox.world()
            first.sandbox.close()

            let second = try Desk(store: .file(path))
            #expect(second.sandbox.world() == world)
            #expect(world.events == [id: 3])
            // Neither ids nor users are given out twice, though clock and seed start anew.
            let next = try await second.create("s:t:m:1")
            #expect(![id, gone].contains(next))
            #expect(Set(second.sandbox.users.map(\.id)).count == 3)
            second.sandbox.close()
        }
    }

    @Test func onlyTheOwnerMayReadTheFiles() async throws {
        try await withDirectory { directory in
            let desk = try Desk(store: .file(directory + "/data.sqlite"))
            try await desk.create("s:t:m:1")
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
                #expect(fileMode(directory + "/" + name) == 0o600, "\(name)")
            }
        }
    }

    @Test func aSecondSandboxIsToldThatTheFileIsInUse() async throws {
        try await withDirectory { directory in
            let path = directory + "/data.sqlite"
            let first = try Desk(store: .file(path))
            #expect(throws: SandboxFailure.inUse(path: path)) { try Desk(store: .file(path)) }
            try await first.create("s:t:m:1")
            first.sandbox.close()
            let second = try Desk(store: .file(path))
            #expect(second.sandbox.world().profiles.count == 1)
        }
    }

    @Test func loadingAndResettingReachTheFile() async throws {
        try await withDirectory { directory in
            let path = directory + "/data.sqlite"
            let user = SandboxUser(id: "7", name: "Ann", identities: [Identifier(type: "google", value: "a@x")])
            let first = try Desk(store: .file(path), world: SandboxWorld(users: [user]))
            first.sandbox.close()
            let second = try Desk(store: .file(path))
            #expect(second.sandbox.users == [user])
            try second.sandbox.reset()
            second.sandbox.close()
            #expect(try Desk(store: .file(path)).sandbox.world() == SandboxWorld())
        }
    }

    @Test func keptSlotsSurvive() async throws {
        try await withDirectory { directory in
            var limits = SandboxLimits()
            limits.sources = 1
            let path = directory + "/data.sqlite"
            let first = try Desk(store: .file(path))
            let id = try await first.create("a:t:m:1")
            _ = await first.delete("/api/v2/user_profiles/" + id)
            first.sandbox.close()
            let second = try Desk(switches: ["slots=kept"], limits: limits, store: .file(path))
            let answer = await second.put("/api/v2/user_profiles?identifier=b:t:m:1", body("m=1"))
            #expect(answer.code == "TooManySources")
        }
    }

    @Test func foreignAndNewerFilesAreLeftAlone() async throws {
        try await withDirectory { directory in
            let path = directory + "/data.sqlite"
            try Desk(store: .file(path)).sandbox.close()
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))

            // Bytes 60 to 63 of a SQLite file are its user version, 68 to 71 its application id.
            bytes[63] = 9
            try Data(bytes).write(to: URL(filePath: path))
            #expect(throws: SandboxFailure.newerFormat(path: path, found: 9, known: 1)) { try Desk(store: .file(path)) }

            bytes[63] = 1
            bytes[68] = 1
            try Data(bytes).write(to: URL(filePath: path))
            #expect(throws: SandboxFailure.notSandboxData(path: path)) { try Desk(store: .file(path)) }
            #expect([UInt8](try Data(contentsOf: URL(filePath: path))) == bytes)

            let text = directory + "/notes.txt"
            try Data(String(repeating: "not a database. ", count: 100).utf8).write(to: URL(filePath: text))
            #expect(throws: SandboxFailure.notSandboxData(path: text)) { try Desk(store: .file(text)) }
        }
    }

    @Test func aPlaceThatCannotBeWrittenIsNamed() {
        let failure = #expect(throws: SandboxFailure.self) { try Desk(store: .file("/proc/nowhere/data.sqlite")) }
        #expect(failure.map { "\($0)".contains("/proc/nowhere/data.sqlite") } == true)
    }

    @Test func aWriteThatCannotBeStoredHasNoEffect() async throws {
        try await withDirectory { directory in
            let desk = try Desk(store: .file(directory + "/data.sqlite"))
            try await desk.create("s:t:m:1")
            let before = desk.sandbox.world()
            desk.sandbox.close()
            let answer = await desk.put("/api/v2/user_profiles?identifier=s:t:m:2", body("m=2"))
            #expect(answer.status == 500)
            #expect(answer.code == "StorageFailed")
            #expect(desk.sandbox.world() == before)
        }
    }
}

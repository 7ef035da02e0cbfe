import ProfileModel
import ProfilesAPI
import Synchronization
import Testing

/// A write that is no longer permitted does not leave, however long it waited for its turn.
@Suite struct WritePermissionTests {
    private let gone = WriteForbidden(reason: "the lock was lost")
    private let notSent = APIFailure.notPermitted(reason: "the lock was lost")

    @Test func aForbiddenWriteMakesNoRequest() async throws {
        let writes: [ProfileWrite] = [
            .put(id: janeID, janeValues), .putByQuery(janeQuery, janeValues), .delete(id: janeID),
            .patch(id: janeID, ProfilePatch(attributes: ["membership": "gold"])),
        ]
        for write in writes {
            let service = FakeService([])
            let client = try service.writing().permitted { [gone] () throws(WriteForbidden) in throw gone }
            let found = await failure { () throws(APIFailure) in try await client.perform(write) }
            #expect(found == notSent)
            #expect(found?.outcomeIsUnknown == false)
            #expect(service.asked.isEmpty)
        }
    }

    @Test func readsNeedNoPermission() async throws {
        let service = FakeService([.answer(200, janeAnswer)])
        let client = try service.writing().permitted { [gone] () throws(WriteForbidden) in throw gone }
        #expect(try await client.reading.profile(id: janeID) == jane)
    }

    @Test func permissionIsAskedAfterTheWaitForATurn() async throws {
        let service = FakeService([.answer(204, "", [:])])
        let limiter = RateLimiter.unlimited(pacer: service.clock.pacer)
        await limiter.hold(for: 30)
        let askedAt = Mutex<[Double]>([])
        let client = try service.writing(limiter: limiter).permitted {
            askedAt.withLock { $0.append(service.clock.now) }
        }
        #expect(try await client.delete(id: janeID) == .deleted)
        #expect(askedAt.withLock { $0 } == [1030])
    }

    @Test(arguments: [
        FakeService.Line.answer(429, "", ["retry-after": "30"]), .failure(.cannotConnect("refused")),
        .failure(.connectionLost(sent: false, "reset")),
    ])
    func permissionIsAskedAgainBeforeARetry(_ line: FakeService.Line) async throws {
        let service = FakeService([line])
        let count = Mutex(0)
        let client = try service.writing().permitted { [gone] () throws(WriteForbidden) in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            if !isFirst { throw gone }
        }
        let found = await failure { () throws(APIFailure) in try await client.delete(id: janeID) }
        #expect(found == notSent)
        #expect(service.asked.count == 1)
    }
}

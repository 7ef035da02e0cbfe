import HTTPTypes
import ProfileModel
import Synchronization

@testable import Sandbox

/// A clock that stands still until it is told to move.
final class TestClock: Sendable {
    private let seconds: Mutex<Int64>

    /// 2020-02-03T01:37:16Z, the time in the reference's answers.
    init(_ seconds: Int64 = 1_580_693_836) {
        self.seconds = Mutex(seconds)
    }

    func advance(_ by: Int64) { seconds.withLock { $0 += by } }

    var now: @Sendable () -> Timestamp {
        { Timestamp(seconds: self.seconds.withLock { $0 }) }
    }
}

/// A sandbox of one's own, spoken to as curl speaks to a server.
struct Desk {
    let sandbox: Sandbox
    let clock: TestClock

    init(
        switches: [String] = [], limits: SandboxLimits = SandboxLimits(),
        authentication: SandboxAuthentication = .open, rateLimit: SandboxRateLimit? = nil,
        faults: [String] = [], store: SandboxStorage = .memory, world: SandboxWorld? = nil
    ) throws {
        clock = TestClock()
        let configuration = SandboxConfiguration(
            authentication: authentication, rateLimit: rateLimit, limits: limits,
            switches: try SandboxSwitches(switches), faults: try faults.map { try SandboxFault(rule: $0) })
        sandbox = try Sandbox(configuration: configuration, store: store, now: clock.now) { _ in }
        if let world { try sandbox.load(world) }
    }

    func call(_ method: String, _ target: String, _ body: String = "", headers: [String: String] = [:]) async -> Answer
    {
        var request = HTTPRequest(
            method: HTTPRequest.Method(method)!, scheme: "https", authority: "acme.zendesk.com", path: target)
        if !body.isEmpty { request.headerFields[.contentType] = "application/json" }
        for (name, value) in headers { request.headerFields[HTTPField.Name(name)!] = value.isEmpty ? nil : value }
        return Answer(await sandbox.respond(to: request, body: Array(body.utf8)))
    }

    func get(_ target: String) async -> Answer { await call("GET", target) }

    func put(_ target: String, _ body: String) async -> Answer { await call("PUT", target, body) }

    func patch(_ target: String, _ body: String) async -> Answer { await call("PATCH", target, body) }

    func delete(_ target: String) async -> Answer { await call("DELETE", target) }

    /// Creates a profile and gives its id.
    @discardableResult
    func create(_ query: String, _ body: String? = nil) async throws -> String {
        let parts = query.split(separator: ":", maxSplits: 3).map(String.init)
        let standard = #"{"profile":{"identifiers":[{"type":"\#(parts[2])","value":"\#(parts[3])"}]}}"#
        let answer = await put("/api/v2/user_profiles?identifier=" + query, body ?? standard)
        guard answer.status == 201, let id = answer.profile?["id"]?.string else {
            throw Unexpected(answer: answer.text)
        }
        return id
    }

    func user(_ id: String) -> SandboxUser? { sandbox.users.first { $0.id == id } }
}

struct Unexpected: Error {
    var answer: String
}

struct Answer {
    let answer: SandboxAnswer

    init(_ answer: SandboxAnswer) {
        self.answer = answer
    }

    var status: Int { answer.head.status.code }
    var text: String { String(decoding: answer.body, as: UTF8.self) }
    var json: AttributeObject { (try? JSONReader.read(answer.body))?.object ?? [:] }
    var profile: AttributeObject? { json["profile"]?.object }
    var profiles: [AttributeObject] { json["profiles"]?.array?.compactMap(\.object) ?? [] }
    var error: AttributeObject? { json["errors"]?.array?.first?.object }
    var code: String? { error?["code"]?.string }
    var title: String? { error?["title"]?.string }

    func header(_ name: String) -> String? { answer.head.headerFields[HTTPField.Name(name)!] }
}

extension AttributeValue {
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var object: AttributeObject? { if case .object(let object) = self { object } else { nil } }
    var array: [AttributeValue]? { if case .array(let items) = self { items } else { nil } }
    var number: String? { if case .number(let number) = self { number.text } else { nil } }
}

/// Identifiers as `type=value` texts, which read well in expectations.
func identifiers(_ profile: AttributeObject?) -> [String] {
    (profile?["identifiers"]?.array ?? []).map { item in
        let value = item.object?["value"]
        return "\(item.object?["type"]?.string ?? "?")=\(value?.string ?? value?.number ?? "?")"
    }
}

extension SandboxUser {
    var identityTexts: [String] { identities.map { "\($0.type)=\($0.value)" } }
}

func readJSON(_ text: String) throws -> AttributeObject {
    guard let object = try JSONReader.read(Array(text.utf8)).object else { throw Unexpected(answer: text) }
    return object
}

func body(_ identifiers: String..., name: String? = nil, attributes: String? = nil) -> String {
    let list = identifiers.map { text in
        let parts = text.split(separator: "=", maxSplits: 1)
        return #"{"type":"\#(parts[0])","value":"\#(parts[1])"}"#
    }
    let fields =
        [name.map { #""name":"\#($0)""# }, attributes.map { #""attributes":\#($0)"# }].compactMap(\.self)
        + [#""identifiers":[\#(list.joined(separator: ","))]"#]
    return #"{"profile":{\#(fields.joined(separator: ","))}}"#
}

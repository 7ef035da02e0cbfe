import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import ProfileModel
import WireFormat

/// A served sandbox and a workspace in memory whose only environment it is.
struct ServedAccount {
    let url: String
    private let directory: String
    private let server: ChildProcess
    private let profilectl: String

    /// - Parameter options: of `sandbox serve`.
    init(_ profilectl: String, _ options: [String], name: String, perMinute: Int, share: Double = 1) {
        self.profilectl = profilectl
        let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        directory = "\(place)/profilectl-benchmark-\(getpid())-\(name)"
        mkdir(directory, 0o700)
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { fatalError("no pipe") }
        server = ChildProcess(profilectl, ["sandbox", "serve", "--port", "0"] + options, output: ends[1])
        Glibc.close(ends[1])
        var text = ""
        var byte: UInt8 = 0
        while read(ends[0], &byte, 1) == 1, byte != 0x0A { text.append(Character(Unicode.Scalar(byte))) }
        guard let start = text.firstRange(of: "http://")?.lowerBound else { fatalError("no server: \(text)") }
        url = String(text[start...].prefix { $0 != " " })
        write(
            "profilectl.yaml",
            """
            version: 1
            manifests: [riders.yaml]
            environments:
              served:
                url: \(url)
                auth: {bearer: "${env:TOKEN:-good}"}
                rate_limit: {per_minute: \(perMinute), share: \(share)}

            """)
    }

    /// Manifests with so many small profiles.
    func describe(profiles: Int) {
        let riders = (0..<profiles).map {
            "  rider-\($0): {identifiers: {bike_id: b\($0)}, attributes: {tier: gold}}\n"
        }
        write(
            "riders.yaml",
            "version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n" + riders.joined())
    }

    func apply() -> ChildProcess {
        ChildProcess(profilectl, ["apply", "-C", directory, "--auto-approve", "--detail", "summary"])
    }

    /// All that was answered, in its order.
    func requests() async -> [AnsweredRequest] {
        guard case .object(let log) = await get("/_sandbox/requests"), case .array(let requests)? = log["requests"]
        else { return [] }
        return requests.compactMap { AnsweredRequest($0) }
    }

    /// A GET, its answer read as JSON.
    @discardableResult
    func get(_ path: String) async -> AttributeValue {
        var request = HTTPClientRequest(url: url + path)
        request.headers.add(name: "authorization", value: "Bearer good")
        guard let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(60)),
            let body = try? await answer.body.collect(upTo: 1 << 28)
        else { return .null }
        return (try? readJSON(Array(body.readableBytesView))) ?? .null
    }

    func shutDown() {
        server.terminate()
        _ = server.wait()
        for name in [".profilectl/served.sqlite", ".profilectl/.gitignore", "profilectl.yaml", "riders.yaml"] {
            unlink("\(directory)/\(name)")
        }
        rmdir("\(directory)/.profilectl")
        rmdir(directory)
    }

    private func write(_ name: String, _ text: String) {
        guard let file = fopen("\(directory)/\(name)", "w") else { fatalError("cannot write \(name)") }
        fputs(text, file)
        fclose(file)
    }
}

/// A request as the sandbox's log tells of it.
struct AnsweredRequest {
    var method: String
    var path: String
    var query: String
    var isRefused: Bool
    /// When it had its effect; seconds.
    var at: Double

    init?(_ json: AttributeValue) {
        guard case .object(let members) = json, case .string(let method)? = members["method"],
            case .string(let path)? = members["path"], case .string(let time)? = members["at"],
            let at = Timestamp(iso8601: time)
        else { return nil }
        self.method = method
        self.path = path
        query = if case .string(let query)? = members["query"] { query } else { "" }
        isRefused = members["status"] == .number(JSONNumber(text: "429"))
        self.at = Double(at.seconds) + Double(at.nanoseconds) / 1e9
    }
}

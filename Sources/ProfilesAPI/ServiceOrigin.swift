/// Where the service is: the only place that credentials are sent to.
package struct ServiceOrigin: Sendable, Hashable {
    package enum Scheme: String, Sendable, CaseIterable {
        case http, https

        var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    package let scheme: Scheme
    /// In lower case, IPv6 addresses without brackets.
    package let host: String
    package let port: Int
}

/// Why a text is not the URL of a service. It never holds the text, which may hold a password.
package enum URLFlaw: String, Error, Sendable, CaseIterable {
    case noScheme, otherScheme, noHost, badHost, badPort, userInfo, morePath
}

extension ServiceOrigin {
    package init?(url: String) {
        do { try self.init(parsing: url) } catch { return nil }
    }

    /// Reads `https://host[:port][/]`; `http` only where nobody can listen, on the machine itself.
    /// Throws `malformedURL` or `insecureURL`.
    package init(parsing url: String) throws(APIFailure) {
        let parts: URLParts
        do { parts = try URLParts(url) } catch { throw .malformedURL(error) }
        guard parts.target.isEmpty || parts.target == "/" else { throw .malformedURL(.morePath) }
        self = parts.origin
        guard scheme == .https || isLoopback else { throw .insecureURL(host: host) }
    }

    /// `localhost`, 127.0.0.0/8 and ::1.
    package var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets[0] == 127 && !octets.contains(nil)
    }

    /// `host`, or `host:port` where the port is not the scheme's own.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == scheme.defaultPort ? name : "\(name):\(port)"
    }

    /// What to ask this origin for in order to follow a link; nil for a link to anywhere else.
    func target(of link: String) -> String? {
        guard link.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        if link.hasPrefix("/"), !link.hasPrefix("//") { return withoutFragment(link) }
        guard let parts = try? URLParts(link), parts.origin == self, !parts.target.isEmpty else { return nil }
        return withoutFragment(parts.target)
    }

    private func withoutFragment(_ target: String) -> String {
        String(target.prefix { $0 != "#" })
    }
}

extension ServiceOrigin: CustomStringConvertible {
    package var description: String { "\(scheme.rawValue)://\(authority)" }
}

/// A URL cut into its origin and the rest, which begins with a slash, or is empty.
struct URLParts {
    let origin: ServiceOrigin
    let target: String

    init(_ url: String) throws(URLFlaw) {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { throw .noScheme }
        guard let scheme = ServiceOrigin.Scheme(rawValue: url[..<colon].lowercased()) else { throw .otherScheme }
        let rest = url[url.index(colon, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\" }
        let target = String(rest[authority.endIndex...])
        guard !authority.contains("@") else { throw .userInfo }
        guard target.isEmpty || target.hasPrefix("/") else { throw .morePath }
        let (host, port) = try URLParts.hostAndPort(authority)
        self.origin = ServiceOrigin(scheme: scheme, host: host, port: port ?? scheme.defaultPort)
        self.target = target
    }

    private static func hostAndPort(_ authority: Substring) throws(URLFlaw) -> (String, Int?) {
        var host = authority.prefix { $0 != ":" }
        var rest = authority[host.endIndex...]
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { throw .badHost }
            host = authority[authority.index(after: authority.startIndex)..<bracket]
            rest = authority[authority.index(after: bracket)...]
            guard host.utf8.allSatisfy({ isHex($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) else {
                throw .badHost
            }
        } else {
            guard host.utf8.allSatisfy(isHostByte) else { throw .badHost }
        }
        guard !host.isEmpty else { throw .noHost }
        guard !rest.isEmpty else { return (host.lowercased(), nil) }
        guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), port > 0 else { throw .badPort }
        return (host.lowercased(), Int(port))
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        Character(UnicodeScalar(byte)).isHexDigit
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

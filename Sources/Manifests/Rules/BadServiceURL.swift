import Diagnostics

/// An account's URL is a scheme and a host, nothing more; credentials travel over https, and over http
/// only to this machine.
func badServiceURL(_ text: String, at location: SourceLocation?) -> Diagnostic? {
    let help = "write it as https://acme.zendesk.com"
    guard let scheme = ["https", "http"].first(where: { text.lowercased().hasPrefix("\($0)://") }) else {
        return Diagnostic(.badURL, "the url must begin with https://", at: location, help: help)
    }
    let rest = text.dropFirst("\(scheme)://".count)
    let authorityEnd = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
    let authority = rest[..<authorityEnd]
    guard rest[authorityEnd...].isEmpty || rest[authorityEnd...] == "/" else {
        return Diagnostic(
            .badURL, "the url must end after the host", at: location,
            help: "\(help); the path of each call is added")
    }
    guard !authority.contains("@") else {
        return Diagnostic(
            .badURL, "the url cannot hold a user or password", at: location, help: "write credentials under auth")
    }
    guard let host = host(of: authority) else {
        return Diagnostic(.badURL, "the url has no valid host and port", at: location, help: help)
    }
    guard scheme == "https" || isLoopback(host) else {
        return Diagnostic(
            .insecureURL, "http would send the credentials in the clear", at: location,
            help: "write https://; http is for a sandbox on this machine (localhost, 127.0.0.1 or [::1])")
    }
    return nil
}

/// The host of `host`, `host:port`, `[address]` or `[address]:port`; nil when it is none of them.
private func host(of authority: Substring) -> String? {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
        guard let close = authority.firstIndex(of: "]") else { return nil }
        host = authority[...close]
        let rest = authority[authority.index(after: close)...]
        guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
        port = rest.isEmpty ? nil : rest.dropFirst()
        guard host.dropFirst().dropLast().utf8.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == dot })
        else { return nil }
    } else if let colon = authority.firstIndex(of: ":") {
        host = authority[..<colon]
        port = authority[authority.index(after: colon)...]
    }
    if let port {
        guard port.utf8.allSatisfy(isDigit), let number = UInt16(port), number > 0 else { return nil }
    }
    let isName = host.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == dot }
    guard !host.isEmpty, isName || host.hasPrefix("[") else { return nil }
    return host.lowercased()
}

private func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
        && parts.allSatisfy { part in part.utf8.allSatisfy(isDigit) && UInt8(part) != nil }
}

private let dot = UInt8(ascii: ".")

private func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}

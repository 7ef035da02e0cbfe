/// What a git process that we start gets of our own environment.
///
/// Hooks, aliases and other git programs export where *their* repository, index and objects are, and how *their*
/// output looks. All of that stays behind: the repository is the one that the directory lies in. What says how to
/// reach a server, and where the user's configuration is, goes along.
func gitEnvironment(_ environment: [String: String]) -> [String: String] {
    var kept = environment.filter { !$0.key.hasPrefix("GIT_") || isKept($0.key) }
    for (name, value) in trustedConfiguration(environment) { kept[name] = value }
    kept["LC_ALL"] = "C"
    kept["GIT_TERMINAL_PROMPT"] = "0"
    // A workspace may be mounted apart from the rest of its repository.
    kept["GIT_DISCOVERY_ACROSS_FILESYSTEM"] = "1"
    return kept
}

/// The variables that name a repository, for one that a directory alone does not lead to.
/// - Parameter directory: where relative paths of theirs begin.
func namedRepository(_ environment: [String: String], in directory: String) -> [String: String]? {
    guard let place = environment["GIT_DIR"], !place.isEmpty else { return nil }
    var named = gitEnvironment(environment)
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"] {
        named[name] = environment[name].map { resolvePath($0, in: directory) }
    }
    named["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"]
    return named
}

private func isKept(_ name: String) -> Bool {
    let names = [
        "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ALLOW_PROTOCOL", "GIT_PROTOCOL_FROM_USER",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH", "GIT_NO_LAZY_FETCH",
    ]
    return names.contains(name) || ["GIT_SSL_", "GIT_PROXY_SSL_", "GIT_HTTP_"].contains { name.hasPrefix($0) }
}

/// Of the configuration that variables hold (`GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0`, …), what says whom to trust
/// and how to reach a server. The rest may say where a repository is or how files are read.
private func trustedConfiguration(_ environment: [String: String]) -> [String: String] {
    guard let count = environment["GIT_CONFIG_COUNT"].flatMap({ Int($0) }), (1...1000).contains(count) else {
        return [:]
    }
    let entries = (0..<count).compactMap { index -> (key: String, value: String)? in
        guard let key = environment["GIT_CONFIG_KEY_\(index)"], let value = environment["GIT_CONFIG_VALUE_\(index)"]
        else { return nil }
        let section = key.prefix { $0 != "." }.lowercased()
        return ["safe", "credential", "http", "url"].contains(section) ? (key, value) : nil
    }
    guard !entries.isEmpty else { return [:] }
    var kept = ["GIT_CONFIG_COUNT": String(entries.count)]
    for (index, entry) in entries.enumerated() {
        kept["GIT_CONFIG_KEY_\(index)"] = entry.key
        kept["GIT_CONFIG_VALUE_\(index)"] = entry.value
    }
    return kept
}

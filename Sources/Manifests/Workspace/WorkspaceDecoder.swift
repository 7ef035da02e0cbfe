package import Diagnostics
import YAMLSyntax

/// Reads `profilectl.yaml`.
/// - Returns: what could be understood, nil when nothing could; with an error it must not be used further.
package func readWorkspace(_ source: SourceText) -> (Workspace?, [Diagnostic]) {
    let stream = parseYAML(source)
    var decoder = WorkspaceDecoder(findings: Findings(after: stream.diagnostics))
    var workspace: Workspace?
    if let first = stream.documents.first(where: { !$0.isNull }) {
        workspace = decoder.workspace(first)
    } else if stream.diagnostics.isEmpty {
        decoder.findings.add(missingVersion(in: "the workspace file", at: beginning(of: source.name)))
    }
    for extra in stream.documents.dropFirst() where !extra.isNull {
        decoder.findings.add(
            .wrongShape, "a workspace file has one document", at: extra, help: "remove what follows the second ---")
    }
    return (workspace, decoder.findings.all)
}

struct WorkspaceDecoder {
    var findings: Findings

    mutating func workspace(_ root: YAMLNode) -> Workspace? {
        guard root.kind == .mapping else {
            findings.wrongShape(root, "the workspace file", mustBe: "a mapping that begins with `version: 1`")
            return nil
        }
        guard findings.acceptsVersion(of: root, "the workspace file", known: WorkspaceKey.known.names) else {
            return nil
        }
        let members = members(of: root, WorkspaceKey.known, in: "the workspace file")
        var workspace = Workspace()
        if let node = members[.manifests], let patterns = manifests(node) { workspace.manifests = patterns }
        if let node = members[.environments] { workspace.environments = environments(node) }
        if let node = members[.manifests] {
            findings.add(uselessManifests(of: workspace.environments, at: node.location))
        }
        if let node = members[.defaultEnvironment] {
            let names = members[.environments].map { namesWritten(in: $0) } ?? []
            workspace.defaultEnvironment = defaultEnvironment(node, among: names)
        }
        if let node = members[.sensitive] { workspace.publicAttributes = publicAttributes(node) }
        if let node = members[.attributes] {
            workspace.strictStrings = word(node, "attributes", of: AttributePolicy.self) == .strictStrings
        }
        return workspace
    }

    mutating func manifests(_ node: YAMLNode) -> [Template]? {
        guard node.kind == .sequence else {
            findings.wrongShape(node, "manifests", mustBe: "a list", help: "write it as [profiles]")
            return nil
        }
        if node.items.isEmpty { findings.emptyValue(node, "manifests") }
        return node.items.compactMap { item in
            guard let template = template(item, "a file name of manifests") else { return nil }
            if template.isLiteral, PathPattern(template.text) == nil {
                findings.add(badPattern(template.text, at: template.location))
            }
            return template
        }
    }

    /// Also of environments that could not be read: what is wrong with them is told there.
    private func namesWritten(in environments: YAMLNode) -> [String] {
        environments.kind == .mapping ? environments.pairs.map { key, _ in key.text } : []
    }

    private mutating func defaultEnvironment(_ node: YAMLNode, among names: [String]) -> String? {
        guard let name = literal(node, "default_environment") else { return nil }
        if !names.contains(name), !names.isEmpty {
            findings.add(
                unknownEnvironment(name, chosenBy: "default_environment", among: names, at: node.location))
        }
        return name
    }

    private mutating func publicAttributes(_ node: YAMLNode) -> [String] {
        let members = members(of: node, SensitiveKey.known, in: "sensitive")
        guard let list = members[.publicAttributes] else { return [] }
        guard list.kind == .sequence else {
            findings.wrongShape(list, "public_attributes", mustBe: "a list", help: "write it as [tier, plan]")
            return []
        }
        return list.items.compactMap { literal($0, "an attribute of public_attributes") }
    }

    private mutating func environments(_ node: YAMLNode) -> [Environment] {
        guard node.kind == .mapping else {
            findings.wrongShape(node, "environments", mustBe: "a mapping of names to environments")
            return []
        }
        var environments: [Environment] = []
        for (key, value) in node.pairs {
            findings.add(badEnvironmentName(key.text, at: key.location))
            if let environment = environment(key, value) { environments.append(environment) }
        }
        return environments
    }
}

import Diagnostics
import ProfileModel
import YAMLSyntax

/// What is written under `lifecycle`; nil leaves it to the defaults, each key on its own, so that
/// a profile with `ignore_changes` keeps a `prevent_destroy` that the document gives to all.
struct LifecycleDraft {
    var preventDestroy: Bool?
    var ignoreChanges: [[String]]?

    func over(_ defaults: LifecycleDraft) -> LifecycleDraft {
        LifecycleDraft(
            preventDestroy: preventDestroy ?? defaults.preventDestroy,
            ignoreChanges: ignoreChanges ?? defaults.ignoreChanges)
    }

    var finished: DesiredProfile.Lifecycle {
        DesiredProfile.Lifecycle(preventDestroy: preventDestroy ?? false, ignoreChanges: ignoreChanges ?? [])
    }
}

extension ManifestDecoder {
    mutating func lifecycle(_ node: YAMLNode) -> LifecycleDraft {
        var draft = LifecycleDraft()
        guard node.kind == .mapping else {
            findings.wrongShape(node, "lifecycle", mustBe: "a mapping")
            return draft
        }
        for (key, value) in node.pairs {
            switch LifecycleKey.known[key] {
            case .preventDestroy: draft.preventDestroy = flag(value, "prevent_destroy")
            case .ignoreChanges: draft.ignoreChanges = ignoredPaths(value)
            case nil: findings.unknownKey(key, in: "lifecycle", known: LifecycleKey.known.names)
            }
        }
        return draft
    }

    mutating func flag(_ node: YAMLNode, _ what: String) -> Bool? {
        guard node.kind == .scalar, case .bool(let flag) = node.scalar else {
            findings.wrongShape(node, what, mustBe: "true or false")
            return nil
        }
        return flag
    }

    private mutating func ignoredPaths(_ node: YAMLNode) -> [[String]]? {
        guard node.kind == .sequence else {
            findings.wrongShape(
                node, "ignore_changes", mustBe: "a list", help: "write it as [name, attributes.last_seen]")
            return nil
        }
        var paths: [(path: [String], text: String, location: SourceLocation)] = []
        for item in node.items {
            guard let text = text(item, "a field of ignore_changes") else { continue }
            if let path = ignoredPath(text) {
                paths.append((path, text, item.location))
            } else {
                findings.add(badIgnoreChanges(text, at: item.location))
            }
        }
        findings.diagnostics += uselessIgnoring(paths)
        return paths.map(\.path)
    }
}

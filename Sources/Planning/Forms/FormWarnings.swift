import Diagnostics
import ProfileModel

/// Fields of which the service keeps another value than was sent. One warning for each field: thousands of profiles may
/// have it.
struct FormWarnings {
    private struct Field: Hashable {
        var name: ExactText
        var code: DiagnosticCode
    }

    private var found: [Field: (first: Address, at: SourceLocation?, count: Int)] = [:]

    init() {}

    init(_ roster: Roster, _ readings: [Reading]) {
        for (line, reading) in zip(roster.lines, readings) {
            guard let entry = line.entry, !roster.entries[entry].kept.isEmpty, let live = reading.profile,
                let desired = roster.desired(line)
            else { continue }
            let values = ProfileValues(
                name: desired.name, identifiers: desired.identifiers, attributes: desired.attributes)
            let ignored = IgnoredPaths(desired.lifecycle.ignoreChanges)
            for form in values.unlikelyForms(roster.entries[entry].kept, in: live) where !ignored.covers(form.place) {
                note(form, of: desired.address, at: desired.location)
            }
        }
    }

    mutating func note(_ form: KeptForms.Form, of address: Address, at location: SourceLocation?) {
        let field = Field(name: ExactText(form.field), code: form.isOverwritten ? .differsAgain : .keptOtherwise)
        found[field, default: (address, location, 0)].count += 1
    }

    var diagnostics: [Diagnostic] {
        found.sorted { ($0.key.code.rawValue, $0.key.name.text) < ($1.key.code.rawValue, $1.key.name.text) }
            .map { field, found in
                let others = found.count - 1
                let whose = others == 0 ? "\(found.first)" : "\(found.first) and \(others) more"
                return Diagnostic(
                    field.code, Self.message(field.code, field.name.text, whose), severity: .warning, at: found.at,
                    help: Self.help(field.code))
            }
    }

    private static func message(_ code: DiagnosticCode, _ field: String, _ whose: String) -> String {
        code == .differsAgain
            ? "\(field) of \(whose) has the same other value as before the last apply"
            : "the service does not keep \(field) of \(whose) as it was sent, so it is not sent again"
    }

    private static func help(_ code: DiagnosticCode) -> String {
        code == .differsAgain
            ? "let one side have the field: take it out of the manifest, or add it to lifecycle.ignore_changes"
            : "write the value that the service keeps, or take the field out of the manifest"
    }
}

extension IgnoredPaths {
    fileprivate func covers(_ place: KeptForms.Place) -> Bool {
        switch place {
        case .name: name
        case .identifier: identifiers
        case .attribute(let path, _): ignoresAttributes && extent(ofAttribute: path.map(\.text)) == .wholly
        }
    }
}

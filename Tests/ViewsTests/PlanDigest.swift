import ProfileModel
import WireFormat

@testable import Views

enum PlanDigest {
    /// The document with a digest that fits it.
    static func renewed(_ text: String) throws -> String {
        guard case .object(var document) = try readJSON(text) else { return text }
        document["digest"] = .string(PlanJSON.digest(of: document))
        return writeJSON(.object(document))
    }
}

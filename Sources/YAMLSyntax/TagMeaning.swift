/// The tags of the core schema (YAML 1.2.2, section 10.3), which are all that is accepted.
enum TagMeaning: UInt8, Sendable {
    case none
    /// The non-specific tag `!`: a scalar is a string.
    case nonSpecific
    case string, integer, float, boolean, null
    case sequence, mapping
    case unknown

    /// - Parameter tag: with its handle resolved.
    init(_ tag: String) {
        self =
            switch tag {
            case "!": .nonSpecific
            case "tag:yaml.org,2002:str": .string
            case "tag:yaml.org,2002:int": .integer
            case "tag:yaml.org,2002:float": .float
            case "tag:yaml.org,2002:bool": .boolean
            case "tag:yaml.org,2002:null": .null
            case "tag:yaml.org,2002:seq": .sequence
            case "tag:yaml.org,2002:map": .mapping
            default: .unknown
            }
    }

    func fits(_ kind: NodeRecord.Kind) -> Bool {
        switch self {
        case .none, .nonSpecific, .unknown: true
        case .string, .integer, .float, .boolean, .null: kind == .scalar
        case .sequence: kind == .sequence
        case .mapping: kind == .mapping
        }
    }

    /// A tag as people write it: `!!int` for `tag:yaml.org,2002:int`.
    static func written(_ tag: String) -> String {
        let prefix = "tag:yaml.org,2002:"
        return tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
    }
}

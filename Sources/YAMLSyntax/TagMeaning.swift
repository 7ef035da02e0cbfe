/// The tags of the core schema (YAML 1.2.2, section 10.3), and two of YAML 1.1 that go-yaml and others write.
enum TagMeaning: UInt8, Sendable {
    case none
    /// The non-specific tag `!`: a scalar is a string.
    case nonSpecific
    case string, integer, float, boolean, null
    case sequence, mapping
    /// YAML 1.1, as some writers still mark the key `<<` and texts of dates.
    case merge, timestamp
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
            case "tag:yaml.org,2002:merge": .merge
            case "tag:yaml.org,2002:timestamp": .timestamp
            default: .unknown
            }
    }

    func fits(_ kind: NodeRecord.Kind) -> Bool {
        switch self {
        case .none, .nonSpecific, .unknown: true
        case .string, .integer, .float, .boolean, .null, .merge, .timestamp: kind == .scalar
        case .sequence: kind == .sequence
        case .mapping: kind == .mapping
        }
    }

    /// Whether a plain `<<` under it is the merge key.
    var mayMerge: Bool { self == .none || self == .merge }

    /// A tag as people write it: `!!int` for `tag:yaml.org,2002:int`.
    static func written(_ tag: String) -> String {
        let prefix = "tag:yaml.org,2002:"
        return tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
    }
}

/// What the service allows (api notes, section 4).
enum ServiceLimits {
    static let sourceLength = 40
    static let typeLength = 40
    static let identifierTypeLength = 60
    static let identifiersOfProfile = 20
    static let profilesOfUser = 20
    static let sources = 50
    static let types = 2_500
}

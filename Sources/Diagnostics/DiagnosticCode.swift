/// The stable name of a kind of problem. A code never changes its meaning and is never used again.
///
/// `PM0xx` texts and YAML · `PM1xx` manifests · `PM2xx` workspace file · `PM3xx` planning ·
/// `PM4xx` ledger and saved plans · `PM5xx` the service and the network.
package enum DiagnosticCode: String, Sendable, CaseIterable {
    // Texts and YAML
    case unreadableFile = "PM001"
    case invalidYAML = "PM002"
    case invalidUTF8 = "PM003"
    case duplicateKey = "PM004"
    case unknownTag = "PM005"
    case nestingTooDeep = "PM006"
    case scalarTooLong = "PM007"
    case aliasLimit = "PM008"
    case unknownAlias = "PM009"
    case badMergeKey = "PM010"
    case documentTooLarge = "PM011"
    case nonScalarKey = "PM012"
    case unwritableFile = "PM013"
    case hiddenCharacter = "PM017"
    case valueIsComment = "PM018"

    // Manifests
    case unknownKey = "PM101"
    case wrongShape = "PM102"
    case missingValue = "PM103"
    case unsupportedVersion = "PM104"
    case noManifestMatched = "PM105"
    case emptyDesiredState = "PM106"
    case addressClash = "PM107"
    case identifierClaimedTwice = "PM108"
    case reservedSource = "PM109"
    case colonInName = "PM110"
    case tooLong = "PM111"
    case tooManyIdentifiers = "PM112"
    case tooManySources = "PM113"
    case tooManyTypes = "PM114"
    case tooManyProfilesForUser = "PM115"
    case noIdentifier = "PM116"
    case unknownKeyIdentifier = "PM117"
    case nonStringAttribute = "PM118"
    case missingVariable = "PM119"
    case badSubstitution = "PM120"
    case badProfileName = "PM121"
    case badUserID = "PM122"
    case emptyValue = "PM123"
    case missingSourceOrType = "PM124"
    case badIgnoreChanges = "PM125"
    // PM126 was "not supported yet", of blocks that are supported now.
    case duplicateIdentifier = "PM127"
    case badAddress = "PM128"
    case badMove = "PM129"
    case ambiguousMove = "PM130"
    case stillDescribed = "PM131"
    case notDescribed = "PM132"
    case contradictoryRemoval = "PM133"
    case badImport = "PM134"
    case importedTwice = "PM135"

    // Workspace file
    case noEnvironment = "PM201"
    case unknownEnvironment = "PM202"
    case badURL = "PM203"
    case badAuthentication = "PM204"
    case badNumber = "PM205"
    case badPattern = "PM206"
    case badEnvironmentName = "PM207"
    case unknownSource = "PM208"
    // Drift baseline
    case badDriftField = "PM220"
    case badDate = "PM221"
    case acceptedTwice = "PM222"

    // Planning
    case immutableField = "PM301"
    case identifierOwnedElsewhere = "PM302"
    case twoAddressesOneProfile = "PM303"
    case ledgerMismatch = "PM304"
    case identifierRing = "PM305"
    case identifiersOfSeveralUsers = "PM311"
    case unknownUser = "PM312"
    case impossibleMove = "PM330"
    case impossibleImport = "PM331"
    // Scopes
    case nothingInScope = "PM320"
    case revisionNotFound = "PM321"
    case notARepository = "PM322"
    case mergeBaseMissing = "PM323"
    case manifestsOutsideRepository = "PM324"
    case oldManifestsUnusable = "PM325"
    case gitUnavailable = "PM326"

    // Rollbacks
    case rollbackLeaves = "PM340"
    case changedSinceRun = "PM341"
    case notRolledBack = "PM342"

    // Ledger and saved plans
    case ledgerLocked = "PM401"
    case ledgerTooNew = "PM402"
    case ledgerDamaged = "PM403"
    case planUnreadable = "PM404"
    case planOutdated = "PM405"
    case ledgerUnusable = "PM406"
    case runCutOff = "PM407"
    case unknownRun = "PM408"

    // Snapshots
    case snapshotUnreadable = "PM410"
    case snapshotMismatch = "PM411"
    case snapshotIncomplete = "PM412"
    case planNotApplicable = "PM413"

    // Without a ledger
    case ledgerMissing = "PM420"
    case secondIdentifier = "PM421"
    case unknownRemoval = "PM422"
    case unknownMove = "PM423"
    case firstRun = "PM424"

    // The service and the network
    case unreachable = "PM501"
    case unauthenticated = "PM502"
    case forbidden = "PM503"
    case notJSON = "PM504"
    case truncatedAnswer = "PM505"
    case unexpectedAnswer = "PM506"
    case refusedByService = "PM507"
    case rateLimited = "PM508"
    case insecureURL = "PM509"
    case sandboxUnusable = "PM510"
}

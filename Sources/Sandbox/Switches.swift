/// The answers that nobody outside knows (api notes, marks U and I), each with the readings that make sense.
/// The defaults are the likeliest; whoever knows better, or wants to be safe from either, turns a switch.
/// `SandboxSwitches.catalogue` tells what each value means.
package struct SandboxSwitches: Sendable, Hashable {
    package enum PatchNull: String, Sendable, CaseIterable { case deletes, ignores, stores }
    package enum PutNull: String, Sendable, CaseIterable { case stores, drops }
    package enum PatchNested: String, Sendable, CaseIterable { case merges, replaces }
    package enum Mismatch: String, Sendable, CaseIterable { case rejects, ignores }
    package enum BodyUser: String, Sendable, CaseIterable { case checked, ignored }
    package enum QueryIdentifier: String, Sendable, CaseIterable { case optional, required, added }
    package enum Absent: String, Sendable, CaseIterable { case resets, keeps }
    package enum EmptyName: String, Sendable, CaseIterable { case keeps, derives, rejects }
    package enum Attributes: String, Sendable, CaseIterable { case any, strictStrings = "strict_strings" }
    package enum AttributeNumbers: String, Sendable, CaseIterable { case exact, doubles, strings }
    package enum EmptyTexts: String, Sendable, CaseIterable { case stores, drops, ignores }
    package enum WriteAnswer: String, Sendable, CaseIterable { case stored, sent }
    package enum TextForm: String, Sendable, CaseIterable { case kept, nfc, nfd }
    package enum OuterSpace: String, Sendable, CaseIterable { case kept, trimmed }
    package enum LowerCase: String, Sendable, CaseIterable {
        case unicode, ascii, simple
        case finalSigma = "final_sigma"
        case turkish
    }
    package enum IdentifierValues: String, Sendable, CaseIterable { case lenient, strict }
    package enum UnknownKeys: String, Sendable, CaseIterable { case ignores, rejects }
    package enum ChangedIdentity: String, Sendable, CaseIterable { case keeps, adds }
    package enum ExternalID: String, Sendable, CaseIterable { case keeps, replaces }
    package enum Overlap: String, Sendable, CaseIterable { case rejects, allows }
    package enum Slots: String, Sendable, CaseIterable { case freed, kept }
    package enum EmailQuery: String, Sendable, CaseIterable { case folds, exact }
    package enum NumberEcho: String, Sendable, CaseIterable { case strings, numbers }
    package enum UserIDEcho: String, Sendable, CaseIterable { case string, number }
    package enum Timestamps: String, Sendable, CaseIterable { case seconds, milliseconds, offset }
    package enum NoopWrite: String, Sendable, CaseIterable { case moves, keeps }
    package enum SecondDelete: String, Sendable, CaseIterable {
        case notFound = "404"
        case badRequest = "400"
        case noContent = "204"
    }
    package enum DeleteBody: String, Sendable, CaseIterable { case empty, null }
    package enum UnknownUser: String, Sendable, CaseIterable {
        case notFound = "404"
        case empty
    }
    package enum ListOrder: String, Sendable, CaseIterable { case oldest, newest }
    package enum JSONSuffix: String, Sendable, CaseIterable { case refused, accepted }
    package enum LimitStatus: String, Sendable, CaseIterable {
        case badRequest = "400"
        case forbidden = "403"
        case unprocessable = "422"
    }
    package enum ConflictStatus: String, Sendable, CaseIterable {
        case badRequest = "400"
        case conflict = "409"
        case unprocessable = "422"
    }
    package enum ErrorShape: String, Sendable, CaseIterable { case errors, error, description, text }
    package enum RateCounts: String, Sendable, CaseIterable { case all, writes }
    package enum RetryAfter: String, Sendable, CaseIterable { case seconds, date, absent }
    package enum ThrottleBody: String, Sendable, CaseIterable { case json, html }
    package enum Feature: String, Sendable, CaseIterable { case on, off }

    package var patchNull = PatchNull.deletes
    package var putNull = PutNull.stores
    package var patchNested = PatchNested.merges
    package var bodyMismatch = Mismatch.rejects
    package var bodyUser = BodyUser.checked
    package var queryIdentifier = QueryIdentifier.optional
    package var absentAttributes = Absent.resets
    package var absentName = Absent.resets
    package var emptyName = EmptyName.keeps
    package var attributes = Attributes.any
    package var attributeNumbers = AttributeNumbers.exact
    package var emptyTexts = EmptyTexts.stores
    package var writeAnswer = WriteAnswer.stored
    package var textForm = TextForm.kept
    package var outerSpace = OuterSpace.kept
    package var lowerCase = LowerCase.unicode
    package var identifierValues = IdentifierValues.lenient
    package var unknownKeys = UnknownKeys.ignores
    package var changedIdentityOnPut = ChangedIdentity.keeps
    package var externalID = ExternalID.keeps
    package var profileOverlap = Overlap.rejects
    package var slots = Slots.freed
    package var emailQuery = EmailQuery.folds
    package var numberEcho = NumberEcho.strings
    package var userIDEcho = UserIDEcho.string
    package var timestamps = Timestamps.seconds
    package var noopWrite = NoopWrite.moves
    package var secondDelete = SecondDelete.notFound
    package var deleteBody = DeleteBody.empty
    package var unknownUser = UnknownUser.notFound
    package var listOrder = ListOrder.oldest
    package var jsonSuffix = JSONSuffix.refused
    package var limitStatus = LimitStatus.badRequest
    package var conflictStatus = ConflictStatus.badRequest
    package var errorShape = ErrorShape.errors
    package var rateCounts = RateCounts.all
    package var retryAfter = RetryAfter.seconds
    package var throttleBody = ThrottleBody.json
    package var feature = Feature.on

    package init() {}
}

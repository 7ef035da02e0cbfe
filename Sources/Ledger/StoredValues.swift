import GRDB
import ProfileModel
import WireFormat

// What stands in the columns is our own writing: anything else means that the file was damaged.
extension LedgerFile {
    func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(iso8601: text) else {
            throw LedgerFailure.damaged(path: path, reason: "no time: \(text)")
        }
        return time
    }

    func time(_ text: String?) throws -> Timestamp? {
        try text.map { (text: String) in try time(text) }
    }

    func decode<Value>(_ json: String, as read: (AttributeValue) throws -> Value) throws -> Value {
        do {
            return try read(readJSON(json))
        } catch {
            throw LedgerFailure.damaged(path: path, reason: "unreadable profile values: \(error)")
        }
    }
}

/// Asked immediately before a write leaves, each time that it does: whoever may have lost the right to write since
/// the call was made, as after a long pause, throws here.
package typealias WritePermission = @Sendable () throws(WriteForbidden) -> Void

package struct WriteForbidden: Error, Sendable, Hashable {
    /// One sentence, for people.
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

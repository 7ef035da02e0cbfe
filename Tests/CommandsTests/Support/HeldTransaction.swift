import Foundation
import Synchronization

@testable import Ledger

/// Another program that has a transaction open in a ledger's file, until it is told to end it.
final class HeldTransaction: Sendable {
    enum Kind: Sendable {
        case reading, writing
    }

    private let end = DispatchSemaphore(value: 0)
    private let isOver = DispatchSemaphore(value: 0)

    /// Returns when the transaction is open.
    init(_ kind: Kind, of path: String) throws {
        let ledger = try LedgerFile.open(path)
        let isOpen = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [end, isOver] in
            let hold = {
                isOpen.signal()
                end.wait()
            }
            switch kind {
            case .reading:
                try? ledger.read(absent: ()) { db in
                    _ = try ledger.fetchRecords(db)
                    hold()
                }
            case .writing: try? ledger.write { _ in hold() }
            }
            isOver.signal()
        }
        isOpen.wait()
    }

    /// Returns when nothing is held any more. Called once.
    func release() {
        end.signal()
        isOver.wait()
    }
}

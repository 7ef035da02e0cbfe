import Diagnostics
import Ledger
import Manifests
import Planning
import ProfileModel

/// The runs of an environment, for commands that only read: no lock is taken and nothing is created.
struct RunLookup {
    let ledger: LedgerFile
    let runs: [RecordedRun]

    /// - Parameter consequence: of a missing ledger, a clause.
    init(
        _ context: RunContext, orElse consequence: String = "no run is known", in session: Session
    ) throws(Stop) {
        try context.needsLedger(orElse: consequence, in: session)
        let stamp = try Account.stamp(of: context)
        let path = try context.ledgerPath()
        (ledger, runs) = try ledgerCall { () throws(LedgerFailure) in
            let ledger = try LedgerFile.openReadOnly(path)
            try ledger.bind(environmentName: stamp.name, service: stamp.service)
            return (ledger, try ledger.recordedRuns(now: session.now()))
        }
    }

    /// A run by its name, or by a beginning that no other one has.
    func run(named name: String) throws(Stop) -> RecordedRun {
        if let run = runs.first(where: { $0.id == name }) { return run }
        let beginning = name.isEmpty ? [] : runs.filter { $0.id.hasPrefix(name) }
        if beginning.count == 1 { return beginning[0] }
        let help =
            if runs.isEmpty {
                "nothing was applied with this ledger yet"
            } else if beginning.isEmpty {
                suggestion(for: name, among: runs.map(\.id), most: 5, known: "the latest runs")
            } else {
                "give more of it: \(beginning.prefix(5).map(\.id).joined(separator: ", "))"
            }
        let problem =
            beginning.isEmpty
            ? "the ledger has no run '\(name)'" : "'\(name)' is the beginning of \(beginning.count) runs"
        throw Stop(Diagnostic(.unknownRun, problem, help: help), code: .error)
    }

    func rows(of run: RecordedRun) throws(Stop) -> [JournalRow] {
        try ledgerCall { () throws(LedgerFailure) in try ledger.journal(run: run.id) }
    }
}

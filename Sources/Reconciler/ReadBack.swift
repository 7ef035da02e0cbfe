import Planning
import ProfileModel
import ProfilesAPI

extension StepExecutor {
    /// Reads back what the steps of a canary wrote. Of several steps for one profile only the last one's promise counts.
    func verdict(on tried: [ApplyReport.Line]) async -> CanaryVerdict {
        var verdict = CanaryVerdict(readBack: 0, findings: [])
        let last = Dictionary(tried.map { ($0.step.address, $0.step.number) }) { max($0, $1) }
        for line in tried {
            guard case .done(let profileID, _) = line.outcome else {
                verdict.findings.append(.notDone(line.step))
                continue
            }
            guard line.step.request != nil, last[line.step.address] == line.step.number else { continue }
            do throws(APIFailure) {
                let profile = try await client.reading.profile(id: profileID)
                verdict.readBack += 1
                if let finding = CanaryVerdict.Finding(line.step, readBack: profile) {
                    verdict.findings.append(finding)
                }
            } catch {
                verdict.findings.append(.unreadable(line.step, error.stepFailure))
            }
        }
        return verdict
    }
}

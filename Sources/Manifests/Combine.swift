package import Diagnostics
package import ProfileModel

/// Joins the files of a workspace and checks what one file cannot show.
///
/// - Parameters:
///   - files: in the order in which messages should call things first and second.
///   - isComplete: false when there are files besides that could not be read.
/// - Returns: all profiles in address order, and all diagnostics: those of each file, then those of
///   the whole. With an error among them the state is incomplete and must not be planned.
package func combine(
    _ files: [ManifestFile], settings: ManifestSettings, isComplete: Bool = true
) -> (DesiredState, [Diagnostic]) {
    var diagnostics = files.flatMap(\.diagnostics)
    let written = files.count == 1 ? files[0].profiles : files.flatMap(\.profiles)
    let order = addressOrder(of: written)
    if files.isEmpty {
        diagnostics.append(noManifestMatched())
    } else if written.isEmpty, isComplete, !settings.allowEmpty, !diagnostics.contains(where: { $0.severity == .error })
    {
        diagnostics.append(emptyDesiredState(files))
    }
    let clashes = addressClashes(written, in: order)
    diagnostics += clashes.diagnostics
    let scopes = Scopes(written)
    diagnostics += identifiersClaimedTwice(written, scopes, except: clashes.losers)
    if scopes.namesUsers {
        diagnostics += standardIdentifiersOfTwoUsers(written)
        diagnostics += tooManyProfilesForUser(written)
    }
    diagnostics += [tooManySources(written, scopes), tooManyTypes(written, scopes)].compactMap(\.self)
    let names = files.reduce(into: WrittenNames()) { names, file in names.add(file.names) }
    diagnostics += lookalikes(names, written, scopes)
    let blocks = files.reduce(into: LifecycleBlocks()) { blocks, file in blocks.append(file.blocks) }
    if !blocks.isEmpty {
        let omissions = files.reduce(into: Omissions(mayHideMore: !isComplete)) { $0.append($1.omissions) }
        diagnostics += lifecycleProblems(blocks, written, omissions)
    }
    return (
        DesiredState(
            profiles: inOrder(written, order, without: clashes.losers), moves: blocks.moves,
            removals: blocks.removals, imports: blocks.imports), diagnostics
    )
}

/// The indices of the profiles by address; those of one address as written. Nil when they stand so already.
private func addressOrder(of profiles: [DesiredProfile]) -> [Int]? {
    let isSorted = profiles.indices.dropFirst().allSatisfy { index in
        profiles[index - 1].address < profiles[index].address
    }
    guard !isSorted else { return nil }
    return profiles.indices.sorted { a, b in
        let (first, second) = (profiles[a].address, profiles[b].address)
        return first == second ? a < b : first < second
    }
}

private func inOrder(_ profiles: [DesiredProfile], _ order: [Int]?, without losers: Set<Int>) -> [DesiredProfile] {
    guard let order else { return profiles }
    return order.compactMap { losers.contains($0) ? nil : profiles[$0] }
}

import ProfileModel

extension AnswerReader {
    /// What to ask next; nil after the last page. Profiles are not known to come in pages; events do, with
    /// `meta.has_more` and `links.next` (api notes, section 8). A page that is announced must be had:
    /// a list that silently ends early would look like profiles that are gone.
    func nextPage(at origin: ServiceOrigin) throws(APIFailure) -> String? {
        let object = try object()
        guard case .object(let meta)? = object["meta"], meta["has_more"] == .bool(true) else { return nil }
        guard let link = nextLink(object["links"]), let target = origin.target(of: link) else {
            throw .unexpected(.badPageLink)
        }
        return target
    }

    /// `{"next":…}`, or `[{"next":…}]` as the samples of the events have it.
    private func nextLink(_ links: AttributeValue?) -> String? {
        switch links {
        case .object(let links)?:
            guard case .string(let next)? = links["next"] else { return nil }
            return next
        case .array(let items)?: return items.lazy.compactMap { nextLink($0) }.first
        case .string?, .number?, .bool?, .null?, .damaged?, nil: return nil
        }
    }
}

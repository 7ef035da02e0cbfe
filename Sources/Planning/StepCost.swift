import ProfileModel
import WireFormat

extension Cost {
    init(of steps: [Step], readsMade: Int, pace: Pace) {
        var counts: [Endpoint: Int] = [:]
        var examples: [Endpoint: ProfileWrite] = [:]
        for index in steps.indices {
            guard let request = steps[index].request else { continue }
            let endpoint = Endpoint(request)
            counts[endpoint, default: 0] += 1
            if examples[endpoint] == nil { examples[endpoint] = request }
        }
        let writes = examples.map { endpoint, request in
            EndpointCount(endpoint: CallForm(request).endpoint, count: counts[endpoint] ?? 0)
        }
        self.init(
            readsMade: readsMade, checkReads: counts.values.reduce(0, +),
            writes: writes.sorted { $0.endpoint < $1.endpoint }, perMinute: pace.perMinute, share: pace.share)
    }
}

/// One written form for each, so that not every call of a large plan must be written to be counted.
private enum Endpoint: Hashable {
    case putUnderUser, putByQuery, put, patch, patchByQuery, delete

    init(_ write: ProfileWrite) {
        switch write {
        case .putUnderUser: self = .putUnderUser
        case .putByQuery: self = .putByQuery
        case .put: self = .put
        case .patch: self = .patch
        case .patchByQuery: self = .patchByQuery
        case .delete: self = .delete
        }
    }
}

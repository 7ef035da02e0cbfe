package import ProfileModel

/// `48 s`, `12 min`, `3 h`, `5 days`: from one moment to a later one, as fine as people need it.
package func spanWords(from start: Timestamp, to end: Timestamp) -> String {
    let seconds = max(0, end.seconds - start.seconds)
    return switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7_200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3_600) h"
    case _: "\(seconds / 86_400) days"
    }
}

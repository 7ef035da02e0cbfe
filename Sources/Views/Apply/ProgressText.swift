/// How far an apply is.
package struct ApplyProgress: Sendable, Hashable {
    package var planned: Int
    package var ended: Int
    /// Since the first step began.
    package var seconds: Double

    package init(planned: Int, ended: Int, seconds: Double) {
        self.planned = planned
        self.ended = ended
        self.seconds = seconds
    }

    /// Nil as long as too little has ended to tell.
    var perMinute: Double? {
        ended > 0 && seconds >= 1 ? Double(ended) * 60 / seconds : nil
    }

    var secondsLeft: Double? {
        perMinute.map { Double(planned - ended) * 60 / $0 }
    }
}

/// The one line that stands under an apply on a terminal while it runs.
package enum ProgressText {
    /// - Parameter width: of the terminal. The line leaves the last column free, where some terminals wrap.
    /// - Returns: without a line break.
    package static func line(_ progress: ApplyProgress, width: Int) -> String {
        let count = "\(progress.ended)/\(progress.planned)"
        var parts = [count]
        if let rate = progress.perMinute { parts.append("\(Int(rate.rounded())) a minute") }
        if let left = progress.secondsLeft, progress.ended < progress.planned {
            parts.append("\(SafeText.duration(left).plain) left")
        }
        while parts.count > 1, parts.joined(separator: " · ").count >= width { parts.removeLast() }
        let words = parts.joined(separator: " · ")
        let room = min(40, width - 4 - words.count)
        guard room >= 10 else { return String(words.prefix(max(0, width - 1))) }
        let filled = progress.planned > 0 ? room * progress.ended / progress.planned : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: room - filled)
        return "[\(bar)] \(words)"
    }
}

import Planning
import ProfileModel

/// The columns of a plan's step lines, as wide as its steps need, but not as wide as one odd step.
struct PlanColumns {
    private let number: Int
    private let address: Int
    private let middle: Int
    /// For addresses that take more than one step: their numbers.
    private let numbers: [Address: [Int]]

    init(_ plan: Plan) {
        let steps = plan.steps + plan.blocked.map(\.step)
        number = max(3, String(plan.steps.last?.number ?? 0).utf8.count)
        address = min(48, steps.reduce(0) { max($0, SafeText("\($1.address)").width) })
        middle = min(
            64, plan.steps.reduce(0) { max($0, $1.request.map { SafeText.call($0).width } ?? 0) })
        numbers = Dictionary(grouping: plan.steps, by: \.address).mapValues { $0.map(\.number) }
            .filter { $0.value.count > 1 }
    }

    var fieldIndent: Int { number + 4 }

    func line(number text: SafeText, step: Step, middle words: SafeText) -> SafeText {
        var line = SafeText.spaces(number - text.width) + text
        line += "  \(.symbol(step.action)) " + SafeText("\(step.address, .bold)").padded(to: address) + "  "
        guard let origin = step.origin else { return line + words }
        return line + words.padded(to: middle) + "  " + SafeText.origin(origin).inked(.dim)
    }

    /// Where a profile that an extra step leaves half done is completed.
    func share(of step: Step) -> SafeText? {
        guard let numbers = numbers[step.address], numbers.first == step.number, let last = numbers.last else {
            return nil
        }
        return "step \(last) does the rest"
    }
}

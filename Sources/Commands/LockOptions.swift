import ArgumentParser

struct LockOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long to wait for the lock of the ledger where another run holds it: 30s, 5m, 1h. (default: 0s)",
            valueName: "duration"))
    var lockTimeout: WaitingTime?

    var isGiven: Bool { lockTimeout != nil }
}

/// `30s`, `5m`, `1h`; a bare number is in seconds.
struct WaitingTime: ExpressibleByArgument, Equatable {
    var seconds: Double

    init(seconds: Double) {
        self.seconds = seconds
    }

    init?(argument: String) {
        let units = ["s": 1.0, "m": 60.0, "h": 3600.0]
        let unit = argument.last.flatMap { units[String($0)] }
        guard let number = Double(unit == nil ? argument[...] : argument.dropLast()), (0...86_400).contains(number)
        else {
            return nil
        }
        seconds = number * (unit ?? 1)
    }

    var defaultValueDescription: String { "\(Int(seconds))s" }
}

import Planning

/// What became of a call that nobody saw the end of, in words.
extension SafeText {
    static func settled(_ step: SettledStep) -> SafeText {
        "run \(bare: step.run) saw no end of step \(step.number) (\(bare: step.action) \(step.address)): "
            + .finding(step.finding)
    }

    static func finding(_ finding: SettledStep.Finding) -> SafeText {
        switch finding {
        case .tookEffect(let id): "its call had its effect; the ledger now knows so of profile \(bare: id)"
        case .hadNoEffect: "its call had no effect so far"
        case .cannotBeTold(.differs(let id)):
            "it cannot be told whether its call had an effect: profile \(bare: id) is neither as it was nor as planned; "
                + "look at it with `profilectl get \(bare: id)`"
        case .cannotBeTold(.gone(let id)):
            "it cannot be told whether its call had an effect: profile \(bare: id) is gone since"
        case .cannotBeTold(.notKept):
            "it cannot be told whether its call had an effect: the journal does not say what the call was"
        case .cannotBeTold(.unreadable(let id?)):
            "it cannot be told whether its call had an effect: profile \(bare: id) cannot be read; "
                + "the next apply looks again"
        case .cannotBeTold(.unreadable(nil)):
            "it cannot be told whether its call had an effect: the answer of the service cannot be read; "
                + "the next apply looks again"
        }
    }
}

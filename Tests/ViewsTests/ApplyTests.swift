import Diagnostics
import Planning
import ProfileModel
import Testing
import Views
import WireFormat

@Suite struct ApplyTests {
    private static let failure = StepFailure(
        status: 400, code: "TooMany\u{1B}[m", title: "Too many\nidentifiers", requestID: "5f3a")
    private static let lost = StepFailure(title: "the connection was lost")

    @Test(arguments: [
        (StepOutcome.done(profileID: "01A", alreadyDone: false), "done"),
        (.done(profileID: "01A", alreadyDone: true), "done already"),
        (.failed(failure), #"failed: 400 "TooMany\e[m": Too many\nidentifiers (request 5f3a)"#),
        (.stale(.changedSincePlan), "stale: the profile changed after the plan was made"),
        (.stale(.appearedSincePlan(profileID: "01B")), "stale: profile 01B appeared after the plan was made"),
        (.stale(.goneSincePlan), "stale: the profile is gone since the plan was made"),
        (.unknown(lost), "unknown: the connection was lost; the call may or may not have taken effect"),
        (.notAttempted(.dependsOn(3)), "not attempted: needs step 3, which was not done"),
        (.notAttempted(.interrupted), "not attempted: interrupted before its turn"),
        (.notAttempted(.stoppedAfterFailure), "not attempted: stopped after a failure"),
    ])
    func `a step ends with its class and the reason in words`(outcome: StepOutcome, words: String) {
        #expect(
            ApplyText.line(for: .finished(Fixtures.update, outcome), style: .plain)
                == "  1  ~ coolbikes/rider/jane-smith  \(words)\n")
    }

    @Test func `a created profile is told with its new id`() {
        var step = Fixtures.update
        step.action = .create
        let event = ApplyEvent.finished(step, .done(profileID: "01NEW", alreadyDone: false))
        #expect(ApplyText.line(for: event, style: .plain) == "  1  + coolbikes/rider/jane-smith  done as 01NEW\n")
    }

    @Test func `the start of a step is worth a line only where people watch`() {
        let event = ApplyEvent.started(Fixtures.update)
        #expect(ApplyText.line(for: event, style: .plain) == nil)
        #expect(
            ApplyText.line(for: event, style: .plain, verbose: true)
                == "  1  ~ coolbikes/rider/jane-smith  started\n")
        #expect(
            ApplyText.line(for: .progress([LongStep(Fixtures.update, seconds: 20)]), style: .plain)
                == "  1  ~ coolbikes/rider/jane-smith  under way for 20 s\n")
        let many = [10, 30, 20].map { LongStep(Fixtures.update, seconds: $0) }
        #expect(
            ApplyText.line(for: .progress(many), style: .plain)
                == "  1  ~ coolbikes/rider/jane-smith  under way for 30 s, and 2 others\n")
        #expect(
            ApplyText.line(for: .waiting(seconds: 11.2), style: .plain)
                == "waiting 12 s: the account's rate is used up\n")
    }

    private var mixed: ApplyReport {
        ApplyReport(
            run: "run-7",
            lines: [
                .init(step: Fixtures.update, outcome: .done(profileID: "01A", alreadyDone: false)),
                .init(step: Fixtures.replace, outcome: .unknown(Self.lost)),
                .init(step: Fixtures.update, outcome: .stale(.changedSincePlan)),
                .init(step: Fixtures.replace, outcome: .failed(Self.failure)),
                .init(step: Fixtures.update, outcome: .notAttempted(.dependsOn(2))),
            ])
    }

    @Test func `a run ends with the five classes and what to do next`() {
        #expect(
            ApplyText.report(mixed, style: .plain) == #"""
                run run-7

                  1  ~ coolbikes/rider/jane-smith  done
                  2  ~ coolbikes/rider/walter  unknown: the connection was lost; the call may or may not have taken effect
                  1  ~ coolbikes/rider/jane-smith  stale: the profile changed after the plan was made
                  2  ~ coolbikes/rider/walter  failed: 400 "TooMany\e[m": Too many\nidentifiers (request 5f3a)
                  1  ~ coolbikes/rider/jane-smith  not attempted: needs step 2, which was not done

                1 done, 1 failed, 1 stale, 1 unknown, 1 not attempted (5 planned).
                The next `profilectl apply` looks first what became of the calls whose answers were lost.
                Run `profilectl plan` again: live profiles or the ledger changed after this plan was made.
                What the service refused will be refused again: mend it, then plan and apply again.
                The run is run-7; `profilectl rollback run-7` takes back what was done.

                """#)
    }

    @Test func `a run without trouble needs no advice, an interrupted one is continued`() {
        let done = ApplyReport.Line(step: Fixtures.update, outcome: .done(profileID: "01A", alreadyDone: false))
        #expect(
            ApplyText.summary(of: ApplyReport(run: "r", lines: [done]), style: .plain)
                == "\n1 done, 0 failed, 0 stale, 0 unknown, 0 not attempted (1 planned).\n")
        let left = ApplyReport.Line(step: Fixtures.replace, outcome: .notAttempted(.interrupted))
        let report = ApplyReport(run: "r", lines: [done, left], interrupted: true)
        #expect(
            ApplyText.line(for: .summary(report), style: .plain) == """

                1 done, 0 failed, 0 stale, 0 unknown, 1 not attempted (2 planned).
                Interrupted: calls in flight were waited for, no others were made.
                Run `profilectl apply` again for what was not attempted.
                The run is r; `profilectl rollback r` takes back what was done.

                """)
    }

    @Test(arguments: [(nil, true), (429, true), (503, true), (422, false)] as [(Int?, Bool)])
    func `what passes is not told to be mended`(status: Int?, passes: Bool) {
        let failure = StepFailure(status: status, title: "no")
        let report = ApplyReport(run: "r", lines: [.init(step: Fixtures.update, outcome: .failed(failure))])
        let text = ApplyText.summary(of: report, style: .plain)
        #expect(text.contains("may pass: apply again later") == passes)
        #expect(text.contains("will be refused again") == !passes)
    }

    @Test func `whoever ends a run at once is told of the lock that is left`() {
        let left = ApplyReport.Line(step: Fixtures.replace, outcome: .notAttempted(.interrupted))
        var report = ApplyReport(run: "r", lines: [left], interrupted: true)
        report.aborted = true
        #expect(
            ApplyText.summary(of: report, style: .plain) == """

                0 done, 0 failed, 0 stale, 0 unknown, 1 not attempted (1 planned).
                Aborted: no call was under way.
                For a minute the lock of this run keeps others out; `profilectl ledger unlock` takes it away at once.
                The run is r.

                """)
    }

    private static let step =
        #""step":{"action":"update","address":"coolbikes/rider/jane-smith","#
        + #""endpoint":"PATCH user_profiles/{profile_id}","n":1,"profile_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}"#
    private static let time = #""timestamp":"2026-11-23T12:00:00Z""#

    @Test func `the stream starts with its version`() {
        #expect(
            ApplyEventsJSON.version("1.2.3", at: Fixtures.noon)
                == #"{"type":"version","format_version":"1.0","profilectl_version":"1.2.3",\#(Self.time)}"# + "\n")
    }

    @Test func `planned steps come with those that are blocked`() {
        let lines = ApplyEventsJSON.planned(Fixtures.sample, at: Fixtures.noon).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == #"{"type":"planned_step","blocked":false,\#(Self.step),\#(Self.time)}"#)
        #expect(
            lines[2] == #"{"type":"planned_step","blocked":true,"code":"deletes_are_off","#
                + #""message":"deletes are off (--allow-delete)","step":{"action":"delete","#
                + #""address":"coolbikes/rider/old","endpoint":"DELETE user_profiles/{profile_id}","n":null,"#
                + #""profile_id":"01OLD"},\#(Self.time)}"#)
    }

    private static let events: [(ApplyEvent, String)] = [
        (ApplyEvent.started(Fixtures.update), #"{"type":"step_started",\#(step),\#(time)}"#),
        (.waiting(seconds: 1.5), #"{"type":"step_waiting","seconds":1.5,\#(time)}"#),
        (
            .finished(Fixtures.update, .done(profileID: "01A", alreadyDone: true)),
            #"{"type":"step_succeeded","already_done":true,"message":"done already","profile_id":"01A",\#(step),\#(time)}"#
        ),
        (
            .finished(Fixtures.update, .failed(StepFailure(status: 403, title: "no"))),
            #"{"type":"step_failed","failure":{"code":null,"request_id":null,"status":403,"title":"no"},"message":"failed: 403: no",\#(step),\#(time),"unknown":false}"#
        ),
        (
            .finished(Fixtures.update, .unknown(StepFailure(title: "cut"))),
            #"{"type":"step_failed","failure":{"code":null,"request_id":null,"status":null,"title":"cut"},"message":"unknown: cut; the call may or may not have taken effect",\#(step),\#(time),"unknown":true}"#
        ),
        (
            .finished(Fixtures.update, .stale(.goneSincePlan)),
            #"{"type":"step_skipped","class":"stale","code":"gone_since_plan","message":"stale: the profile is gone since the plan was made",\#(step),\#(time)}"#
        ),
        (
            .finished(Fixtures.update, .notAttempted(.dependsOn(2))),
            #"{"type":"step_skipped","class":"not_attempted","code":"depends_on","message":"not attempted: needs step 2, which was not done",\#(step),\#(time)}"#
        ),
        (
            .summary(ApplyReport(run: "r", lines: [], interrupted: true)),
            #"{"type":"summary","done":0,"failed":0,"interrupted":true,"not_attempted":0,"planned":0,"run":"r","scope":{"excludes":[],"included":[],"paths":[],"rolls_back":null,"since":null,"targets":[],"whole":true},"stale":0,\#(time),"unknown":0}"#
        ),
    ]

    @Test(arguments: events)
    func `each event is one object in one line`(event: ApplyEvent, line: String) {
        #expect(ApplyEventsJSON.line(for: event, at: Fixtures.noon) == line + "\n")
    }

    @Test func `progress and diagnostics are part of the stream`() {
        #expect(
            ApplyEventsJSON.line(for: .progress([LongStep(Fixtures.update, seconds: 10)]), at: Fixtures.noon)
                == #"{"type":"step_progress","elapsed_seconds":10.0,\#(Self.step),\#(Self.time)}"# + "\n")
        #expect(
            ApplyEventsJSON.diagnostic(Diagnostic(.rateLimited, "slow"), at: Fixtures.noon)
                == #"{"type":"diagnostic","diagnostic":{"code":"PM508","file":null,"help":null,"message":"slow","#
                + #""notes":[],"range":null,"severity":"error"},\#(Self.time)}"# + "\n")
    }
}

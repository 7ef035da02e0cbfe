import ArgumentParser
import Diagnostics
import Ledger
import Planning
import ProfileModel
import Views

struct ApplyCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Show the plan, ask, and make its calls.",
        discussion: "With a plan saved by `plan --out`, exactly its calls are made, or none.")

    @Argument(help: ArgumentHelp("Manifests, directories or globs, or one saved plan.", valueName: "paths-or-plan"))
    var paths: [String] = []

    @Flag(help: "Do not ask. Needed where there is no terminal.")
    var autoApprove = false

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var parallelism: ParallelismOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var detail: DetailOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }

    func run(in session: Session) async throws -> ExitCode {
        guard autoApprove || session.terminal.inputIsTerminal else {
            throw ValidationError("there is no terminal to ask on: give --auto-approve to apply without a question")
        }
        var environment = environment
        let saved = try SavedPlan.load(paths, &environment, in: session)
        let context = try RunContext.load(environment, in: session)
        let printer = ApplyPrinter(
            plans: PlanPrinter(
                format: format.format, style: .forOutput(in: session, color: style.color), detail: detail.detail,
                redaction: detail.redaction(context, in: session), session: session))
        return try await printer.printing {
            let account = try Account.open(context, for: .writing, in: session)
            return try await account.useForWriting { client in
                let job = ApplyJob(
                    context: context, account: account, client: client, printer: printer, session: session,
                    parallelism: parallelism.parallelism, isApproved: autoApprove)
                if let saved { return try await job.apply(saved: saved.plan) }
                return try await job.plan(paths, policy: policy.policy(of: context.environment))
            }
        }
    }
}

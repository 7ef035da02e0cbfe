import Commands
import Glibc

let firstThread = FirstThread()
Task(executorPreference: firstThread) {
    exit(await profilectl(Array(CommandLine.arguments.dropFirst()), in: .live()).rawValue)
}
firstThread.serve()

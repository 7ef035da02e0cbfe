import Commands
import Glibc

let firstThread = FirstThread()
Task(executorPreference: firstThread) {
    exit(await profilectl(bytes: processArguments(), in: .live()).rawValue)
}
firstThread.serve()

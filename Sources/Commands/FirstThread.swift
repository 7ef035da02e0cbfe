import Dispatch
import Synchronization

/// The thread that the program begins with, as a place for tasks.
///
/// As long as it is the only one, the C library hands out memory without locks and in large pieces. That is a tenth
/// of the time that it takes to read a manifest of many megabytes.
package final class FirstThread: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let count = DispatchSemaphore(value: 0)

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        count.signal()
    }

    /// Does what there is to do until the process exits. To be called by the thread itself.
    package func serve() -> Never {
        while true {
            count.wait()
            let job = jobs.withLock { $0.removeFirst() }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

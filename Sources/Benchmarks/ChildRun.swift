import Glibc

/// One run of a program, as the kernel accounts for it.
struct ChildRun {
    /// User and system time, in seconds.
    var cpu: Double
    /// From start to end, in seconds.
    var wall: Double
    /// The largest resident set, in bytes.
    var peakMemory: Int
    var status: Int32

    static func run(_ program: String, _ arguments: [String]) -> ChildRun {
        ChildProcess(program, arguments).wait()
    }
}

/// A program that runs beside this one, its output thrown away.
struct ChildProcess {
    private let pid: pid_t
    private let start = seconds()

    /// - Parameter output: where its standard output goes; nil for nowhere.
    init(_ program: String, _ arguments: [String], output: Int32? = nil) {
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        defer { words.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var pid = pid_t()
        guard posix_spawn(&pid, program, &actions, nil, words, environ) == 0 else {
            fatalError("cannot start \(program)")
        }
        self.pid = pid
    }

    /// Until it ends.
    func wait() -> ChildRun {
        var usage = rusage()
        var status: Int32 = 0
        wait4(pid, &status, 0, &usage)
        return ended(status, usage)
    }

    /// Nil while it runs.
    func endedRun() -> ChildRun? {
        var usage = rusage()
        var status: Int32 = 0
        return wait4(pid, &status, WNOHANG, &usage) == pid ? ended(status, usage) : nil
    }

    func terminate() { kill(pid, SIGTERM) }

    /// The resident set now, in bytes.
    var residentMemory: Int {
        guard let file = fopen("/proc/\(pid)/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
            separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
    }

    private func ended(_ status: Int32, _ usage: rusage) -> ChildRun {
        ChildRun(
            cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            wall: seconds() - start, peakMemory: Int(usage.ru_maxrss) * 1024, status: status)
    }
}

func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// CPU time of this process so far.
func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
}

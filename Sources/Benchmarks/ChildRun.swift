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
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        defer { words.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        defer { posix_spawn_file_actions_destroy(&actions) }

        var pid = pid_t()
        let start = seconds()
        guard posix_spawn(&pid, program, &actions, nil, words, nil) == 0 else {
            fatalError("cannot start \(program)")
        }
        var usage = rusage()
        var status: Int32 = 0
        wait4(pid, &status, 0, &usage)
        return ChildRun(
            cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), wall: seconds() - start,
            peakMemory: Int(usage.ru_maxrss) * 1024, status: status)
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

import Fanpai
import Glibc
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into a cancellation, and makes closed pipes errors instead of deaths.
enum Interrupts {
    /// What the signals cancel.
    static let cancellation = Cancellation()
    /// Whether an output is being written, which must be cleaned up before the process may end.
    static let isWriting = Atomic<Bool>(false)

    /// Takes the signals over; call it before any thread is started, so that all of them inherit the mask.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        // A file that grows beyond the user's limit is then an error like a full disk.
        signal(SIGXFSZ, SIG_IGN)
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // A parent that ignores hang-ups (nohup) means it.
            var action = sigaction()
            if sigaction(number, nil, &action) == 0, isIgnored(action) { continue }
            sigaddset(&set, number)
        }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        var thread = pthread_t()
        pthread_create(&thread, nil, waitForSignals, nil)
        pthread_detach(thread)
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}

private func waitForSignals(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    var set = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &set)
    var number: Int32 = 0
    while sigwait(&set, &number) == 0 {
        if Interrupts.cancellation.isCancelled { continue }
        Interrupts.cancellation.cancel()
        // Jobs look at the switch before every frame and clean up. What does not look at it (reading, resolving) has nothing
        // to clean up, so the process ends under its hands; a job gets longer, for a slow machine must not leave files either.
        usleep(700_000)
        for _ in 0..<100 where Interrupts.isWriting.load(ordering: .acquiring) { usleep(100_000) }
        StandardStreams.note("fanpai: \(FanpaiError.cancelled)\n")
        _exit(ExitStatus.cancelled.rawValue)
    }
    return nil
}

import Fanpai
import Glibc

/// Turns SIGINT, SIGTERM and SIGHUP into a cancellation, and makes closed pipes errors instead of deaths.
enum Interrupts {
    /// What the signals cancel.
    static let cancellation = Cancellation()

    /// Takes the signals over; call it before any thread is started, so that all of them inherit the mask.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
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
        // Work that looks at the switch has ended and cleaned up long before; what does not look holds no file open.
        usleep(900_000)
        _exit(ExitStatus.cancelled.rawValue)
    }
    return nil
}

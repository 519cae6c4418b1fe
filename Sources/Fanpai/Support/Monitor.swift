import Glibc

/// A value that threads share, and a bell that wakes those who wait for it to change.
final class Monitor<State: Sendable>: @unchecked Sendable {
    // Safe: `state` is touched only between lock and unlock of `mutex`, and both primitives live at fixed addresses.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let bell: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        bell = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        let attributes = UnsafeMutablePointer<pthread_condattr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        pthread_condattr_init(attributes)
        // Time-outs must not jump when somebody sets the clock.
        pthread_condattr_setclock(attributes, CLOCK_MONOTONIC)
        pthread_cond_init(bell, attributes)
        pthread_condattr_destroy(attributes)
    }

    deinit {
        pthread_cond_destroy(bell)
        pthread_mutex_destroy(mutex)
        bell.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the value, and wakes all who wait.
    func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(bell)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state)
    }

    /// Waits until `body` answers, and returns the answer; nil after `milliseconds` without one.
    func wait<Result>(milliseconds: Int? = nil, _ body: (inout State) throws -> Result?) rethrows -> Result? {
        var end = timespec()
        if let milliseconds {
            clock_gettime(CLOCK_MONOTONIC, &end)
            end.tv_sec += milliseconds / 1000
            end.tv_nsec += milliseconds % 1000 * 1_000_000
            if end.tv_nsec >= 1_000_000_000 {
                (end.tv_sec, end.tv_nsec) = (end.tv_sec + 1, end.tv_nsec - 1_000_000_000)
            }
        }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = try body(&state) {
                pthread_cond_broadcast(bell)
                return result
            }
            if milliseconds == nil {
                pthread_cond_wait(bell, mutex)
            } else if pthread_cond_timedwait(bell, mutex, &end) == ETIMEDOUT {
                return nil
            }
        }
    }
}

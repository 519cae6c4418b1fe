import Synchronization

/// A switch that stops a job from any thread, for good. Workers look at it before every frame.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)
    private let handlers = Mutex<[@Sendable () -> Void]>([])

    /// Makes a switch that is off.
    public init() {}

    /// True once `cancel` was called.
    public var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Stops the job; a second call does nothing.
    public func cancel() {
        guard !flag.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let pending = handlers.withLock { handlers in
            defer { handlers.removeAll() }
            return handlers
        }
        for handler in pending { handler() }
    }

    /// Runs `handler` once when the job is cancelled, at once if it was already; on the thread that cancels.
    public func onCancel(_ handler: @escaping @Sendable () -> Void) {
        handlers.withLock { $0.append(handler) }
        guard isCancelled else { return }
        let pending = handlers.withLock { handlers in
            defer { handlers.removeAll() }
            return handlers
        }
        for handler in pending { handler() }
    }

    /// Throws when the job was cancelled.
    public func check() throws(FanpaiError) {
        if isCancelled { throw .cancelled }
    }
}

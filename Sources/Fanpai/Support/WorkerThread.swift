import Glibc

/// A thread of our own for blocking work, so that Swift's cooperative pool stays free.
final class WorkerThread {
    private var handle = pthread_t()

    /// Starts a thread that runs `body` once.
    ///
    /// - Throws: `FanpaiError` with code `capability` when the system gives no thread.
    init(_ body: @escaping @Sendable () -> Void) throws(FanpaiError) {
        let box = Unmanaged.passRetained(Body(body))
        // Memory instead of a value: C modules of other targets redeclare the type, and its initialiser is then nobody's.
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        // Encoders and text layout recurse; the default of the main thread is what they were tested with.
        pthread_attr_setstacksize(attributes, 8 << 20)
        let status = pthread_create(&handle, attributes, threadEntry, box.toOpaque())
        if status != 0 {
            box.release()
            throw FanpaiError(
                .capability, "the system gives no thread", remedy: "use fewer with --jobs",
                cause: String(cString: strerror(status)))
        }
    }

    /// Starts a thread that runs `body` once and that nobody waits for.
    static func detach(_ body: @escaping @Sendable () -> Void) throws(FanpaiError) {
        pthread_detach(try WorkerThread(body).handle)
    }

    /// Waits until the thread has ended. Call it exactly once.
    func join() { pthread_join(handle, nil) }
}

private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func threadEntry(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
    return nil
}

/// How many processors are online; at least 1.
public func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

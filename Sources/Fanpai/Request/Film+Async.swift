// The blocking calls of a film for tasks: each runs on a thread of its own, so that Swift's cooperative pool never waits for files or
// pixels. Cancelling the task cancels what looks at a `Cancellation`; the rest ends by itself, and its result is dropped.
extension Film {
    /// Decodes and resolves like the blocking initialiser.
    public init(
        _ request: FilmRequest, home: Home, cancellation: Cancellation = Cancellation()
    ) async throws(FanpaiError) {
        self = try await BlockingWork.run(cancellation: cancellation) { () throws(FanpaiError) in
            try Film(request, home: home, cancellation: cancellation)
        }
    }

    /// Checks like the blocking function.
    public static func check(_ request: FilmRequest, home: Home) async throws(FanpaiError) -> CheckFindings {
        try await BlockingWork.run(cancellation: Cancellation()) { () throws(FanpaiError) in
            try CheckFindings(request, home: home)
        }
    }

    /// The digests of frames, like the blocking function.
    public func digests(
        _ options: RenderOptions = RenderOptions(), order: DigestOrder = .forward
    ) async throws(FanpaiError) -> FrameDigests {
        try await BlockingWork.run(cancellation: options.cancellation) { () throws(FanpaiError) in
            try source.digests(options, order: order)
        }
    }

    /// Writes one frame like the blocking function.
    public func writeStill(at microseconds: Int64, to path: String) async throws(FanpaiError) {
        let write: @Sendable () throws(FanpaiError) -> Void = { () throws(FanpaiError) in
            try self.writeStill(at: microseconds, to: path)
        }
        try await BlockingWork.run(cancellation: Cancellation(), write)
    }
}

extension ContactSheet {
    /// Writes the sheet of a film like the blocking function.
    public func write(_ film: Film, home: Home, to path: String) async throws(FanpaiError) {
        let write: @Sendable () throws(FanpaiError) -> Void = { () throws(FanpaiError) in
            try self.write(film, home: home, to: path)
        }
        try await BlockingWork.run(cancellation: Cancellation(), write)
    }
}

extension OrderTotals {
    /// Reads and adds up like the blocking initialiser.
    public init(_ request: FilmRequest) async throws(FanpaiError) {
        self = try await BlockingWork.run(cancellation: Cancellation()) { () throws(FanpaiError) in
            try OrderTotals(request)
        }
    }
}

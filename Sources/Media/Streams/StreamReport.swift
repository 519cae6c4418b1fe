/// What became of the frames of a stream.
public struct StreamReport: Hashable, Sendable {
    /// Frames that a client got.
    public var sent = 0
    /// Frames that were left out because they were late.
    public var skipped = 0
    /// Frames for which there was no client.
    public var unwatched = 0
    /// Clients that connected.
    public var connections = 0
}

/// What became of the frames of a stream.
public struct StreamReport: Hashable, Sendable {
    /// Frames that a client got.
    public var sent: Int
    /// Frames that were left out because they were late.
    public var skipped: Int
    /// Frames for which there was no client.
    public var unwatched: Int
    /// Clients that connected.
    public var connections: Int

    /// Makes a report.
    public init(sent: Int = 0, skipped: Int = 0, unwatched: Int = 0, connections: Int = 0) {
        (self.sent, self.skipped, self.unwatched, self.connections) = (sent, skipped, unwatched, connections)
    }
}

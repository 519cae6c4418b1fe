public import Drawing

/// What an encoder made of one segment of a QuickTime film.
public struct MovieSegment: Sendable {
    /// The frames it holds.
    public let segment: Segment
    /// Packets, one behind the other.
    let bytes: [UInt8]
    /// Bytes of each packet.
    let sizes: [Int]
    /// How far the decoded packets are from the drawn frames.
    let errors: CompositeErrors
}

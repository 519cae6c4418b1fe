public import Drawing

/// What an encoder made of one segment of a film.
public struct MovieSegment: Sendable {
    /// The frames it holds.
    public let segment: Segment
    /// Packets, one behind the other.
    let bytes: [UInt8]
    /// Bytes of each packet.
    let sizes: [Int]
    /// What belongs to each packet in a place of its own; empty arrays as a rule.
    let additions: [[UInt8]]
    /// What a decoder must know before the first packet.
    let header: [UInt8]
    /// How far the decoded packets are from the drawn frames.
    let errors: CompositeErrors
}

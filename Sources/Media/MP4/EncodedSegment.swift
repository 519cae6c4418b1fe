public import Drawing

/// A closed group of pictures: what the encoder made of one segment.
public struct EncodedSegment: Sendable {
    /// One encoded picture.
    package struct Sample: Hashable, Sendable {
        /// Bytes of it.
        package let size: Int
        /// Its place in display order, from 0 in the segment.
        package let pts: Int
        /// Whether decoding can start at it.
        package let isSync: Bool

        package init(size: Int, pts: Int, isSync: Bool) { (self.size, self.pts, self.isSync) = (size, pts, isSync) }
    }

    /// The frames it holds.
    public let segment: Segment
    /// The stream's headers.
    package let parameterSets: ParameterSets
    /// Pictures in decoding order, as NAL units behind their length in four bytes.
    package let bytes: [UInt8]
    /// The pictures, in decoding order.
    package let samples: [Sample]
    /// How far fill and matte are from the drawn frames; nothing where there are none.
    var errors = CompositeErrors()

    package init(segment: Segment, parameterSets: ParameterSets, bytes: [UInt8], samples: [Sample]) {
        (self.segment, self.parameterSets, self.bytes, self.samples) = (segment, parameterSets, bytes, samples)
    }

    /// Bytes that were encoded.
    public var byteCount: Int { bytes.count }
}

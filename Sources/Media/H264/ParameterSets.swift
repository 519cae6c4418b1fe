/// The two headers that all pictures of an H.264 stream refer to.
package struct ParameterSets: Hashable, Sendable {
    /// The sequence parameter set, a NAL unit without start code.
    package let sequence: [UInt8]
    /// The picture parameter set, a NAL unit without start code.
    package let picture: [UInt8]

    /// Makes the pair; nil when the first is too short to be one.
    package init?(_ sequence: [UInt8], _ picture: [UInt8]) {
        guard sequence.count >= 4, !picture.isEmpty else { return nil }
        (self.sequence, self.picture) = (sequence, picture)
    }

    /// The decoder configuration record (ISO/IEC 14496-15, `avcC`) for 8-bit 4:2:0 High profile.
    package var configuration: [UInt8] {
        var bytes: [UInt8] = [1, sequence[1], sequence[2], sequence[3], 0xff, 0xe1]
        bytes += [UInt8(sequence.count >> 8), UInt8(sequence.count & 255)] + sequence
        bytes += [1, UInt8(picture.count >> 8), UInt8(picture.count & 255)] + picture
        // Profiles from High on also say chroma format and bit depths.
        if sequence[1] >= 100 { bytes += [0xfc | 1, 0xf8, 0xf8, 0] }
        return bytes
    }
}

/// The two headers that all pictures of an H.264 stream refer to.
package struct ParameterSets: Hashable, Sendable {
    /// The sequence parameter set, a NAL unit without start code.
    package let sequence: [UInt8]
    /// The picture parameter set, a NAL unit without start code.
    package let picture: [UInt8]

    /// Takes them from a byte stream (ITU-T H.264 Annex B); nil unless there is exactly one of each.
    init?(annexB bytes: [UInt8]) {
        var sequences: [[UInt8]] = []
        var pictures: [[UInt8]] = []
        bytes.withUnsafeBufferPointer { buffer in
            H264.forEachUnit(in: buffer) { unit in
                switch unit.first.map({ $0 & 31 }) {
                case 7: sequences.append(Array(unit))
                case 8: pictures.append(Array(unit))
                default: break
                }
            }
        }
        guard sequences.count == 1, pictures.count == 1, sequences[0].count >= 4 else { return nil }
        (sequence, picture) = (sequences[0], pictures[0])
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

enum H264 {
    /// Lends the NAL units of a byte stream (Annex B), without start codes.
    static func forEachUnit(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var start: Int?
        var index = 0
        while index + 2 < bytes.count {
            if bytes[index + 2] > 1 {
                index += 3
            } else if bytes[index] == 0 && bytes[index + 1] == 0 && bytes[index + 2] == 1 {
                if let start { lend(bytes, start, index, body) }
                start = index + 3
                index += 3
            } else {
                index += 1
            }
        }
        if let start { lend(bytes, start, bytes.count, body) }
    }

    private static func lend(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var end = end
        // A unit never ends in zero: those belong to the next start code.
        while end > start && bytes[end - 1] == 0 { end -= 1 }
        if end > start { body(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
    }
}

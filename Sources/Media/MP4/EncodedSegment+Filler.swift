import Drawing

extension EncodedSegment {
    /// The kind of NAL unit that holds nothing.
    static let fillerKind: UInt8 = 12

    /// The segment with empty units behind its pictures, for targets that refuse a file of few bits however good it looks.
    ///
    /// What is missing is spread evenly, so that no picture comes late. Decoders drop the units (ITU-T H.264, 7.4.2.7).
    func filled(toBitsPerSecond least: Int, rate: FrameRate) -> EncodedSegment {
        let wanted = (least * samples.count * rate.denominator / rate.numerator + 7) / 8 + 1
        guard least > 0, bytes.count < wanted else { return self }
        let missing = wanted - bytes.count
        var filled: [UInt8] = []
        filled.reserveCapacity(wanted + 6 * samples.count)
        var sizes: [Sample] = []
        var offset = 0
        for (index, sample) in samples.enumerated() {
            filled += bytes[offset..<offset + sample.size]
            offset += sample.size
            let share = missing * (index + 1) / samples.count - missing * index / samples.count
            // Length, kind, stuffing, stop bit.
            let stuffing = max(1, share - 6)
            let length = stuffing + 2
            filled += (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * (3 - $0))) }
            filled.append(Self.fillerKind)
            filled += repeatElement(0xff, count: stuffing)
            filled.append(0x80)
            sizes.append(Sample(size: sample.size + 4 + length, pts: sample.pts, isSync: sample.isSync))
        }
        var result = EncodedSegment(segment: segment, parameterSets: parameterSets, bytes: filled, samples: sizes)
        result.errors = errors
        return result
    }
}

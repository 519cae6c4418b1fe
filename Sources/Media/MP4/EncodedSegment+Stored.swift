package import Drawing

extension EncodedSegment {
    private static let mark: [UInt8] = Array("FPSEG".utf8) + [2, 0, 0]
    /// Bytes of a sample in the table: size, pts, flag.
    private static let entrySize = 9

    /// The segment in one piece of bytes, to be kept: all but its place in the output. Equal segments give equal bytes.
    package var stored: [UInt8] {
        var result = Self.mark
        let sets = parameterSets
        result.reserveCapacity(
            64 + sets.sequence.count + sets.picture.count + Self.entrySize * samples.count + bytes.count)
        func add(_ value: Int) { withUnsafeBytes(of: UInt32(value).littleEndian) { result.append(contentsOf: $0) } }
        for part in [sets.sequence, sets.picture] {
            add(part.count)
            result += part
        }
        add(samples.count)
        for sample in samples {
            add(sample.size)
            add(sample.pts)
            result.append(sample.isSync ? 1 : 0)
        }
        result += errors.stored
        add(bytes.count)
        result += bytes
        return result
    }

    /// What `stored` gave, at a place in an output; nil when the bytes are not such a segment of as many frames.
    package init?(stored: ArraySlice<UInt8>, segment: Segment) {
        var rest = stored
        func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count >= 0, count <= rest.count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        func number() -> Int? { take(4).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } } }
        guard take(Self.mark.count)?.elementsEqual(Self.mark) == true,
            let sequence = number().flatMap(take), let picture = number().flatMap(take),
            let sets = ParameterSets(Array(sequence), Array(picture)),
            let count = number(), count == segment.frames.count, count <= rest.count / Self.entrySize
        else { return nil }
        var samples: [Sample] = []
        samples.reserveCapacity(count)
        var total = 0
        for _ in 0..<count {
            guard let size = number(), let pts = number(), pts < count, let flag = take(1)?.first else { return nil }
            samples.append(Sample(size: size, pts: pts, isSync: flag == 1))
            total += size
        }
        guard let errors = take(CompositeErrors.storedSize).flatMap(CompositeErrors.init(stored:)),
            let length = number(), length == total, let bytes = take(length), rest.isEmpty
        else { return nil }
        self.init(
            segment: segment,
            parameterSets: sets, bytes: Array(bytes),
            samples: samples)
        self.errors = errors
    }
}

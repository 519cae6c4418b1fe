import Drawing

/// Puts the encoder's pictures and the repetitions that it never saw into one stream, in decoding order.
struct H264PictureJoiner {
    private let format: H264StreamFormat
    private let numbering: H264SliceNumbering
    private let resting: H264RestingPicture
    /// Pictures in decoding order so far.
    private(set) var bytes: [UInt8] = []
    private(set) var samples: [EncodedSegment.Sample] = []
    /// The reference that was decoded last: its place in display order and its number.
    private var reference: (place: Int, number: Int)?

    /// The stream's headers.
    var parameterSets: ParameterSets { format.parameterSets }

    /// How often a picture is repeated, by its place in display order.
    var repeats: [Int: Int] = [:]

    /// - Throws: `MediaError` with exit 70 when the headers are of a form that is not known here.
    init(headers: ParameterSets) throws(MediaError) {
        guard let format = H264StreamFormat(headers) else {
            throw .internal(.codec, "x264 wrote headers of an unknown form")
        }
        self.format = format
        numbering = H264SliceNumbering(format: format)
        resting = H264RestingPicture(format)
    }

    /// Takes the next picture of the encoder.
    ///
    /// - Throws: `MediaError` with exit 70 when its slices are of a form that is not known here.
    mutating func append(_ packet: X264Encoder.Packet) throws(MediaError) {
        // What lies between two references is decoded before the second one rests: no decoder needs to hold back more pictures
        // than the headers say.
        if packet.isReference { appendRepeats() }
        let start = bytes.count
        for unit in packet.units {
            guard let number = numbering.append(unit, place: packet.pts, to: &bytes) else {
                throw .internal(.codec, "x264 wrote a slice of an unknown form")
            }
            if packet.isReference { reference = (packet.pts, number) }
        }
        samples.append(EncodedSegment.Sample(size: bytes.count - start, pts: packet.pts, isSync: packet.isSync))
    }

    private mutating func appendRepeats() {
        guard let reference else { return }
        for step in 0..<(repeats.removeValue(forKey: reference.place) ?? 0) {
            let start = bytes.count
            let place = reference.place + step + 1
            resting.append(after: reference.number, place: place, to: &bytes)
            samples.append(EncodedSegment.Sample(size: bytes.count - start, pts: place, isSync: false))
        }
    }

    /// The whole segment; nothing is kept.
    mutating func finish(_ segment: Segment) -> EncodedSegment {
        appendRepeats()
        defer { clear() }
        return EncodedSegment(segment: segment, parameterSets: format.parameterSets, bytes: bytes, samples: samples)
    }

    /// Forgets what was appended.
    mutating func clear() {
        bytes = []
        samples = []
        reference = nil
        repeats = [:]
    }
}

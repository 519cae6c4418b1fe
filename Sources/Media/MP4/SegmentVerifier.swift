import CFFmpeg
import CMediaKernels
import Drawing

/// Checks an encoded segment against what was drawn.
package struct SegmentVerifier {
    private let encoded: EncodedSegment
    private let floor: Double

    package init(_ encoded: EncodedSegment, floor: Double) { (self.encoded, self.floor) = (encoded, floor) }

    /// - Throws: `MediaError` with code `verification` when the segment is not whole or shows something else.
    package func verify(first: YUVPicture, last drawnLast: YUVPicture) throws(MediaError) {
        try verifyStructure()
        let count = encoded.samples.count
        var seen = 0
        // Frames that no other refers to are left out, except the one that is looked at, and edges are not smoothed: half the work,
        // and what is left drifts far less than another picture differs.
        try decode(
            skipping: { $0 == 0 || $0 == count - 1 ? AVDISCARD_DEFAULT : AVDISCARD_NONREF }, unfiltered: AVDISCARD_ALL
        ) {
            frame, place throws(MediaError) in
            for (wanted, drawn) in [(0, first), (count - 1, drawnLast)] where place == wanted {
                try compare(frame, drawn, place)
                seen += 1
            }
        }
        guard seen == 2 else { throw fault("its first or last frame cannot be decoded") }
    }

    /// Lends the decoded frames in display order, with their numbers in the segment.
    private func decode(
        skipping discard: (Int) -> AVDiscard, unfiltered filtering: AVDiscard = AVDISCARD_NONE,
        _ body: (CodecFrame, Int) throws(MediaError) -> Void
    ) throws(MediaError) {
        let decoder = try FrameDecoder(FrameDecoder.codec(AV_CODEC_ID_H264)) { context in
            context.pointee.err_recognition = AV_EF_EXPLODE
            context.pointee.skip_loop_filter = filtering
            return FrameDecoder.setHeader(encoded.parameterSets.configuration, context)
        }
        let packet = try CodecPacket()
        let frame = try CodecFrame()
        var offset = 0
        func look() throws(MediaError) {
            while try decoder.receive(into: frame) == .ready { try body(frame, Int(frame.pointer.pointee.pts)) }
        }
        for sample in encoded.samples {
            decoder.context.pointee.skip_frame = discard(sample.pts)
            try encoded.bytes.span.withUnsafeBytes { (raw) throws(MediaError) in
                try packet.fill(UnsafeRawBufferPointer(rebasing: raw[offset..<offset + sample.size]))
            }
            packet.pointer.pointee.pts = Int64(sample.pts)
            try decoder.send(packet)
            try look()
            offset += sample.size
        }
        try decoder.send(nil)
        try look()
    }

    /// Decodes everything.
    ///
    /// - Parameter drawn: the frame as it was drawn, by its number in the segment.
    /// - Returns: the PSNR of every frame in decibels over all samples of all planes.
    /// - Throws: `MediaError` when it cannot be decoded.
    package func qualities(_ drawn: (Int) -> YUVPicture) throws(MediaError) -> [Double] {
        var qualities: [Double] = []
        try decode(skipping: { _ in AVDISCARD_NONE }) { frame, place throws(MediaError) in
            guard place == qualities.count else { throw fault("frame \(place) is out of order") }
            qualities.append(PictureComparison.psnr(frame, drawn(place)))
        }
        return qualities
    }

    private func verifyStructure() throws(MediaError) {
        let samples = encoded.samples
        guard samples.count == encoded.segment.frames.count else {
            throw fault("it holds \(samples.count) frames instead of \(encoded.segment.frames.count)")
        }
        guard samples.allSatisfy({ $0.size > 5 }), samples.reduce(0, { $0 + $1.size }) == encoded.bytes.count else {
            throw fault("its packets do not add up")
        }
        var shown = [Bool](repeating: false, count: samples.count)
        for (index, sample) in samples.enumerated() {
            guard shown.indices.contains(sample.pts), !shown[sample.pts] else { throw fault("a frame is there twice") }
            shown[sample.pts] = true
            guard sample.isSync == (index == 0) else { throw fault("it is not one closed group of pictures") }
        }
        guard samples[0].pts == 0 else { throw fault("it does not start with its first frame") }
        var offset = 0
        for (index, sample) in samples.enumerated() {
            var units = 0
            var at = offset
            while at + 5 <= offset + sample.size {
                let size = encoded.bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
                let kind = encoded.bytes[at + 4] & 31
                guard size > 0, kind == (index == 0 ? 5 : 1) || kind == EncodedSegment.fillerKind && units > 0 else {
                    throw fault("packet \(index) is not a picture")
                }
                at += 4 + size
                units += 1
            }
            guard at == offset + sample.size, units > 0 else { throw fault("packet \(index) is cut off") }
            offset = at
        }
    }

    private func compare(_ frame: CodecFrame, _ drawn: YUVPicture, _ pts: Int) throws(MediaError) {
        guard frame.width == drawn.size.width, frame.height == drawn.size.height,
            frame.pointer.pointee.format == AV_PIX_FMT_YUV420P.rawValue
        else { throw fault("it decodes to another size or format") }
        let quality = PictureComparison.psnr(frame, drawn)
        guard quality >= floor else {
            throw fault(
                "frame \(encoded.segment.frames.lowerBound + pts) decodes to another picture (PSNR \(Int(quality)) dB)")
        }
    }

    private func fault(_ what: String) -> MediaError {
        .internal(.verification, "segment \(encoded.segment.index) was encoded wrongly: \(what)")
    }
}

enum PictureComparison {
    /// The PSNR in decibels of a plane; 0 when it is not there, infinite when equal.
    static func psnr(
        _ decoded: UnsafePointer<UInt8>?, _ decodedStride: Int, _ drawn: UnsafePointer<UInt8>, _ stride: Int,
        _ size: PixelSize
    ) -> Double {
        guard let decoded else { return 0 }
        let error = fanpai_squared_error(
            decoded, decodedStride, drawn, stride, Int32(size.width), Int32(size.height))
        return CompositeErrors.psnr(Double(error), of: UInt64(size.width * size.height))
    }

    /// The PSNR in decibels over all samples of all planes; infinite when equal.
    static func psnr(_ frame: CodecFrame, _ drawn: YUVPicture) -> Double {
        var error: UInt64 = 0
        for (index, plane) in drawn.layout.enumerated() {
            guard let decoded = frame.plane(index) else { return 0 }
            let (width, height) =
                index == 0 ? (drawn.size.width, drawn.size.height) : (drawn.size.width / 2, drawn.size.height / 2)
            error += fanpai_squared_error(
                decoded, frame.stride(index), plane.0, plane.1, Int32(width), Int32(height))
        }
        return CompositeErrors.psnr(Double(error), of: UInt64(drawn.packedByteCount))
    }
}

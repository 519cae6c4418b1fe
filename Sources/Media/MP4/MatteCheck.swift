import CFFmpeg
import CMediaKernels
package import Drawing

/// Decodes the pictures of a film with fill and matte while they are encoded, takes both halves apart as an editor does, and compares
/// their composite over black, white and green with that of the drawn frames.
///
/// Colour is straight, alpha is the brightness of the matte. What changed neither in the drawn frame nor in the decoded picture is not
/// compared again. Memory: one drawn frame, two decoded pictures, and what the frames in the encoder changed.
package final class MatteCheck {
    private let description: OutputDescription
    private let segment: Segment
    private let isStacked: Bool
    private let level: CPULevel
    private let decoder: FrameDecoder
    private let packet: CodecPacket
    private var decoded: CodecFrame
    private var before: CodecFrame
    private var drawn: DrawnFrames
    /// Blocks across and down.
    private let blocks: PixelSize
    /// Of each block whether it has to be compared, and whether its chroma differs.
    private var marks: [UInt8]
    private var chromaMarks: [UInt8]
    /// Sums of each block, and of the whole picture.
    private var parts: [fanpai_matte_sums]
    private var total = fanpai_matte_sums()
    private var errors = CompositeErrors()
    /// Encoded pictures that were decoded, their bytes, and frames that came out.
    private var (taken, offset, compared) = (0, 0, 0)

    /// - Throws: `MediaError` when there is no decoder.
    package init(
        _ segment: Segment, of description: OutputDescription, headers: ParameterSets, level: CPULevel = .current
    ) throws(MediaError) {
        guard case .matte(let isStacked) = description.profile.composition else {
            throw .internal(.codec, "the profile \(description.profile.name) has no matte")
        }
        (self.segment, self.description, self.isStacked) = (segment, description, isStacked)
        decoder = try FrameDecoder(FrameDecoder.codec(AV_CODEC_ID_H264)) { context in
            context.pointee.err_recognition = AV_EF_EXPLODE
            return FrameDecoder.setHeader(headers.configuration, context)
        }
        self.level = level
        packet = try CodecPacket()
        decoded = try CodecFrame()
        before = try CodecFrame()
        let size = description.size
        drawn = DrawnFrames(size: size)
        let side = Int(FANPAI_MATTE_BLOCK)
        blocks = PixelSize(width: (size.width + side - 1) / side, height: (size.height + side - 1) / side)
        let count = blocks.width * blocks.height
        marks = [UInt8](repeating: 1, count: count)
        chromaMarks = [UInt8](repeating: 0, count: count)
        parts = [fanpai_matte_sums](repeating: fanpai_matte_sums(), count: count)
    }

    /// Takes the next frame as it was drawn, before its picture.
    package func append(_ frame: Frame) { drawn.append(frame) }

    /// Takes encoded pictures in decoding order: all of the segment so far, of which those are left out that were taken before.
    ///
    /// - Throws: `MediaError` with code `verification` when one does not decode or shows something else.
    package func take(_ bytes: [UInt8], _ samples: [EncodedSegment.Sample]) throws(MediaError) {
        while taken < samples.count {
            let sample = samples[taken]
            guard offset + sample.size <= bytes.count else { throw fault("its packets do not add up") }
            try bytes.span.withUnsafeBytes { (raw) throws(MediaError) in
                try packet.fill(UnsafeRawBufferPointer(rebasing: raw[offset..<offset + sample.size]))
            }
            packet.pointer.pointee.pts = Int64(sample.pts)
            (taken, offset) = (taken + 1, offset + sample.size)
            try decode(packet)
        }
    }

    /// Ends the segment.
    ///
    /// - Returns: how far it is off.
    /// - Throws: `MediaError` with code `verification` when frames are missing or show something else.
    package func finish() throws(MediaError) -> AlphaFigures { try finished().figures }

    func finished() throws(MediaError) -> CompositeErrors {
        try decode(nil)
        guard compared == segment.frames.count else {
            throw fault("\(compared) of its \(segment.frames.count) frames can be decoded")
        }
        return errors
    }

    private func decode(_ packet: CodecPacket?) throws(MediaError) {
        do {
            try decoder.send(packet)
            while try decoder.receive(into: decoded) == .ready { try compare() }
        } catch  where error.code == .input {
            throw .internal(
                .verification, "segment \(segment.index) cannot be decoded again after frame \(place)",
                cause: error.cause)
        }
    }

    /// The frame that is compared next, in the count of the film.
    private var place: Int { segment.frames.lowerBound + compared }

    private func compare() throws(MediaError) {
        let coded = description.codedSize
        guard decoded.pointer.pointee.pts == Int64(compared), let damage = drawn.next() else {
            throw fault("frame \(place) is out of order")
        }
        guard decoded.width == coded.width, decoded.height == coded.height,
            decoded.pointer.pointee.format == AV_PIX_FMT_YUV420P.rawValue
        else { throw fault("frame \(place) decodes to another size or format") }
        if compared > 0 {
            mark(damage)
            try markChanges()
        }
        try addErrors()
        do {
            try description.profile.check(CompositeErrors(of: total).figures)
        } catch {
            throw .internal(.verification, "frame \(place): \(error.message)")
        }
        compared += 1
        swap(&decoded, &before)
    }

    /// Marks the blocks that a frame changed, and no others.
    private func mark(_ damage: Damage) {
        marks.withUnsafeMutableBufferPointer { marks in
            marks.update(repeating: 0)
            let side = Int(FANPAI_MATTE_BLOCK)
            for rect in damage.rects {
                for row in rect.y / side...(rect.maxY - 1) / side {
                    for column in rect.x / side...(rect.maxX - 1) / side { marks[row * blocks.width + column] = 1 }
                }
            }
        }
    }

    /// Marks the blocks that show another thing than in the picture before: either half, and chroma that reaches them from beside.
    private func markChanges() throws(MediaError) {
        let (now, old) = (try halves(decoded), try halves(before))
        let size = description.size
        let (side, columns) = (Int32(FANPAI_MATTE_BLOCK), Int32(blocks.width))
        marks.withUnsafeMutableBufferPointer { marks in
            for (a, b) in [(now.fill, old.fill), (now.matte, old.matte)] {
                fanpai_mark_blocks(
                    a, now.stride, b, old.stride, Int32(size.width), Int32(size.height), side, columns,
                    marks.baseAddress)
            }
        }
        chromaMarks.withUnsafeMutableBufferPointer { chroma in
            chroma.update(repeating: 0)
            for (a, b) in [(now.chroma.0, old.chroma.0), (now.chroma.1, old.chroma.1)] {
                fanpai_mark_blocks(
                    a, now.chroma_stride, b, old.chroma_stride, Int32(size.width / 2), Int32(size.height / 2), side / 2,
                    columns, chroma.baseAddress)
            }
        }
        for index in chromaMarks.indices where chromaMarks[index] != 0 {
            let (row, column) = index.quotientAndRemainder(dividingBy: blocks.width)
            for y in max(0, row - 1)...min(blocks.height - 1, row + 1) {
                for x in max(0, column - 1)...column { marks[y * blocks.width + x] = 1 }
            }
        }
    }

    private func addErrors() throws(MediaError) {
        var picture = try halves(decoded)
        let buffer = drawn.pixels
        let level = self.level.rawValue
        buffer.withBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            marks.withUnsafeBufferPointer { marks in
                parts.withUnsafeMutableBufferPointer { parts in
                    fanpai_compare_matte(
                        &picture, base, buffer.stride, marks.baseAddress, parts.baseAddress, &total, &errors.sums, level
                    )
                }
            }
        }
    }

    private func halves(_ frame: CodecFrame) throws(MediaError) -> fanpai_matte {
        let size = description.size
        guard let luma = frame.plane(0), let u = frame.plane(1), let v = frame.plane(2),
            frame.stride(1) == frame.stride(2)
        else { throw fault("frame \(place) decodes to another format") }
        let stride = frame.stride(0)
        return fanpai_matte(
            fill: luma, matte: luma + (isStacked ? size.height * stride : size.width), stride: stride,
            chroma: (UnsafePointer(u), UnsafePointer(v)),
            chroma_stride: frame.stride(1), width: Int32(size.width), height: Int32(size.height))
    }

    private func fault(_ what: String) -> MediaError {
        .internal(.verification, "segment \(segment.index) was encoded wrongly: \(what)")
    }
}

extension CompositeErrors {
    /// The errors of one picture; how large the worst one is is not known of it.
    fileprivate init(of picture: fanpai_matte_sums) {
        self.init()
        func levels(_ squares: (UInt64, UInt64, UInt64)) -> (Double, Double, Double) {
            (Double(squares.0) / 256, Double(squares.1) / 256, Double(squares.2) / 256)
        }
        sums.squared = levels(picture.squared)
        sums.bright = levels(picture.bright)
        sums.soft = levels(picture.soft)
        (sums.samples, sums.bright_samples) = (picture.samples, picture.bright_samples)
        sums.soft_samples = picture.soft_samples
        // A few pixels may be off by more: the film's figures have them.
        if sums.bright_samples < Self.fewPixels { sums.bright_samples = 0 }
        let counts = sums.soft_samples
        if min(counts.0, counts.1, counts.2) < Self.fewPixels { sums.soft_samples = (0, 0, 0) }
    }

    private static let fewPixels: UInt64 = 64
}

import CFFmpeg
import Drawing

/// Makes JPEG files without subsampled colour, as large as a limit allows.
final class JPEGEncoder {
    /// The qualities to try, from FFmpeg's best.
    private static let quantisers: [Int32] = [2, 3, 4, 6, 8, 11, 15, 20, 26, 31]

    /// The file of an opaque picture.
    ///
    /// - Throws: `MediaError` with exit 64 when no quality keeps to the limit, 69 when FFmpeg has no JPEG encoder.
    static func encode(_ pixels: PixelBuffer, atMost limit: Int?) throws -> [UInt8] {
        let frame = try converted(pixels)
        for quantiser in quantisers {
            let encoder = try FrameEncoder("mjpeg", options: []) {
                $0.pointee.width = Int32(pixels.size.width)
                $0.pointee.height = Int32(pixels.size.height)
                $0.pointee.pix_fmt = AV_PIX_FMT_YUVJ444P
                $0.pointee.color_range = AVCOL_RANGE_JPEG
                $0.pointee.time_base = AVRational(num: 1, den: 1)
                $0.pointee.flags |= AV_CODEC_FLAG_QSCALE
                $0.pointee.global_quality = quantiser * FF_QP2LAMBDA
            }
            frame.pointer.pointee.quality = quantiser * FF_QP2LAMBDA
            frame.pointer.pointee.pts = 0
            try encoder.send(frame)
            try encoder.send(nil)
            var bytes: [UInt8] = []
            while try encoder.receive({ bytes.append(contentsOf: $0.bytes) }) == .ready {}
            guard !bytes.isEmpty else { throw MediaError.internal(.codec, "the JPEG encoder made nothing") }
            if limit.map({ bytes.count <= $0 }) ?? true { return bytes }
        }
        throw MediaError(
            .limits, "no JPEG of \(pixels.size) keeps to \(limit ?? 0) bytes", hint: "choose a smaller size",
            exit: .usage)
    }

    /// Full range and BT.601, as every JPEG is.
    private static func converted(_ pixels: PixelBuffer) throws(MediaError) -> CodecFrame {
        FFmpegLibrary.prepare()
        let (width, height) = (Int32(pixels.size.width), Int32(pixels.size.height))
        let frame = try CodecFrame()
        frame.pointer.pointee.width = width
        frame.pointer.pointee.height = height
        frame.pointer.pointee.format = AV_PIX_FMT_YUVJ444P.rawValue
        frame.pointer.pointee.color_range = AVCOL_RANGE_JPEG
        guard av_frame_get_buffer(frame.pointer, 0) == 0,
            let scaler = sws_getContext(
                width, height, AV_PIX_FMT_BGRA, width, height, AV_PIX_FMT_YUVJ444P, SWS_BICUBIC | SWS_ACCURATE_RND, nil,
                nil, nil)
        else { throw FFmpegLibrary.outOfMemory }
        defer { sws_freeContext(scaler) }
        let matrix = sws_getCoefficients(SWS_CS_ITU601)
        sws_setColorspaceDetails(scaler, matrix, 1, matrix, 1, 0, 1 << 16, 1 << 16)
        let rows = pixels.withBytes { bytes -> Int32 in
            let sources: [UnsafePointer<UInt8>?] = [
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), nil, nil, nil,
            ]
            let targets = (0..<4).map { fanpai_frame_plane(frame.pointer, Int32($0)) }
            let strides = (0..<4).map { fanpai_frame_stride(frame.pointer, Int32($0)) }
            return sws_scale(scaler, sources, [Int32(pixels.stride), 0, 0, 0], 0, height, targets, strides)
        }
        guard rows == height else { throw .internal(.codec, "a picture could not be converted") }
        return frame
    }
}

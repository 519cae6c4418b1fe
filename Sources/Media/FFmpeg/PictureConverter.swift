import CFFmpeg
import Drawing

/// Turns decoded pictures of any format into premultiplied BGRA, with libswscale.
final class PictureConverter {
    private struct Form: Equatable {
        let width: Int32
        let height: Int32
        let format: Int32
        let isFullRange: Bool
        let matrix: Int32
    }

    private let defaultMatrix: Int32
    private var scaler: OpaquePointer?
    private var form: Form?

    /// - Parameter isVideo: whether pictures that do not say their matrix are BT.709 (videos) or BT.601 (JPEG, WebP).
    init(isVideo: Bool) { defaultMatrix = isVideo ? SWS_CS_ITU709 : SWS_CS_ITU601 }

    deinit { sws_freeContext(scaler) }

    /// - Throws: `MediaError` with exit 65 when the size or format cannot be handled.
    func convert(_ frame: CodecFrame) throws(MediaError) -> PixelBuffer {
        let sides = 1...PixelSize.longestSide
        guard sides.contains(frame.width), sides.contains(frame.height) else {
            throw MediaError(
                .input, "a picture of \(frame.width)x\(frame.height) is too large",
                hint: "use sides up to \(PixelSize.longestSide) pixels", exit: .data)
        }
        try prepare(frame.pointer.pointee)
        let buffer = PixelBuffer(size: PixelSize(width: frame.width, height: frame.height))
        let stride = Int32(buffer.stride)
        let rows = buffer.withMutableBytes { bytes -> Int32 in
            let sources = (0..<4).map { UnsafePointer(fanpai_frame_plane(frame.pointer, Int32($0))) }
            let strides = (0..<4).map { fanpai_frame_stride(frame.pointer, Int32($0)) }
            var targets: [UnsafeMutablePointer<UInt8>?] = [
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), nil, nil, nil,
            ]
            return sws_scale(scaler, sources, strides, 0, Int32(frame.height), &targets, [stride, 0, 0, 0])
        }
        guard rows == Int32(frame.height) else { throw .internal(.codec, "a picture could not be converted") }
        if hasAlpha(frame.pointer.pointee.format) { PixelKernels.premultiply(buffer) }
        return buffer
    }

    private func hasAlpha(_ format: Int32) -> Bool {
        guard let description = av_pix_fmt_desc_get(AVPixelFormat(format)) else { return false }
        let flags = description.pointee.flags
        return flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0 || flags & UInt64(AV_PIX_FMT_FLAG_PAL) != 0
    }

    private func prepare(_ frame: AVFrame) throws(MediaError) {
        let matrix: Int32 =
            switch frame.colorspace {
            case AVCOL_SPC_BT709: SWS_CS_ITU709
            case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: SWS_CS_ITU601
            case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: SWS_CS_BT2020
            default: defaultMatrix
            }
        let wanted = Form(
            width: frame.width, height: frame.height, format: frame.format,
            isFullRange: frame.color_range == AVCOL_RANGE_JPEG, matrix: matrix)
        if wanted == form { return }
        sws_freeContext(scaler)
        let quality = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP
        scaler = sws_getContext(
            frame.width, frame.height, AVPixelFormat(frame.format), frame.width, frame.height, AV_PIX_FMT_BGRA, quality,
            nil, nil, nil)
        form = nil
        guard scaler != nil else {
            throw MediaError(
                .input, "a picture's pixel format cannot be read", hint: "save it in another format", exit: .data)
        }
        let source = sws_getCoefficients(matrix)
        sws_setColorspaceDetails(
            scaler, source, wanted.isFullRange ? 1 : 0, sws_getCoefficients(SWS_CS_ITU709), 1, 0, 1 << 16, 1 << 16)
        form = wanted
    }
}

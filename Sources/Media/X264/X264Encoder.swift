import CMediaKernels
import CX264
import Drawing

/// One x264 encoder on the calling thread: pictures in display order in, NAL units in decoding order out.
///
/// It has no threads of its own, since segments are encoded side by side.
final class X264Encoder {
    /// The kind of picture that the caller wants; x264 keeps to it.
    enum Kind {
        /// Decoding can start here.
        case key
        /// Predicted from the picture of this kind before it.
        case forward
        /// Predicted from both sides; no other picture refers to it.
        case between
    }

    /// One encoded picture.
    struct Packet {
        /// NAL units without headers and messages; lent for the call.
        let units: [UnsafeBufferPointer<UInt8>]
        /// The picture's place in display order as the caller numbered it.
        let pts: Int
        /// Whether decoding can start at it.
        let isSync: Bool
        /// Whether other pictures refer to it.
        let isReference: Bool
    }

    private let handle: OpaquePointer
    /// Whether it cannot quantise any coarser.
    let isCoarsest: Bool

    /// The coarsest quantiser of all.
    static let coarsest = 51

    /// Opens an encoder.
    ///
    /// - Parameter coarser: how much coarser than the settings say it quantises; x264 stops at 51.
    /// - Throws: `MediaError` with exit 70 when x264 does not take an option or the size.
    init(_ settings: EncoderSettings, size: PixelSize, rate: FrameRate, coarser: Int = 0) throws(MediaError) {
        fanpai_log_clear()
        var parameters = try Self.parameters(settings)
        parameters.i_width = Int32(size.width)
        parameters.i_height = Int32(size.height)
        parameters.i_fps_num = UInt32(rate.numerator)
        parameters.i_fps_den = UInt32(rate.denominator)
        parameters.i_timebase_num = UInt32(rate.denominator)
        parameters.i_timebase_den = UInt32(rate.numerator)
        parameters.rc.i_qp_constant = min(parameters.rc.i_qp_constant + Int32(coarser), Int32(Self.coarsest))
        isCoarsest = parameters.rc.i_qp_constant == Int32(Self.coarsest)
        Self.fixStream(&parameters)
        guard let handle = fanpai_x264_open(&parameters) else {
            throw .internal(
                .codec, "x264 does not open for \(size) at \(rate)", cause: String(cString: fanpai_log_last()))
        }
        self.handle = handle
    }

    deinit { x264_encoder_close(handle) }

    private static func parameters(_ settings: EncoderSettings) throws(MediaError) -> x264_param_t {
        var parameters = x264_param_t()
        let preset = settings.options.first { $0.name == "preset" }?.value ?? "medium"
        guard x264_param_default_preset(&parameters, preset, nil) == 0 else {
            throw .internal(.codec, "x264 has no preset \(preset)")
        }
        fanpai_x264_set_log(&parameters, fanpai_log_callback())
        var options = settings.options.filter { $0.name != "preset" && $0.name != "profile" }.map {
            ($0.name, $0.value)
        }
        // Without AVX-512: there x264 (build 164) reads memory that nobody wrote, so that equal frames make different bytes. All
        // other instruction sets agree, as `b_cpu_independent` demands.
        if fanpai_cpu_has_avx2() != 0 { options.insert(("asm", "avx2"), at: 0) }
        for (name, value) in options {
            guard x264_param_parse(&parameters, name, value) == 0 else {
                throw .internal(.codec, "x264 does not take \(name)=\(value)")
            }
        }
        if let profile = settings.options.first(where: { $0.name == "profile" })?.value {
            guard x264_param_apply_profile(&parameters, profile) == 0 else {
                throw .internal(.codec, "x264 cannot keep to the profile \(profile)")
            }
        }
        return parameters
    }

    /// What every segment of every file has in common: one key frame, headers that do not depend on the content, frames of one
    /// length, no thread, BT.709.
    private static func fixStream(_ parameters: inout x264_param_t) {
        parameters.i_csp = X264_CSP_I420
        parameters.i_threads = 1
        parameters.i_lookahead_threads = 1
        parameters.i_sync_lookahead = 0
        parameters.b_sliced_threads = 0
        parameters.b_deterministic = 1
        parameters.b_cpu_independent = 1
        parameters.i_keyint_max = X264_KEYINT_MAX_INFINITE
        parameters.i_scenecut_threshold = 0
        parameters.b_open_gop = 0
        parameters.b_stitchable = 1
        parameters.b_vfr_input = 0
        parameters.b_annexb = 0
        parameters.b_repeat_headers = 0
        parameters.b_aud = 0
        parameters.i_nal_hrd = X264_NAL_HRD_NONE
        parameters.vui.i_sar_width = 1
        parameters.vui.i_sar_height = 1
        parameters.vui.b_fullrange = 0
        parameters.vui.i_colorprim = 1
        parameters.vui.i_transfer = 1
        parameters.vui.i_colmatrix = 1
        parameters.vui.i_chroma_loc = 0
    }

    /// The headers of the stream.
    ///
    /// - Throws: `MediaError` with exit 70 unless there is exactly one of each.
    func headers() throws(MediaError) -> ParameterSets {
        var units: UnsafeMutablePointer<x264_nal_t>?
        var count: Int32 = 0
        guard x264_encoder_headers(handle, &units, &count) > 0, let units else {
            throw .internal(.codec, "x264 wrote no header", cause: String(cString: fanpai_log_last()))
        }
        var sequences: [[UInt8]] = []
        var pictures: [[UInt8]] = []
        for unit in UnsafeBufferPointer(start: units, count: Int(count)) {
            let bytes = Array(UnsafeBufferPointer(start: unit.p_payload, count: Int(unit.i_payload)).dropFirst(4))
            if unit.i_type == Int32(NAL_SPS.rawValue) { sequences.append(bytes) }
            if unit.i_type == Int32(NAL_PPS.rawValue) { pictures.append(bytes) }
        }
        guard sequences.count == 1, pictures.count == 1, let sets = ParameterSets(sequences[0], pictures[0]) else {
            throw .internal(.codec, "x264 wrote no usable header")
        }
        return sets
    }

    /// Gives the encoder the next picture, whose pixels it copies, and takes what is ready.
    ///
    /// - Parameters:
    ///   - pts: the picture's place in display order, rising.
    ///   - kind: what it is to be.
    /// - Throws: `MediaError` with exit 70 when the encoder fails, and what `body` throws.
    func encode(
        _ picture: YUVPicture, pts: Int, kind: Kind, _ body: (Packet) throws(MediaError) -> Void
    ) throws(MediaError) {
        var input = x264_picture_t()
        x264_picture_init(&input)
        input.i_pts = Int64(pts)
        input.i_type =
            switch kind {
            case .key: X264_TYPE_IDR
            case .forward: X264_TYPE_P
            case .between: X264_TYPE_B
            }
        input.img.i_csp = X264_CSP_I420
        let layout = picture.layout
        input.img.i_plane = Int32(layout.count)
        (input.img.plane.0, input.img.plane.1, input.img.plane.2) = (layout[0].0, layout[1].0, layout[2].0)
        input.img.i_stride = (Int32(layout[0].1), Int32(layout[1].1), Int32(layout[2].1), 0)
        try run(&input, body)
    }

    /// Takes what is left after the last picture.
    ///
    /// - Throws: like `encode`.
    func finish(_ body: (Packet) throws(MediaError) -> Void) throws(MediaError) {
        while x264_encoder_delayed_frames(handle) > 0 { try run(nil, body) }
    }

    private func run(
        _ input: UnsafeMutablePointer<x264_picture_t>?, _ body: (Packet) throws(MediaError) -> Void
    ) throws(MediaError) {
        var units: UnsafeMutablePointer<x264_nal_t>?
        var count: Int32 = 0
        var output = x264_picture_t()
        let size = x264_encoder_encode(handle, &units, &count, input, &output)
        guard size >= 0 else {
            throw .internal(.codec, "x264 cannot encode a picture", cause: String(cString: fanpai_log_last()))
        }
        guard size > 0, let units else { return }
        let pictures = UnsafeBufferPointer(start: units, count: Int(count)).filter {
            // Slices only: x264 would sign every segment with a message.
            $0.i_type == Int32(NAL_SLICE.rawValue) || $0.i_type == Int32(NAL_SLICE_IDR.rawValue)
        }
        try body(
            Packet(
                // Behind its length in four bytes.
                units: pictures.map { UnsafeBufferPointer(start: $0.p_payload + 4, count: Int($0.i_payload) - 4) },
                pts: Int(output.i_pts), isSync: output.b_keyframe != 0,
                isReference: pictures.contains { $0.i_ref_idc != 0 }))
    }
}

extension Profile {
    /// FFV1 with alpha.
    public static let ffv1 = matroska(
        name: "ffv1", titleChinese: "FFV1 无损透明视频", titleEnglish: "FFV1 with transparency",
        purpose: "lossless transparent masters for archives, OBS, and anything that goes through FFmpeg",
        container: "mkv", codec: "ffv1", pixelFormat: "bgra", kind: LosslessEncoder.self, color: .straightRGB,
        limits: .film(evenSides: false), encoder: "ffv1",
        options: [("level", "3"), ("coder", "0"), ("context", "0"), ("slices", "4"), ("slicecrc", "1"), ("g", "1")],
        tolerance: .lossless, extensions: ["mkv"],
        requirements: [MediaCapability(.encoder, "ffv1"), MediaCapability(.decoder, "ffv1")])

    /// VP9 with alpha.
    public static let vp9Alpha = matroska(
        name: "vp9-alpha", titleChinese: "VP9 透明视频", titleEnglish: "VP9 with transparency",
        purpose: "small transparent films for OBS, browsers and web players; editors ignore its alpha",
        container: "webm", codec: "vp9", pixelFormat: "yuva420p", kind: VP9AlphaEncoder.self,
        color: ColorTags(
            primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv", chromaLocation: "left"),
        limits: .film(evenSides: true), encoder: "libvpx-vp9",
        options: [
            ("crf", "10"), ("deadline", "realtime"), ("cpu-used", "5"), ("lag-in-frames", "0"), ("auto-alt-ref", "0"),
            ("row-mt", "0"), ("tile-columns", "0"),
        ],
        // Lines of red on cyan were seen to be off by 228, for there is less chroma than pixels: brightness is held to more, and
        // VP9AlphaEncoder checks apart from that.
        tolerance: AlphaTolerance(worst: 255, psnr: 24, worstAlpha: 64, brightnessPSNR: 36, softPSNR: 36),
        extensions: ["webm"],
        requirements: [MediaCapability(.encoder, "libvpx-vp9"), MediaCapability(.decoder, "libvpx-vp9")])

    private static func matroska(
        name: String, titleChinese: String, titleEnglish: String, purpose: String, container: String, codec: String,
        pixelFormat: String, kind: any (MovieFrameEncoder & SendableMetatype).Type, color: ColorTags,
        limits: TargetLimits, encoder: String, options: [(String, String)], tolerance: AlphaTolerance,
        extensions: [String], requirements: [MediaCapability]
    ) -> Profile {
        Profile(
            name: name, titleChinese: titleChinese, titleEnglish: titleEnglish, purpose: purpose, container: container,
            extensions: extensions, codec: codec, pixelFormat: pixelFormat, alpha: .straight, segmentable: true,
            paced: false, color: color, limits: limits,
            encoder: EncoderSettings(
                name: encoder, options: options.map { .init(name: $0.0, value: $0.1) }, verificationFloor: nil),
            alphaTolerance: tolerance,
            requirements: requirements + [
                MediaCapability(.muxer, container == "webm" ? "webm" : "matroska"),
                MediaCapability(.demuxer, "matroska"),
            ],
            make: { (description, destination, options) throws(MediaError) in
                try MatroskaOutput(description, to: destination, kind, options: options)
            })
    }
}

extension TargetLimits {
    /// A film that no target bounds.
    static func film(evenSides: Bool) -> TargetLimits {
        TargetLimits(
            sides: 16...8192, evenSides: evenSides, framesPerSecond: 1...240, seconds: nil, bytes: nil,
            recommendedShortSide: 1, recommendedFramesPerSecond: 1...120)
    }
}

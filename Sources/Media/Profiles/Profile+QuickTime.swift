extension Profile {
    /// ProRes 4444 with 16-bit alpha.
    public static let prores4444 = quickTime(
        name: "prores4444", titleChinese: "ProRes 4444 透明视频", titleEnglish: "ProRes 4444 with transparency",
        purpose: "transparent overlays for Final Cut, Premiere, Resolve, 剪映 and OBS; large files of high quality",
        codec: "prores", pixelFormat: "yuva444p12le", kind: ProResEncoder.self,
        color: ColorTags(primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv", chromaLocation: nil),
        // At a quantiser of 2 every flat colour is exact.
        options: [.init(name: "quantiser", value: "2")],
        tolerance: AlphaTolerance(worst: 8, psnr: 44, worstAlpha: 0), decoder: "prores", extensions: ["mov"])

    /// QuickTime Animation.
    public static let qtrle = quickTime(
        name: "qtrle", titleChinese: "QuickTime 动画编码透明视频", titleEnglish: "QuickTime Animation with transparency",
        purpose: "lossless transparent overlays for OBS, Premiere and Final Cut; cheap where little moves",
        codec: "qtrle", pixelFormat: "argb", kind: AnimationEncoder.self, color: .straightRGB, options: [],
        tolerance: .lossless, decoder: "qtrle", extensions: [])

    /// PNG pictures in a QuickTime film.
    public static let pngMovie = quickTime(
        name: "png-mov", titleChinese: "PNG 编码透明视频", titleEnglish: "PNG film with transparency",
        purpose: "lossless transparent overlays in small files for OBS and editors that read PNG in QuickTime",
        codec: "png", pixelFormat: "rgba", kind: PNGMovieEncoder.self, color: .straightRGB,
        options: [], tolerance: .lossless, decoder: "png", extensions: [])

    private static func quickTime(
        name: String, titleChinese: String, titleEnglish: String, purpose: String, codec: String, pixelFormat: String,
        kind: any (MovieFrameEncoder & SendableMetatype).Type, color: ColorTags, options: [EncoderSettings.Option],
        tolerance: AlphaTolerance, decoder: String, extensions: [String]
    ) -> Profile {
        Profile(
            name: name, titleChinese: titleChinese, titleEnglish: titleEnglish, purpose: purpose, container: "mov",
            extensions: extensions, codec: codec, pixelFormat: pixelFormat, alpha: .straight, segmentable: true,
            paced: false, color: color,
            limits: TargetLimits(
                sides: 1...8192, evenSides: false, framesPerSecond: 1...240, seconds: nil, bytes: nil,
                recommendedShortSide: 1, recommendedFramesPerSecond: 1...120),
            encoder: EncoderSettings(name: codec, options: options, verificationFloor: nil),
            alphaTolerance: tolerance,
            requirements: [MediaCapability(.decoder, decoder), MediaCapability(.demuxer, "mov")],
            make: { (description, destination, options) throws(MediaError) in
                try QuickTimeOutput(description, to: destination, kind, options: options)
            })
    }
}

extension AlphaTolerance {
    /// Exact straight bytes: nothing but their rounding.
    static let lossless = AlphaTolerance(worst: 1, psnr: 50, worstAlpha: 0)
}

extension ColorTags {
    /// RGB as it is drawn.
    static let straightRGB = ColorTags(
        primaries: "bt709", transfer: "iec61966-2-1", matrix: "rgb", range: "pc", chromaLocation: nil)
}

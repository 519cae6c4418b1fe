import Drawing

extension Profile {
    /// Animated PNG.
    public static let apng = animation(
        name: "apng", titleChinese: "APNG 透明动图", titleEnglish: "animated PNG with transparency",
        purpose: "exact transparent animations for web pages, chats and OBS", container: "png", extensions: ["apng"],
        furtherExtensions: ["png"], codec: "apng", pixelFormat: "rgba", kind: APNGFormat.self, encoder: "png",
        // Flat panels and lettering repeat as they are: rows without a filter are smaller than differences, and quicker.
        options: [.init(name: "compression_level", value: "3"), .init(name: "pred", value: "none")],
        tolerance: .lossless, framesPerSecond: 1...120,
        requirements: [
            MediaCapability(.encoder, "png"), MediaCapability(.decoder, "apng"), MediaCapability(.demuxer, "apng"),
        ])

    /// Animated WebP.
    public static let webp = animation(
        name: "webp", titleChinese: "WebP 透明动图", titleEnglish: "animated WebP with transparency",
        purpose: "exact transparent animations for web pages and stickers, smaller than APNG", container: "webp",
        extensions: ["webp"], codec: "webp", pixelFormat: "bgra", kind: WebPFormat.self, encoder: "libwebp",
        options: [
            .init(name: "lossless", value: "1"), .init(name: "quality", value: "40"),
            .init(name: "compression_level", value: "1"),
        ],
        tolerance: .lossless, framesPerSecond: 1...120,
        requirements: [MediaCapability(.encoder, "libwebp"), MediaCapability(.decoder, "webp")])

    /// GIF.
    public static let gif = animation(
        name: "gif", titleChinese: "GIF 动图", titleEnglish: "GIF",
        purpose:
            "animations for chats and pages that take nothing else; 255 colours for each change, alpha is yes or no",
        container: "gif", extensions: ["gif"], codec: "gif", pixelFormat: "pal8", kind: GIFFormat.self, encoder: nil,
        options: [],
        // Half transparency goes to one side or the other: GIFFormat checks apart from that, and exactly.
        tolerance: AlphaTolerance(worst: 255, psnr: 16, worstAlpha: 127), framesPerSecond: 1...50, rate: FrameRate(25),
        requirements: [MediaCapability(.decoder, "gif"), MediaCapability(.demuxer, "gif")])

    private static func animation(
        name: String, titleChinese: String, titleEnglish: String, purpose: String, container: String,
        extensions: [String], furtherExtensions: [String] = [], codec: String, pixelFormat: String,
        kind: any (AnimatedImageFormat & SendableMetatype).Type, encoder: String?, options: [EncoderSettings.Option],
        tolerance: AlphaTolerance, framesPerSecond: ClosedRange<Int>, rate: FrameRate? = nil,
        requirements: [MediaCapability]
    ) -> Profile {
        Profile(
            name: name, titleChinese: titleChinese, titleEnglish: titleEnglish, purpose: purpose, container: container,
            extensions: extensions, codec: codec, pixelFormat: pixelFormat, alpha: .straight,
            // A new start every two seconds would double their files.
            segmentable: false, paced: false, color: .straightRGB,
            limits: TargetLimits(
                sides: 1...4096, evenSides: false, framesPerSecond: framesPerSecond, seconds: 600, bytes: 1_000_000_000,
                recommendedShortSide: 1, recommendedFramesPerSecond: 1...framesPerSecond.upperBound),
            encoder: encoder.map { EncoderSettings(name: $0, options: options, verificationFloor: nil) },
            alphaTolerance: tolerance, requirements: requirements, defaultRate: rate,
            furtherExtensions: furtherExtensions,
            make: { (description, destination, options) throws(MediaError) in
                try AnimatedImageOutput(description, to: destination, kind)
            })
    }
}

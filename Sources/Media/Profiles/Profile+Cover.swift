extension Profile {
    /// A poster.
    public static let cover = Profile(
        name: "cover", titleChinese: "封面图", titleEnglish: "cover picture",
        purpose: "the cover of an upload: the film's last frame, or the one of --frames, as JPEG or PNG up to 500 kB",
        container: "jpg", extensions: ["jpg", "jpeg"], codec: "mjpeg", pixelFormat: "yuvj444p", alpha: .none,
        segmentable: false, paced: false,
        color: ColorTags(
            primaries: "bt709", transfer: "iec61966-2-1", matrix: "bt601", range: "pc", chromaLocation: nil),
        limits: TargetLimits(
            sides: 16...8192, evenSides: false, framesPerSecond: 1...1000, seconds: nil, bytes: 500_000,
            recommendedShortSide: 720, recommendedFramesPerSecond: 1...1000),
        encoder: nil,
        requirements: [
            MediaCapability(.encoder, "mjpeg"), MediaCapability(.decoder, "mjpeg"), MediaCapability(.decoder, "png"),
        ],
        isStill: true, furtherExtensions: ["png"],
        make: { (description, destination, options) throws(MediaError) in
            try CoverOutput(description, to: destination)
        })
}

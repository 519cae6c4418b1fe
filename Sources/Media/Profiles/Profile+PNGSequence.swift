extension Profile {
    /// A folder of PNG pictures with transparency.
    public static let pngSequence = Profile(
        name: "png-sequence", titleChinese: "透明 PNG 序列", titleEnglish: "PNG sequence with transparency",
        purpose: "lossless transparent frames for Premiere, After Effects, Resolve and anything that reads pictures",
        container: "png", extensions: ["png"], codec: "png", pixelFormat: "rgba", alpha: .straight, segmentable: true,
        paced: false,
        color: ColorTags(
            primaries: "bt709", transfer: "iec61966-2-1", matrix: "rgb", range: "pc", chromaLocation: nil),
        limits: TargetLimits(
            sides: 1...16384, evenSides: false, framesPerSecond: 1...1000, seconds: nil, bytes: nil,
            recommendedShortSide: 1, recommendedFramesPerSecond: 1...120),
        encoder: EncoderSettings(name: "png", options: [], verificationFloor: nil),
        alphaTolerance: .lossless,
        requirements: [MediaCapability(.decoder, "png")],
        make: { (description, destination, options) throws(MediaError) in
            try PNGSequenceOutput(description, to: destination)
        })
}

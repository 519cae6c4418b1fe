extension Profile {
    /// Raw transparent frames for a media source of OBS.
    public static let obsStream = Profile(
        name: "obs-stream", titleChinese: "OBS 透明直播流", titleEnglish: "transparent stream for OBS",
        purpose: "a media source of OBS (input tcp://127.0.0.1:PORT, format nut, network buffering 0 MB), or a pipe",
        container: "nut", extensions: ["nut"], codec: "rawvideo", pixelFormat: "bgra", alpha: .straight,
        segmentable: false, paced: true,
        color: ColorTags(
            primaries: "bt709", transfer: "iec61966-2-1", matrix: "rgb", range: "pc", chromaLocation: nil),
        limits: TargetLimits(
            sides: 1...8192, evenSides: false, framesPerSecond: 1...240, seconds: nil, bytes: nil,
            recommendedShortSide: 1, recommendedFramesPerSecond: 24...60),
        encoder: nil,
        requirements: [MediaCapability(.muxer, "nut")],
        make: { (description, destination, options) throws(MediaError) in
            try NUTStreamOutput(description, to: destination, options: options)
        })
}

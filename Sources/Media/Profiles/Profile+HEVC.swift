extension Profile {
    /// H.265 in MP4.
    public static let hevc = Profile(
        name: "hevc", titleChinese: "H.265 视频", titleEnglish: "H.265 film",
        purpose:
            "smaller files than H.264 for players, telephones and archives; Douyin makes its own H.265 of any upload",
        container: "mp4", extensions: [], codec: "hevc", pixelFormat: "yuv420p", alpha: .none, segmentable: true,
        paced: false, color: Profile.douyin.color,
        limits: TargetLimits(
            sides: 64...8192, evenSides: true, framesPerSecond: 1...120, seconds: nil, bytes: nil,
            recommendedShortSide: 720, recommendedFramesPerSecond: 24...60),
        encoder: EncoderSettings(
            name: "libx265",
            options: [
                .init(name: "preset", value: "superfast"),
                // Nothing held back and no thread of its own: segments are encoded side by side.
                .init(name: "tune", value: "zerolatency"),
                .init(name: "crf", value: "20"),
                .init(
                    name: "x265-params",
                    value: "annexb=0:pools=none:frame-threads=1:wpp=0:info=0:log-level=none:keyint=-1:scenecut=0:"
                        + "open-gop=0:repeat-headers=0:chromaloc=0"),
            ],
            verificationFloor: 24),
        requirements: [
            MediaCapability(.encoder, "libx265"), MediaCapability(.decoder, "hevc"), MediaCapability(.encoder, "aac"),
            MediaCapability(.demuxer, "mov"),
        ],
        make: { (description, destination, options) throws(MediaError) in
            try QuickTimeOutput(description, to: destination, HEVCEncoder.self, options: options)
        })
}

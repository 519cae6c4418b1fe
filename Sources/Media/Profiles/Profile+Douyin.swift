extension Profile {
    /// H.264 MP4 as Douyin likes it.
    public static let douyin = Profile(
        name: "douyin", titleChinese: "抖音短视频", titleEnglish: "Douyin short video",
        purpose: "upload to Douyin and other short-video platforms; any player opens it",
        container: "mp4", extensions: ["mp4", "m4v"], codec: "h264", pixelFormat: "yuv420p", alpha: .none,
        segmentable: true, paced: false,
        color: ColorTags(
            primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv", chromaLocation: "left"),
        limits: TargetLimits(
            sides: 16...4096, evenSides: true, framesPerSecond: 1...120, seconds: 900, bytes: 4_000_000_000,
            recommendedShortSide: 720, recommendedFramesPerSecond: 24...60),
        encoder: EncoderSettings(
            name: "x264",
            options: [
                .init(name: "preset", value: "veryfast"),
                .init(name: "profile", value: "high"),
                // One quantiser for all pictures of a kind: drawn frames are clean, so that looking ahead and weighing blocks buys
                // nothing that a finer key frame does not buy for less (measured), and no joint shows. What stands still keeps
                // the key frame's quality.
                .init(name: "qp", value: "24"),
                .init(name: "ipratio", value: "2.5"),
                .init(name: "pbratio", value: "1.6"),
                .init(name: "rc-lookahead", value: "0"),
                .init(name: "no-mbtree", value: "1"),
                .init(name: "aq-mode", value: "0"),
                .init(name: "weightp", value: "0"),
                .init(name: "no-weightb", value: "1"),
                .init(name: "subme", value: "1"),
                .init(name: "me", value: "dia"),
                .init(name: "bframes", value: "3"),
                .init(name: "b-adapt", value: "0"),
                .init(name: "b-pyramid", value: "none"),
                // What is drawn has edges: small transforms alone cost fewer bytes, less time, and come closer to it (measured).
                .init(name: "8x8dct", value: "0"),
            ],
            verificationFloor: 24),
        requirements: [
            MediaCapability(.decoder, "h264"), MediaCapability(.encoder, "aac"),
        ],
        make: { (description, destination, options) throws(MediaError) in
            try MP4Output(description, to: destination, options: options)
        })
}

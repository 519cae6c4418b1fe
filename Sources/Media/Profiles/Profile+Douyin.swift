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
            name: "libx264",
            options: [
                .init(name: "preset", value: "veryfast"),
                .init(name: "crf", value: "20"),
                .init(name: "profile", value: "high"),
                // Drawn frames are clean: a cheap search costs no quality and makes smaller files (measured). Only the first frame
                // of a segment is a key frame, headers do not depend on the content, and every frame has the same length.
                .init(
                    name: "x264-params",
                    value: "subme=1:me=dia:b-adapt=0:keyint=infinite:scenecut=0:open-gop=0:stitchable=1:force-cfr=1"),
            ],
            verificationFloor: 24),
        requirements: [
            MediaCapability(.encoder, "libx264"), MediaCapability(.decoder, "h264"), MediaCapability(.encoder, "aac"),
        ],
        make: { (description, destination, options) throws(MediaError) in
            try MP4Output(description, to: destination, options: options)
        })
}

import Drawing

extension Profile {
    /// Douyin at 60 frames a second.
    public static let douyin60 = shortVideo(
        name: "douyin-60", titleChinese: "抖音短视频 60 帧", titleEnglish: "Douyin short video, 60 frames a second",
        purpose: "upload to Douyin where fast motion must stay smooth",
        limits: TargetLimits(
            sides: 16...4096, evenSides: true, framesPerSecond: 50...60, seconds: 900, bytes: 4_000_000_000,
            recommendedShortSide: 720, recommendedFramesPerSecond: 50...60),
        rate: FrameRate(60))

    /// An advertisement in 巨量千川.
    public static let qianchuan = shortVideo(
        name: "qianchuan", titleChinese: "巨量千川广告视频", titleEnglish: "Qianchuan advertisement",
        purpose: "advertisements in 巨量千川 and 巨量引擎, which refuse files of few bits, odd ratios and other lengths",
        limits: TargetLimits(
            sides: 720...4096, evenSides: true, framesPerSecond: 15...60, seconds: 300, bytes: 100_000_000,
            recommendedShortSide: 720, recommendedFramesPerSecond: 24...60, shortSide: 720,
            ratios: [SideRatio(9, 16), SideRatio(16, 9)], leastSeconds: 4, leastBitsPerSecond: 516_000))

    /// YouTube Shorts.
    public static let shorts = shortVideo(
        name: "shorts", titleChinese: "YouTube Shorts 短视频", titleEnglish: "YouTube Shorts",
        purpose: "upload to YouTube as a Short, upright or square and up to three minutes",
        limits: TargetLimits(
            sides: 240...4096, evenSides: true, framesPerSecond: 15...60, seconds: 180, bytes: nil,
            recommendedShortSide: 1080, recommendedFramesPerSecond: 24...60,
            ratios: [SideRatio(9, 16), SideRatio(1, 1)])
    )

    /// WeChat Channels.
    public static let wechatChannels = shortVideo(
        name: "wechat-channels", titleChinese: "微信视频号", titleEnglish: "WeChat Channels",
        purpose: "upload to WeChat Channels (视频号), with at most 10 Mbit a second",
        limits: TargetLimits(
            sides: 16...4096, evenSides: true, framesPerSecond: 1...60, seconds: 3600, bytes: 2_000_000_000,
            recommendedShortSide: 720, recommendedFramesPerSecond: 24...60,
            recommendedRatios: [SideRatio(9, 16), SideRatio(6, 7)], leastSeconds: 3, bitsPerSecond: 10_000_000),
        // What is left of the ten is the sound and the container.
        cap: RateCap(bitsPerSecond: 9_700_000, bufferBits: 19_400_000))

    /// Xiaohongshu.
    public static let xiaohongshu = shortVideo(
        name: "xiaohongshu", titleChinese: "小红书视频", titleEnglish: "Xiaohongshu video",
        purpose: "upload to Xiaohongshu (小红书), which shows 3:4 and 9:16 whole",
        limits: TargetLimits(
            sides: 16...4096, evenSides: true, framesPerSecond: 1...60, seconds: 900, bytes: 500_000_000,
            recommendedShortSide: 720, recommendedFramesPerSecond: 24...60,
            recommendedRatios: [SideRatio(3, 4), SideRatio(9, 16)]))

    /// An overlay over green.
    public static let greenscreen = shortVideo(
        name: "greenscreen", titleChinese: "绿幕视频", titleEnglish: "overlay over a green screen",
        purpose: "overlays for programs without alpha, with a chroma key (剪映 色度抠图, 直播伴侣, OBS)",
        limits: .editing, alpha: .keyed, composition: .over(Color(red: 0, green: 255, blue: 0)))

    /// An overlay over black.
    public static let blackscreen = shortVideo(
        name: "blackscreen", titleChinese: "黑底视频", titleEnglish: "overlay over black",
        purpose: "light overlays for programs without alpha, blended with 滤色 (Screen); dark parts vanish",
        limits: .editing, alpha: .keyed, composition: .over(.black))

    /// Fill on the left, matte on the right.
    public static let matte = matte(
        name: "matte", titleChinese: "填充与遮罩左右并排视频", titleEnglish: "fill and matte side by side",
        purpose:
            "transparency in H.264: straight colours on the left, alpha as grey on the right, for track mattes and players of such films",
        stacked: false)

    /// Fill above, matte below.
    public static let matteStacked = matte(
        name: "matte-stacked", titleChinese: "填充与遮罩上下叠放视频", titleEnglish: "fill above matte",
        purpose: "the same with straight colours above and alpha as grey below, for films that are wide",
        stacked: true)

    /// Fill and matte: half of Douyin's error, for what is cut out of them is scaled and graded again.
    private static func matte(
        name: String, titleChinese: String, titleEnglish: String, purpose: String, stacked: Bool
    ) -> Profile {
        var profile = shortVideo(
            name: name, titleChinese: titleChinese, titleEnglish: titleEnglish, purpose: purpose, limits: .editing,
            alpha: .matte, composition: .matte(stacked: stacked),
            // Lines of loud colours were seen to be off by 230, for there is less chroma than pixels: brightness is held to more. Our
            // templates have 38 and 37 in the worst of their frames; colours that are multiplied by alpha once more have at most 24,
            // a matte of another range 28.
            tolerance: AlphaTolerance(worst: 255, psnr: 22, worstAlpha: 96, brightnessPSNR: 34, softPSNR: 32))
        profile.encoder = profile.encoder?.setting("qp", "18")
        return profile
    }

    /// A target that takes what Douyin takes, within limits of its own.
    private static func shortVideo(
        name: String, titleChinese: String, titleEnglish: String, purpose: String, limits: TargetLimits,
        alpha: AlphaConvention = .none, composition: FrameComposition = .asDrawn, rate: FrameRate? = nil,
        cap: RateCap? = nil, tolerance: AlphaTolerance? = nil
    ) -> Profile {
        let like = Profile.douyin
        var encoder = like.encoder
        if let cap { encoder?.cap = cap }
        return Profile(
            name: name, titleChinese: titleChinese, titleEnglish: titleEnglish, purpose: purpose,
            container: like.container, extensions: [], codec: like.codec, pixelFormat: like.pixelFormat, alpha: alpha,
            segmentable: true, paced: false, color: like.color, limits: limits, encoder: encoder,
            alphaTolerance: tolerance, requirements: like.requirements, composition: composition, defaultRate: rate,
            make: like.make)
    }
}

extension TargetLimits {
    /// What editors open as H.264.
    fileprivate static let editing = TargetLimits(
        sides: 16...4096, evenSides: true, framesPerSecond: 1...120, seconds: nil, bytes: nil,
        recommendedShortSide: 1, recommendedFramesPerSecond: 24...60)
}

public import Drawing

/// A text about the whole output, such as its title.
public struct MetadataEntry: Hashable, Sendable {
    /// What a text is about.
    public enum Key: String, Hashable, Sendable, CaseIterable {
        /// The name of the work.
        case title
        /// Who made it.
        case artist
        /// Anything else.
        case comment
        /// A longer text.
        case description
        /// Whose it is.
        case copyright
        /// What it was made from: a template's name and SHA-256.
        case template
        /// The time that its numbers are about.
        case period
        /// The SHA-256 of the data that it was made from.
        case source
        /// What made it, with its version.
        case engine
    }

    /// What the text is about.
    public let key: Key
    /// The text.
    public let value: String

    /// Makes an entry.
    public init(_ key: Key, _ value: String) { (self.key, self.value) = (key, value) }
}

/// What an output is to hold, before any frame is drawn.
public struct OutputDescription: Sendable {
    /// Pixels across and down.
    public let size: PixelSize
    /// Frames per second.
    public let rate: FrameRate
    /// Frames in all.
    public let frameCount: Int
    /// The plan: runs of frames that follow each other and cover all of them.
    public let segments: [Segment]
    /// Texts about the whole, in order.
    public let metadata: [MetadataEntry]
    /// The way out.
    public let profile: Profile
    /// Pixels across and down of the encoded pictures, which may hold more than the film.
    public let codedSize: PixelSize

    /// Describes an output and checks it against the limits of the profile.
    ///
    /// - Parameter segments: nil is one segment of all frames.
    /// - Throws: `MediaError` with code `limits` and exit 64 when size, rate, duration or plan cannot be carried.
    public init(
        size: PixelSize, rate: FrameRate, frameCount: Int, segments: [Segment]? = nil, metadata: [MetadataEntry] = [],
        profile: Profile
    ) throws(MediaError) {
        self.size = size
        self.rate = rate
        self.frameCount = frameCount
        self.segments = segments ?? [Segment(index: 0, frames: 0..<max(0, frameCount))]
        self.metadata = metadata
        self.profile = profile
        codedSize = profile.composition.codedSize(size)
        try checkSize()
        try checkTime()
        try checkSegments()
    }

    /// What the target accepts but does not like, one sentence each.
    public var advice: [String] {
        let limits = profile.limits
        var lines: [String] = []
        if min(size.width, size.height) < limits.recommendedShortSide {
            lines.append(
                "\(size) is small for \(profile.name): \(limits.recommendedShortSide) pixels is the least that looks good"
            )
        }
        let ratios = limits.recommendedRatios
        if !ratios.isEmpty, !ratios.contains(where: { $0.fits(size) }) {
            lines.append("\(profile.name) crops or frames \(size): it shows \(Self.list(ratios)) whole")
        }
        let fast = limits.recommendedFramesPerSecond
        if rate.numerator < fast.lowerBound * rate.denominator || rate.numerator > fast.upperBound * rate.denominator {
            lines.append(
                "\(rate) frames per second is unusual for \(profile.name): use \(fast.lowerBound) to \(fast.upperBound)"
            )
        }
        return lines
    }

    /// Makes the output that takes the frames.
    ///
    /// - Parameter destination: a path, or what else the profile can write to.
    /// - Throws: `MediaError` when the destination cannot be made.
    public func makeOutput(to destination: String, options: OutputOptions = OutputOptions()) throws(MediaError)
        -> any FrameOutput
    {
        try profile.make(self, destination, options)
    }

    private func refuse(_ message: String, _ hint: String) -> MediaError {
        MediaError(.limits, message, hint: hint, exit: .usage)
    }

    private static func list(_ ratios: [SideRatio]) -> String { ratios.map(\.description).joined(separator: " or ") }

    private func checkSize() throws(MediaError) {
        let limits = profile.limits
        let sides = limits.sides
        guard sides.contains(codedSize.width), sides.contains(codedSize.height) else {
            let whole = codedSize == size ? "" : ", whose pictures are \(codedSize),"
            throw refuse(
                "\(size)\(whole) is outside of what \(profile.name) takes",
                "use sides from \(sides.lowerBound) to \(sides.upperBound) pixels")
        }
        if min(size.width, size.height) < limits.shortSide {
            throw refuse(
                "\(size) is too small for \(profile.name)",
                "make the shorter side \(limits.shortSide) pixels or more with --size")
        }
        if !limits.ratios.isEmpty, !limits.ratios.contains(where: { $0.fits(size) }) {
            throw refuse(
                "\(size) has a ratio that \(profile.name) does not take", "use \(Self.list(limits.ratios)) with --size")
        }
        if profile.limits.evenSides && (size.width % 2 != 0 || size.height % 2 != 0) {
            let (width, height) = ((size.width + 1) & ~1, (size.height + 1) & ~1)
            throw refuse(
                "\(size) has an odd side, and \(profile.pixelFormat) stores colour for blocks of 2x2 pixels",
                "use \(width)x\(height)")
        }
    }

    private func checkTime() throws(MediaError) {
        guard frameCount > 0 else {
            throw refuse("there is no frame to write", "ask for a duration of at least one frame")
        }
        guard !profile.isStill || frameCount == 1 else {
            throw refuse(
                "\(profile.name) takes one frame, not \(frameCount)", "name it, for example with --frames 60..61")
        }
        let fps = profile.limits.framesPerSecond
        guard rate.numerator >= fps.lowerBound * rate.denominator, rate.numerator <= fps.upperBound * rate.denominator
        else {
            throw refuse(
                "\(rate) frames per second is outside of what \(profile.name) takes",
                "use a rate from \(fps.lowerBound) to \(fps.upperBound)")
        }
        if frameCount * rate.denominator < profile.limits.leastSeconds * rate.numerator {
            throw refuse(
                "\(frameCount) frames at \(rate) are shorter than the \(profile.limits.leastSeconds) s that \(profile.name) asks for",
                "lengthen it with --duration, or ask for more --frames")
        }
        if let seconds = profile.limits.seconds {
            let (length, overflow) = frameCount.multipliedReportingOverflow(by: rate.denominator)
            if overflow || length > seconds * rate.numerator {
                throw refuse(
                    "\(frameCount) frames at \(rate) are longer than the \(seconds) s that \(profile.name) takes",
                    "shorten it with --duration or --frames")
            }
        }
    }

    /// Refuses a finished file that the target would refuse.
    ///
    /// - Throws: `MediaError` with code `limits` and exit 64.
    func check(finishedBytes bytes: Int) throws(MediaError) {
        let limits = profile.limits
        if let most = limits.bytes, bytes > most {
            throw refuse(
                "the file grows beyond the \(most) bytes that \(profile.name) takes",
                "shorten it, or choose a smaller size")
        }
        // Bits a second, without a division that rounds.
        let bits = 8 * bytes * rate.numerator, time = frameCount * rate.denominator
        if let most = limits.bitsPerSecond, bits > most * time {
            throw refuse(
                "the file has \(bits / time) bits a second, more than the \(most) that \(profile.name) takes",
                "choose a smaller size or a lower rate")
        }
        guard bits >= limits.leastBitsPerSecond * time else {
            throw .internal(.verification, "the file has \(bits / time) bits a second, too few for \(profile.name)")
        }
    }

    private func checkSegments() throws(MediaError) {
        var next = 0
        for (index, segment) in segments.enumerated() {
            guard segment.index == index, segment.frames.lowerBound == next, !segment.frames.isEmpty else {
                throw .internal(.limits, "segment \(index) of the plan does not follow the one before it")
            }
            next = segment.frames.upperBound
        }
        guard next == frameCount else { throw .internal(.limits, "the plan covers \(next) of \(frameCount) frames") }
        guard profile.segmentable || segments.count == 1 else {
            throw .internal(.limits, "the profile \(profile.name) cannot be cut into segments")
        }
    }
}

/// Switches of an output that do not change what it holds.
public struct OutputOptions: Sendable {
    /// A file to which the exact pixels go that the encoder is given (yuv420p, no header); nil is none.
    public var dumpYUV: String?
    /// Whether every frame of a finished file is decoded, not only the first and last of a segment.
    public var verifiesFully: Bool
    /// Whether a stream may be offered to other machines.
    public var allowsRemote: Bool
    /// What a paced output does with a frame that is late.
    public var lateness: Lateness
    /// Asked several times a second while an output waits; true makes it stop with `MediaError.Code.cancelled`.
    public var isCancelled: @Sendable () -> Bool

    /// Makes options; all off.
    public init(
        dumpYUV: String? = nil, verifiesFully: Bool = false, allowsRemote: Bool = false, lateness: Lateness = .send,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.dumpYUV = dumpYUV
        self.verifiesFully = verifiesFully
        self.allowsRemote = allowsRemote
        self.lateness = lateness
        self.isCancelled = isCancelled
    }
}

/// What a paced output does with a frame whose time has gone by.
public enum Lateness: String, Hashable, Sendable {
    /// Sends it all the same: nothing is lost while a client is there. For renders of a known length.
    case send
    /// Leaves it out when the next one is due already, and counts it. For live sessions.
    case skip
}

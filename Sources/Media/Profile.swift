public import Drawing

/// What a profile's files say about transparency.
public enum AlphaConvention: String, Hashable, Sendable {
    /// There is no alpha: pictures are shown over black.
    case none
    /// Colours are not multiplied by alpha.
    case straight
    /// Colours are multiplied by alpha.
    case premultiplied
    /// Pictures are shown over a key colour, which an editor takes away again.
    case keyed
    /// Alpha is a grey picture of its own beside the straight colours.
    case matte
}

/// How colours are coded, in the words of ITU-T H.273.
public struct ColorTags: Hashable, Sendable {
    /// For example `bt709`.
    public let primaries: String
    /// For example `bt709` or `iec61966-2-1` (sRGB).
    public let transfer: String
    /// For example `bt709` or `rgb`.
    public let matrix: String
    /// `tv` (limited) or `pc` (full).
    public let range: String
    /// Where chroma samples sit: `left`, or nil without subsampling.
    public let chromaLocation: String?
}

/// A ratio of sides, across to down.
public struct SideRatio: Hashable, Sendable, CustomStringConvertible {
    /// Parts across.
    public let across: Int
    /// Parts down.
    public let down: Int

    /// Makes a ratio.
    public init(_ across: Int, _ down: Int) { (self.across, self.down) = (across, down) }

    /// `9:16`.
    public var description: String { "\(across):\(down)" }

    /// Whether a size has it, to one in a hundred.
    func fits(_ size: PixelSize) -> Bool {
        100 * abs(size.width * down - size.height * across) <= size.height * across
    }
}

/// What a target accepts: beyond it a file is refused, so nothing is rendered.
public struct TargetLimits: Hashable, Sendable {
    /// The shortest and longest side in pixels.
    public let sides: ClosedRange<Int>
    /// Whether both sides must be even.
    public let evenSides: Bool
    /// Frames per second.
    public let framesPerSecond: ClosedRange<Int>
    /// The longest duration in seconds; nil is any.
    public let seconds: Int?
    /// The largest file in bytes; nil is any.
    public internal(set) var bytes: Int?
    /// Sides shorter than this are accepted, but a warning says so.
    public let recommendedShortSide: Int
    /// Rates outside of this are accepted, but a warning says so.
    public let recommendedFramesPerSecond: ClosedRange<Int>
    /// The least length of the shorter side in pixels.
    public var shortSide = 1
    /// Ratios of the film's sides; empty is any.
    public var ratios: [SideRatio] = []
    /// Ratios that the target shows whole: others are accepted, but a warning says so; empty is any.
    public var recommendedRatios: [SideRatio] = []
    /// The shortest duration in seconds.
    public var leastSeconds = 0
    /// Bits of the file for a second of film, at least; a film that needs fewer is filled up.
    public var leastBitsPerSecond = 0
    /// Bits of the file for a second of film, at most; nil is any.
    public var bitsPerSecond: Int?
}

/// How an encoder is driven.
public struct EncoderSettings: Hashable, Sendable {
    /// `x264`, which is driven directly, or the encoder's name in FFmpeg.
    public let name: String
    /// Its options by x264's or FFmpeg's names, in order.
    public internal(set) var options: [Option]
    /// The least PSNR in decibels at which an encoded frame counts as the one that was drawn; nil for lossless forms.
    public let verificationFloor: Double?
    /// What the target's decoder can take; nil is any. Only x264 keeps to it.
    public var cap: RateCap?

    /// The value of an option; nil when it is not set.
    func value(of name: String) -> String? { options.last { $0.name == name }?.value }

    /// The same settings with another value of an option.
    func setting(_ name: String, _ value: String) -> EncoderSettings {
        var other = self
        other.options = options.map { $0.name == name ? Option(name: name, value: value) : $0 }
        return other
    }

    /// One option.
    public struct Option: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: String
    }
}

/// The buffer of a decoder that is fed at a steady rate: no picture may need bits that have not arrived.
public struct RateCap: Hashable, Sendable {
    /// Bits that arrive in a second.
    public let bitsPerSecond: Int
    /// Bits that the buffer holds.
    public let bufferBits: Int

    /// Makes a cap.
    public init(bitsPerSecond: Int, bufferBits: Int) {
        precondition(bitsPerSecond > 0 && bufferBits > 0)
        (self.bitsPerSecond, self.bufferBits) = (bitsPerSecond, bufferBits)
    }
}

/// A named way out: codec, pixel format, alpha convention, colour tags, container and limits of the target.
public struct Profile: Sendable {
    /// The name that `--profile` takes.
    public let name: String
    /// What it is called in Chinese.
    public let titleChinese: String
    /// What it is called in English.
    public let titleEnglish: String
    /// What it is for, in a sentence.
    public let purpose: String
    /// `mp4`, `png` or `nut`.
    public let container: String
    /// Extensions of file names that pick it by default; the first is the usual one.
    public let extensions: [String]
    /// `h264`, `png` or `rawvideo`.
    public let codec: String
    /// FFmpeg's name of the pixel format.
    public let pixelFormat: String
    /// What it says about transparency.
    public let alpha: AlphaConvention
    /// Whether segments of it can be encoded independently.
    public let segmentable: Bool
    /// Whether frames are given out by the wall clock.
    public let paced: Bool
    /// How colours are coded.
    public let color: ColorTags
    /// What the target accepts.
    public internal(set) var limits: TargetLimits
    /// How the encoder of pictures is driven; nil when pixels are not encoded.
    public internal(set) var encoder: EncoderSettings?
    /// How far decoded transparent frames may be from the drawn ones; nil where nothing is decoded.
    public var alphaTolerance: AlphaTolerance?
    /// Encoders and muxers that FFmpeg must have.
    public let requirements: [MediaCapability]
    /// What becomes of a drawn frame before it is encoded.
    package internal(set) var composition = FrameComposition.asDrawn
    /// The rate at which a film is made for it when nobody asks for another one; nil is the film's own.
    public internal(set) var defaultRate: FrameRate?
    /// Whether it takes a single frame.
    public internal(set) var isStill = false
    /// Extensions that it takes although another profile is their usual one.
    var furtherExtensions: [String] = []
    /// Makes its output.
    let make: @Sendable (OutputDescription, String, OutputOptions) throws(MediaError) -> any FrameOutput

    /// Refuses a destination that says something else than this profile: a stream that it cannot write, the extension of another one.
    ///
    /// - Throws: `MediaError` with code `destination` and exit 64.
    public func check(destination: String) throws(MediaError) {
        if destination == "-" || destination.hasPrefix("tcp://") {
            guard paced else {
                throw MediaError(
                    .destination, "\(name) writes files, no streams", hint: "name a file, or use --profile obs-stream",
                    exit: .usage)
            }
            return
        }
        let parts = OutputFile.split(destination).name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, !furtherExtensions.contains(last.lowercased()),
            let other = Self.default(forExtension: String(last)), other.container != container
        else { return }
        throw MediaError(
            .destination, "\(name) writes \(container.uppercased()), not \(last)",
            hint: "end the name in .\(usualExtension), or use --profile \(other.name)", exit: .usage)
    }

    /// The extension of a file that it writes.
    public var usualExtension: String { extensions.first ?? container }

    /// The same way out to a target that takes less.
    package func capped(_ cap: RateCap) -> Profile {
        var other = self
        other.encoder?.cap = cap
        return other
    }

    /// The same way out to a target that takes smaller files.
    package func limited(toBytes bytes: Int) -> Profile {
        var other = self
        other.limits.bytes = bytes
        return other
    }

    /// The same way out with one more option of the encoder, for tests.
    package func setting(_ name: String, _ value: String) -> Profile {
        var other = self
        other.encoder?.options.append(EncoderSettings.Option(name: name, value: value))
        return other
    }

    /// All profiles.
    public static let all: [Profile] = [
        .douyin, .douyin60, .qianchuan, .shorts, .wechatChannels, .xiaohongshu, .greenscreen, .blackscreen, .matte,
        .matteStacked, .prores4444, .qtrle, .pngMovie, .ffv1, .vp9Alpha,
        .apng, .webp, .gif, .pngSequence, .hevc, .cover, .obsStream,
    ]

    /// The profile with a name.
    ///
    /// - Throws: `MediaError` with code `profile` that lists the names.
    public static func named(_ name: String) throws(MediaError) -> Profile {
        if let profile = all.first(where: { $0.name == name }) { return profile }
        throw MediaError(
            .profile, "there is no profile \"\(name.prefix(40))\"",
            hint: "use one of \(all.map(\.name).joined(separator: ", "))", exit: .usage)
    }

    /// The profile that a file extension (with or without the dot, in any case) picks; nil when none does.
    public static func `default`(forExtension fileExtension: String) -> Profile? {
        let wanted = fileExtension.drop { $0 == "." }.lowercased()
        return all.first { $0.extensions.contains(wanted) }
    }

    /// The profile that a destination picks: `-` and `tcp://` the stream, a trailing `/` the sequence, else by extension.
    ///
    /// - Throws: `MediaError` with code `profile` when nothing fits.
    public static func `default`(forDestination destination: String) throws(MediaError) -> Profile {
        if destination == "-" || destination.hasPrefix("tcp://") { return .obsStream }
        if destination.hasSuffix("/") { return .pngSequence }
        let name = OutputFile.split(destination).name
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count > 1, let last = parts.last, let profile = Self.default(forExtension: String(last)) {
            return profile
        }
        throw MediaError(
            .profile, "no profile writes \"\(name.prefix(60))\"",
            hint: "name one with --profile (\(all.map(\.name).joined(separator: ", "))), or end the name in "
                + all.compactMap(\.extensions.first).map { ".\($0)" }.joined(separator: ", "), exit: .usage)
    }
}

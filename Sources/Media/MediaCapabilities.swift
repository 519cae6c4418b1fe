import CFFmpeg

/// A part of FFmpeg that a profile needs.
public struct MediaCapability: Hashable, Sendable, CustomStringConvertible {
    /// What kind of part.
    public enum Kind: String, Hashable, Sendable {
        /// Makes packets from frames.
        case encoder
        /// Makes frames from packets.
        case decoder
        /// Writes a container.
        case muxer
        /// Reads a container.
        case demuxer
    }

    /// What kind of part.
    public let kind: Kind
    /// FFmpeg's name for it.
    public let name: String

    /// Makes a capability.
    public init(_ kind: Kind, _ name: String) { (self.kind, self.name) = (kind, name) }

    /// `encoder libx264`.
    public var description: String { "\(kind.rawValue) \(name)" }

    /// Whether the installed FFmpeg has it.
    public var isAvailable: Bool {
        FFmpegLibrary.prepare()
        return switch kind {
        case .encoder: avcodec_find_encoder_by_name(name) != nil
        case .decoder: avcodec_find_decoder_by_name(name) != nil
        case .muxer: av_guess_format(name, nil, nil) != nil
        case .demuxer: av_find_input_format(name) != nil
        }
    }
}

/// What the installed FFmpeg can do.
public enum MediaCapabilities {
    /// FFmpeg's version, for example `5.1.9-0+deb12u1`.
    public static var version: String { String(cString: fanpai_ffmpeg_version()) }

    /// What reading of images and videos needs.
    public static let reading: [MediaCapability] = [
        MediaCapability(.decoder, "png"), MediaCapability(.decoder, "mjpeg"), MediaCapability(.decoder, "webp"),
        MediaCapability(.decoder, "h264"), MediaCapability(.demuxer, "mov"),
    ]

    /// What a profile needs and the installed FFmpeg lacks.
    public static func missing(for profile: Profile) -> [MediaCapability] {
        profile.requirements.filter { !$0.isAvailable }
    }
}

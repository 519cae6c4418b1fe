import CFFmpeg
public import Drawing
import Glibc

/// A sequence of PNG files with straight alpha, numbered like the frames from 0 in at least six digits.
///
/// `frames/` makes `frames/frames-000000.png`, `a.png` makes `a-000000.png`, and a pattern with `%06d` is taken as it is. Files are
/// gathered in a hidden folder beside the target and appear in `finish`.
public final class PNGSequenceOutput: FrameOutput, AlphaMeasuring {
    /// Makes the encoders.
    public let factory: PNGSequenceFactory

    private let description: OutputDescription
    private let names: SequenceNames
    private let gathering: String
    private let makesFolder: Bool
    private var nextSegment = 0
    private var errors = CompositeErrors()
    private var ended = false

    /// Makes the hidden folder.
    ///
    /// - Throws: `MediaError` with exit 64 for a bad pattern, 73 when the folder cannot be made.
    public init(_ description: OutputDescription, to path: String) throws(MediaError) {
        self.description = description
        names = try SequenceNames(path)
        var status = stat()
        let exists = stat(names.folder, &status) == 0
        if exists && status.st_mode & S_IFMT != S_IFDIR {
            throw MediaError(
                .create, "\(names.folder) is not a folder", hint: "choose another name", exit: .cannotCreate)
        }
        makesFolder = !exists
        if exists, let stale = names.surplus(of: description.frameCount) {
            throw MediaError(
                .create, "\(names.folder)/\(stale) is there and is no frame of this film",
                hint: "empty the folder or choose another one: the frames of two films would be mixed",
                exit: .cannotCreate)
        }
        if !exists && !names.mayMakeFolder { throw MediaError.create(names.folder, ENOENT) }
        // On the same file system as the target: renaming must not copy.
        let beside = exists ? names.folder : OutputFile.split(names.folder).folder
        var template = Array("\(beside)/.fanpai-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return nil }
            chmod(base, 0o755)
            return String(cString: base)
        }
        guard let made else { throw MediaError.create(names.folder) }
        gathering = made
        factory = PNGSequenceFactory(description: description, names: names, folder: made)
    }

    deinit { if !ended { cancel() } }

    /// Notes that a segment is complete.
    ///
    /// - Throws: `MediaError` with exit 70 when it is not the next one.
    public func append(_ product: PictureRun) throws {
        let segment = product.segment
        guard !ended, nextSegment < description.segments.count, segment == description.segments[nextSegment] else {
            throw MediaError.internal(.codec, "segment \(segment.index) is not the next one")
        }
        errors.add(product.errors)
        nextSegment += 1
    }

    /// Gives all files their names.
    ///
    /// - Throws: `MediaError` with exit 73 when a name is taken by a folder, 70 when segments are missing.
    public func finish() throws {
        guard !ended, nextSegment == description.segments.count else {
            throw MediaError.internal(.codec, "the sequence ended after \(nextSegment) segments")
        }
        try description.profile.check(errors.figures)
        if makesFolder {
            guard rename(gathering, names.folder) == 0 else { throw MediaError.create(names.folder) }
        } else {
            for index in 0..<description.frameCount {
                let name = names.name(index)
                guard rename("\(gathering)/\(name)", "\(names.folder)/\(name)") == 0 else {
                    throw MediaError.create("\(names.folder)/\(name)")
                }
            }
            rmdir(gathering)
        }
        ended = true
    }

    /// How far the pictures are from what was drawn, over black, white and green.
    public var alphaFigures: AlphaFigures? { errors.figures }

    /// Removes what was written.
    public func cancel() {
        guard !ended else { return }
        ended = true
        for index in 0..<description.frameCount { unlink("\(gathering)/\(names.name(index))") }
        rmdir(gathering)
    }
}

/// Pictures of one segment that lie in their folder.
public struct PictureRun: Sendable {
    /// The frames.
    public let segment: Segment
    /// How far the decoded pictures are from the drawn ones.
    let errors: CompositeErrors
}

/// Makes the sinks of a sequence; any number of them at the same time.
public struct PNGSequenceFactory: FrameSinkFactory {
    let description: OutputDescription
    let names: SequenceNames
    let folder: String

    /// Starts a segment.
    ///
    /// - Throws: `MediaError` with exit 69 when FFmpeg has no PNG encoder.
    public func makeSink(for segment: Segment) throws -> PNGSequenceSink {
        try PNGSequenceSink(segment, of: description, names: names, folder: folder)
    }
}

/// Writes one file a frame.
public final class PNGSequenceSink: FrameSink {
    private let segment: Segment
    private let description: OutputDescription
    private let names: SequenceNames
    private let folder: String
    private let encoder: PNGEncoder
    private let decoder: FrameDecoder
    private let packet: CodecPacket
    private let decoded: CodecFrame
    private var errors = CompositeErrors()
    private var last: [UInt8] = []
    private var written = 0

    init(
        _ segment: Segment, of description: OutputDescription, names: SequenceNames, folder: String
    ) throws(MediaError) {
        (self.segment, self.description, self.names, self.folder) = (segment, description, names, folder)
        encoder = try PNGEncoder(size: description.size)
        decoder = try FrameDecoder(FrameDecoder.codec(AV_CODEC_ID_PNG)) { context in
            context.pointee.err_recognition = AV_EF_EXPLODE
            return 0
        }
        packet = try CodecPacket()
        decoded = try CodecFrame()
    }

    /// Encodes a frame; one that is equal to the one before is only written again.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full.
    public func write(_ frame: Frame) throws {
        guard frame.index == segment.frames.lowerBound + written, frame.index < segment.frames.upperBound,
            frame.pixels.size == description.size
        else {
            throw MediaError.internal(.codec, "frame \(frame.index) is not the next one of segment \(segment.index)")
        }
        if written == 0 || !frame.damage.isEmpty {
            last = try encoder.encode(frame.pixels, damage: frame.damage)
            try compare(frame)
        }
        try store("\(folder)/\(names.name(frame.index))")
        written += 1
    }

    private func compare(_ frame: Frame) throws {
        let bytes = last
        try bytes.span.withUnsafeBytes { (raw) throws(MediaError) in try packet.fill(raw) }
        packet.pointer.pointee.flags |= AV_PKT_FLAG_KEY
        try decoder.send(packet)
        guard try decoder.receive(into: decoded) == .ready, decoded.width == description.size.width,
            decoded.height == description.size.height
        else { throw MediaError.internal(.verification, "picture \(frame.index) cannot be decoded again") }
        let rects =
            written == 0
            ? [description.size.bounds] : StraightPicture.reached(by: frame.damage, description.size)
        try errors.comparePacked(decoded, frame.pixels, rects, format: AV_PIX_FMT_RGBA)
    }

    private func store(_ path: String) throws(MediaError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw MediaError.create(path) }
        var done = 0
        while done < last.count {
            let count = last.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress?.advanced(by: done), raw.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 {
                let number = errno
                close(descriptor)
                throw MediaError.write(path, number)
            }
            done += count
        }
        guard close(descriptor) == 0 else { throw MediaError.write(path) }
    }

    /// Ends the segment.
    ///
    /// - Throws: `MediaError` with exit 70 when frames are missing.
    public func finish() throws -> PictureRun {
        guard written == segment.frames.count else {
            throw MediaError.internal(.codec, "segment \(segment.index) ended after \(written) frames")
        }
        return PictureRun(segment: segment, errors: errors)
    }

    /// Does nothing: the output removes the files.
    public func cancel() {}
}

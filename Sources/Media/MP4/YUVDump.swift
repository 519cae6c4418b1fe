/// A file of the exact frames that an encoder is given: yuv420p, one after the other, no header.
///
/// Segments write at their own offsets, from any thread.
final class YUVDump: @unchecked Sendable {
    // Safe: the file is only written to with pwrite, which keeps no position, in ranges that no two segments share; commit and
    // discard are called by the output alone, after its sinks have ended.
    private let file: OutputFile

    init(path: String) throws(MediaError) { file = try OutputFile(path: path) }

    func write(_ picture: YUVPicture, frame: Int) throws(MediaError) {
        try file.write(picture.packed(), at: frame * picture.packedByteCount)
    }

    func commit() throws(MediaError) { try file.commit() }
    func discard() { file.discard() }
}

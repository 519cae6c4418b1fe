import CFFmpeg

/// Owner of one `AVPacket`.
final class CodecPacket {
    let pointer: UnsafeMutablePointer<AVPacket>

    init() throws(MediaError) {
        guard let packet = av_packet_alloc() else { throw FFmpegLibrary.outOfMemory }
        pointer = packet
    }

    deinit {
        var packet: UnsafeMutablePointer<AVPacket>? = pointer
        av_packet_free(&packet)
    }

    /// The bytes; valid until it is unreferenced or filled again.
    var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: pointer.pointee.data, count: Int(pointer.pointee.size))
    }
    var pts: Int { Int(pointer.pointee.pts) }
    var isKey: Bool { pointer.pointee.flags & AV_PKT_FLAG_KEY != 0 }

    /// Replaces its content by a copy of `bytes` (FFmpeg wants padding behind them).
    func fill(_ bytes: UnsafeRawBufferPointer) throws(MediaError) {
        av_packet_unref(pointer)
        guard bytes.count < Int(Int32.max) - 64, av_new_packet(pointer, Int32(bytes.count)) == 0 else {
            throw FFmpegLibrary.outOfMemory
        }
        if let source = bytes.baseAddress {
            pointer.pointee.data.update(from: source.assumingMemoryBound(to: UInt8.self), count: bytes.count)
        }
    }

    /// What Matroska calls a block addition, such as the alpha of VP9; empty when there is none.
    var addition: [UInt8] {
        var size = 0
        guard let data = av_packet_get_side_data(pointer, AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, &size), size > 8 else {
            return []
        }
        // Behind its number.
        return Array(UnsafeBufferPointer(start: data + 8, count: size - 8))
    }

    /// Adds a block addition with number 1, unless it is empty.
    func setAddition(_ bytes: [UInt8]) throws(MediaError) {
        guard !bytes.isEmpty else { return }
        guard
            let data = av_packet_new_side_data(pointer, AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, bytes.count + 8)
        else { throw FFmpegLibrary.outOfMemory }
        for place in 0..<8 { data[place] = place == 7 ? 1 : 0 }
        for (place, byte) in bytes.enumerated() { data[8 + place] = byte }
    }

    func clear() { av_packet_unref(pointer) }
}

import CFFmpeg

/// Owner of one `AVFrame`.
final class CodecFrame {
    let pointer: UnsafeMutablePointer<AVFrame>

    init() throws(MediaError) {
        guard let frame = av_frame_alloc() else { throw FFmpegLibrary.outOfMemory }
        pointer = frame
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = pointer
        av_frame_free(&frame)
    }

    /// A frame over memory that is owned elsewhere and outlives it.
    convenience init(
        borrowing planes: [(UnsafeMutablePointer<UInt8>, Int)], byteCount: Int, width: Int, height: Int,
        format: AVPixelFormat
    ) throws(MediaError) {
        try self.init()
        guard let first = planes.first, fanpai_frame_borrow(pointer, first.0, byteCount) == 0 else {
            throw FFmpegLibrary.outOfMemory
        }
        for (index, plane) in planes.enumerated() {
            fanpai_frame_set_plane(pointer, Int32(index), plane.0, Int32(plane.1))
        }
        pointer.pointee.width = Int32(width)
        pointer.pointee.height = Int32(height)
        pointer.pointee.format = format.rawValue
    }

    /// Whether nobody else refers to its memory.
    var isAlone: Bool { fanpai_frame_is_alone(pointer) != 0 }
    var width: Int { Int(pointer.pointee.width) }
    var height: Int { Int(pointer.pointee.height) }

    func plane(_ index: Int) -> UnsafeMutablePointer<UInt8>? { fanpai_frame_plane(pointer, Int32(index)) }
    func stride(_ index: Int) -> Int { Int(fanpai_frame_stride(pointer, Int32(index))) }
}

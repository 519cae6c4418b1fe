import CFFmpeg
import Drawing

extension FrameRate {
    /// The same as FFmpeg writes it.
    var rational: AVRational { AVRational(num: Int32(numerator), den: Int32(denominator)) }
    /// How long a frame is, in seconds.
    var timeBase: AVRational { AVRational(num: Int32(denominator), den: Int32(numerator)) }
}

extension UnsafeMutablePointer<AVCodecContext> {
    /// Says what pictures an encoder gets: their size, rate and format, in the colours of BT.709 limited.
    func describeBT709(_ size: PixelSize, _ rate: FrameRate, _ format: AVPixelFormat) {
        pointee.width = Int32(size.width)
        pointee.height = Int32(size.height)
        pointee.pix_fmt = format
        pointee.time_base = rate.timeBase
        pointee.framerate = rate.rational
        pointee.color_primaries = AVCOL_PRI_BT709
        pointee.color_trc = AVCOL_TRC_BT709
        pointee.colorspace = AVCOL_SPC_BT709
        pointee.color_range = AVCOL_RANGE_MPEG
    }
}

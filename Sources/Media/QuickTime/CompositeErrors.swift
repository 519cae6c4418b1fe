import CFFmpeg
import CMediaKernels
import Drawing
import Glibc

/// How far a decoded transparent film is from what was drawn, when both lie over a ground.
public struct AlphaFigures: Hashable, Sendable {
    /// The errors over one ground.
    public struct Ground: Hashable, Sendable {
        /// `black`, `white` or `green`.
        public let name: String
        /// The largest error of a channel in 1/255.
        public let worst: Double
        /// The signal to noise ratio in decibels over every frame where it changed; infinite when nothing differs.
        public let psnr: Double
    }

    /// The errors over black, white and green.
    public let grounds: [Ground]
    /// The largest error of alpha itself in 1/255.
    public let worstAlpha: Int
}

/// How far a profile's films may be from what was drawn.
public struct AlphaTolerance: Hashable, Sendable {
    /// The largest error of a channel over any ground, in 1/255.
    public let worst: Double
    /// The least signal to noise ratio over any ground, in decibels.
    public let psnr: Double
    /// The largest error of alpha, in 1/255.
    public let worstAlpha: Int
}

/// An output that compares what it wrote with what was drawn.
public protocol AlphaMeasuring {
    /// How far it is off, once it is finished; nil when nothing was measured.
    var alphaFigures: AlphaFigures? { get }
}

extension Profile {
    /// Refuses a film whose alpha or colours did not survive.
    ///
    /// - Throws: `MediaError` with code `verification`.
    func check(_ figures: AlphaFigures) throws(MediaError) {
        guard let tolerance = alphaTolerance else { return }
        for ground in figures.grounds where ground.worst > tolerance.worst || ground.psnr < tolerance.psnr {
            throw .internal(
                .verification,
                "over \(ground.name) the film is not what was drawn: worst error \(ground.worst) of 255, PSNR \(ground.psnr) dB"
            )
        }
        guard figures.worstAlpha <= tolerance.worstAlpha else {
            throw .internal(.verification, "the film's alpha is off by up to \(figures.worstAlpha) of 255")
        }
    }
}

/// Sums of errors over many frames.
struct CompositeErrors: Sendable {
    var sums = fanpai_composite_errors()

    /// Adds those of another part of the film.
    mutating func add(_ other: CompositeErrors) {
        sums.squared.0 += other.sums.squared.0
        sums.squared.1 += other.sums.squared.1
        sums.squared.2 += other.sums.squared.2
        sums.worst.0 = max(sums.worst.0, other.sums.worst.0)
        sums.worst.1 = max(sums.worst.1, other.sums.worst.1)
        sums.worst.2 = max(sums.worst.2, other.sums.worst.2)
        sums.worst_alpha = max(sums.worst_alpha, other.sums.worst_alpha)
        sums.samples += other.sums.samples
    }

    /// The figures, over what was compared: what rests counts once, for its errors were counted once.
    var figures: AlphaFigures {
        func ground(_ name: String, _ squared: Double, _ worst: Float) -> AlphaFigures.Ground {
            AlphaFigures.Ground(
                name: name, worst: Double(worst),
                psnr: squared > 0 ? 10 * log10(255 * 255 * Double(sums.samples) / squared) : .infinity)
        }
        return AlphaFigures(
            grounds: [
                ground("black", sums.squared.0, sums.worst.0), ground("white", sums.squared.1, sums.worst.1),
                ground("green", sums.squared.2, sums.worst.2),
            ], worstAlpha: Int(sums.worst_alpha))
    }
}

extension CompositeErrors {
    /// Adds the errors of straight pixels of four bytes.
    ///
    /// - Parameter origin: the drawn pixel that the decoded picture starts at.
    mutating func comparePacked(
        _ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], format: AVPixelFormat,
        at origin: (x: Int, y: Int) = (0, 0)
    ) throws(MediaError) {
        guard decoded.pointer.pointee.format == format.rawValue, let pixels = decoded.plane(0) else {
            throw .internal(.verification, "a packet decodes to another format")
        }
        let (alphaFirst, blueFirst) = (format == AV_PIX_FMT_ARGB, format == AV_PIX_FMT_BGRA)
        drawn.withBytes { raw in
            guard let first = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            let base = first + origin.y * drawn.stride + 4 * origin.x
            for rect in rects {
                fanpai_compare_packed(
                    pixels, decoded.stride(0), alphaFirst ? 1 : 0, blueFirst ? 1 : 0, base, drawn.stride, Int32(rect.x),
                    Int32(rect.maxX), Int32(rect.y), Int32(rect.maxY), &sums)
            }
        }
    }
}

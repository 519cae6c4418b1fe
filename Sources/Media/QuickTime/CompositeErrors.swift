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
        /// The same of the brightness of all pixels that are not clear, which knows nothing of missing chroma; infinite when nothing
        /// differs, nil where it was not measured: in forms that have as much chroma as pixels, and where there are no such pixels.
        public let brightnessPSNR: Double?
        /// The same of pixels that are neither clear nor opaque, edges and shadows; over black only of those whose colour shows.
        public let softPSNR: Double?
    }

    /// The errors over black, white and green.
    public let grounds: [Ground]
    /// The largest error of alpha itself in 1/255.
    public let worstAlpha: Int

    /// A figure for a sentence.
    static func tenths(_ value: Double) -> String { value.isFinite ? "\((value * 10).rounded() / 10)" : "\(value)" }
}

/// How far a profile's films may be from what was drawn.
public struct AlphaTolerance: Hashable, Sendable {
    /// The largest error of a channel over any ground, in 1/255.
    public let worst: Double
    /// The least signal to noise ratio over any ground, in decibels.
    public let psnr: Double
    /// The largest error of alpha, in 1/255.
    public let worstAlpha: Int
    /// The least signal to noise ratio of the brightness of all seen pixels over any ground, in decibels; nil where the others are
    /// strict enough.
    public var brightnessPSNR: Double?
    /// The same of half-transparent pixels.
    public var softPSNR: Double?
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
    package func check(_ figures: AlphaFigures) throws(MediaError) {
        guard let tolerance = alphaTolerance else { return }
        for ground in figures.grounds {
            func refuse(_ what: String, _ figure: String) throws(MediaError) {
                throw .internal(.verification, "over \(ground.name) \(what) not what was drawn: \(figure)")
            }
            if ground.worst > tolerance.worst {
                try refuse("the film is", "a channel is off by \(AlphaFigures.tenths(ground.worst)) of 255")
            }
            if ground.psnr < tolerance.psnr { try refuse("the film is", "PSNR \(AlphaFigures.tenths(ground.psnr)) dB") }
            for (what, psnr, least) in [
                ("the film's brightness is", ground.brightnessPSNR, tolerance.brightnessPSNR),
                ("half-transparent pixels are", ground.softPSNR, tolerance.softPSNR),
            ] {
                if let psnr, let least, psnr < least { try refuse(what, "PSNR \(AlphaFigures.tenths(psnr)) dB") }
            }
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
        func sum<Value: AdditiveArithmetic>(_ a: (Value, Value, Value), _ b: (Value, Value, Value)) -> (
            Value, Value, Value
        ) {
            (a.0 + b.0, a.1 + b.1, a.2 + b.2)
        }
        sums.bright = sum(sums.bright, other.sums.bright)
        sums.soft = sum(sums.soft, other.sums.soft)
        sums.bright_samples += other.sums.bright_samples
        sums.soft_samples = sum(sums.soft_samples, other.sums.soft_samples)
    }

    /// The figures, over what was compared: what rests counts once, for its errors were counted once.
    var figures: AlphaFigures {
        let (all, bright, soft, count) = (sums.squared, sums.bright, sums.soft, sums.soft_samples)
        func some(_ squared: Double, _ samples: UInt64) -> Double? {
            samples > 0 ? Self.psnr(squared, of: samples) : nil
        }
        func ground(
            _ name: String, _ worst: Float, _ squared: Double, _ bright: Double, _ soft: Double, _ count: UInt64
        ) -> AlphaFigures.Ground {
            AlphaFigures.Ground(
                name: name, worst: Double(worst), psnr: Self.psnr(squared, of: sums.samples),
                brightnessPSNR: some(bright, sums.bright_samples), softPSNR: some(soft, count))
        }
        return AlphaFigures(
            grounds: [
                ground("black", sums.worst.0, all.0, bright.0, soft.0, count.0),
                ground("white", sums.worst.1, all.1, bright.1, soft.1, count.1),
                ground("green", sums.worst.2, all.2, bright.2, soft.2, count.2),
            ], worstAlpha: Int(sums.worst_alpha))
    }

    /// Decibels of a sum of squares.
    static func psnr(_ squared: Double, of samples: UInt64) -> Double {
        squared > 0 ? 10 * log10(255 * 255 * Double(samples) / squared) : .infinity
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

/// A drawing instruction. Later ones are drawn over earlier ones.
public enum Node: Hashable, Sendable {
    /// An outline, filled or stroked.
    case path(PathNode)
    /// Text, filled or stroked.
    case glyphs(GlyphsNode)
    /// A picture.
    case image(ImageNode)
    /// A frame of a video.
    case video(VideoNode)
    /// A content of its own, transformed and blended as one.
    case layer(Layer)
    /// The weighted mean of several drawings: motion blur.
    case accumulate(Accumulate)
}

/// An outline and what it is drawn with.
public struct PathNode: Hashable, Sendable {
    /// The outline in the pixels of the content.
    public let path: Path
    /// Filled or stroked.
    public let style: DrawStyle
    /// The colours.
    public let paint: Paint

    /// Makes a drawn outline.
    public init(path: Path, style: DrawStyle = .fill, paint: Paint) {
        (self.path, self.style, self.paint) = (path, style, paint)
    }
}

/// Shaped text and what it is drawn with.
public struct GlyphsNode: Hashable, Sendable {
    /// The glyphs in the pixels of the content.
    public let run: GlyphRun
    /// Filled or stroked (an outline of the letters).
    public let style: DrawStyle
    /// The colours.
    public let paint: Paint

    /// Makes drawn text.
    public init(run: GlyphRun, style: DrawStyle = .fill, paint: Paint) {
        (self.run, self.style, self.paint) = (run, style, paint)
    }
}

/// A picture scaled into a rectangle.
public struct ImageNode: Hashable, Sendable {
    /// The digest of the picture's decoded pixels.
    public let image: Digest
    /// The picture's size in its own pixels.
    public let size: PixelSize
    /// Where it goes: left, top, width, height in 1/64 px of the content.
    public let target: FixedRect

    /// Makes a placed picture.
    public init(image: Digest, size: PixelSize, target: Rect) {
        (self.image, self.size, self.target) = (image, size, FixedRect(target))
    }
}

/// A frame of a video scaled into a rectangle.
public struct VideoNode: Hashable, Sendable {
    /// The digest of the video file.
    public let source: Digest
    /// The frame in the video's own count, from 0.
    public let index: Int
    /// The video's size in its own pixels.
    public let size: PixelSize
    /// Where it goes, in 1/64 px of the content.
    public let target: FixedRect

    /// Makes a placed video frame.
    public init(source: Digest, index: Int, size: PixelSize, target: Rect) {
        (self.source, self.index, self.size, self.target) = (source, index, size, FixedRect(target))
    }
}

/// The weighted mean of several drawings of the same thing: motion blur.
public struct Accumulate: Hashable, Sendable {
    /// One drawing and its share.
    public struct Sample: Hashable, Sendable {
        /// What is drawn, in the pixels of the parent.
        public let content: LayerContent
        /// Its share in 1/65536; all shares together make 65536.
        public let weight: Int32

        /// Makes a sample.
        public init(content: LayerContent, weight: Int32) { (self.content, self.weight) = (content, weight) }
    }

    /// At least one sample.
    public let samples: [Sample]

    /// Makes a mean; the weights must add up to 65536.
    public init(samples: [Sample]) {
        precondition(samples.reduce(0) { $0 + Int($1.weight) } == 65536, "weights add up to 65536")
        self.samples = samples
    }
}

/// A rectangle on the 1/64 px grid.
public struct FixedRect: Hashable, Sendable {
    /// Left, top, width and height in 1/64 px.
    public let x, y, width, height: Int32

    /// The rectangle nearest to `rect`.
    public init(_ rect: Rect) {
        (x, y) = (Fixed.steps(rect.x), Fixed.steps(rect.y))
        (width, height) = (Fixed.steps(rect.width), Fixed.steps(rect.height))
    }

    /// The same in pixels.
    public var rect: Rect {
        Rect(x: Fixed.pixels(x), y: Fixed.pixels(y), width: Fixed.pixels(width), height: Fixed.pixels(height))
    }
}

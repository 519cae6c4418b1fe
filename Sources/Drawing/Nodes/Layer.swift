/// A content placed as one: rasterised once, then warped, lit, faded, masked, clipped and blended.
///
/// In this order: content at `scale`, effects, mask, light, opacity, matrix, clip, blend.
public struct Layer: Sendable {
    /// Identity from frame to frame.
    public let id: LayerID
    /// What is drawn, in the layer's own pixels.
    public let content: LayerContent
    /// How many raster pixels a layer pixel gets.
    public let scale: RasterScale
    /// Layer pixels to parent pixels; on the grid of `Matrix3.quantised`.
    public let matrix: Matrix3
    /// 0 is invisible, 255 as drawn.
    public let opacity: UInt8
    /// How it meets what is below.
    public let blend: BlendMode
    /// The light that falls on it.
    public let light: Light
    /// Filters on the rasterised content, in order.
    public let effects: [Effect]
    /// What cuts it, in the layer's own pixels.
    public let mask: Mask?
    /// What cuts it, in the parent's pixels.
    public let clip: Clip?

    /// Makes a layer; the matrix is rounded to the grid.
    public init(
        id: LayerID, content: LayerContent, scale: RasterScale = .one, matrix: Matrix3 = .identity,
        opacity: UInt8 = 255, blend: BlendMode = .normal, light: Light = .none, effects: [Effect] = [],
        mask: Mask? = nil, clip: Clip? = nil
    ) {
        self.id = id
        self.content = content
        self.scale = scale
        self.matrix = matrix.quantised
        self.opacity = opacity
        self.blend = blend
        self.light = light
        self.effects = effects
        self.mask = mask
        self.clip = clip
    }
}

extension Layer: Hashable {
    /// Equal when all but the identity is.
    public static func == (a: Layer, b: Layer) -> Bool {
        a.matrix == b.matrix && a.opacity == b.opacity && a.scale == b.scale && a.blend == b.blend
            && a.light == b.light && a.effects == b.effects && a.clip == b.clip && a.content == b.content
            && a.mask == b.mask
    }

    /// Feeds content and matrix.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(content)
        hasher.combine(matrix)
    }
}

/// How a layer meets what is below it; all on premultiplied, gamma-coded values (W3C Compositing and Blending 1).
public enum BlendMode: UInt8, Hashable, Sendable, CaseIterable {
    /// Source over.
    case normal
    /// Product of the colours.
    case multiply
    /// Inverse of the product of the inverses.
    case screen
    /// Sum, cut at white.
    case add
    /// Multiply or screen by the lower colour.
    case overlay
    /// The darker colour.
    case darken
    /// The lighter colour.
    case lighten
    /// The lower colour brightened by the layer's.
    case colorDodge
    /// The lower colour darkened by the layer's.
    case colorBurn
    /// Multiply or screen by the layer's colour.
    case hardLight
    /// Darkens or lightens by the layer's colour, softly.
    case softLight
    /// The distance between the colours.
    case difference
    /// The same with less contrast.
    case exclusion
    /// The layer's hue with the lower saturation and brightness.
    case hue
    /// The layer's saturation with the lower hue and brightness.
    case saturation
    /// The layer's hue and saturation with the lower brightness.
    case color
    /// The layer's brightness with the lower hue and saturation.
    case luminosity
}

/// Light on a surface: every colour channel becomes `channel * multiply / 255 + add * alpha / 255`, cut at alpha.
public struct Light: Hashable, Sendable {
    /// 255 leaves the colour, 0 makes it black.
    public let multiply: UInt8
    /// What a glance of light adds to a white or black surface alike.
    public let add: UInt8
    /// No change.
    public static let none = Light(multiply: 255, add: 0)

    /// Makes a light.
    public init(multiply: UInt8, add: UInt8 = 0) { (self.multiply, self.add) = (multiply, add) }
}

/// A filter on a rasterised content.
public enum Effect: Hashable, Sendable {
    /// A Gaussian blur with a standard deviation in 1/64 layer pixels, over the content's bounds grown by three of it.
    case blur(sigma: Int32)

    /// Layer pixels by which the filter can spread a pixel.
    public var support: Double {
        switch self {
        case .blur(let sigma): (Fixed.pixels(sigma) * 3).rounded(.up) + 1
        }
    }
}

/// A content whose alpha or brightness cuts a layer.
public struct Mask: Hashable, Sendable {
    /// What of the mask counts.
    public enum Kind: UInt8, Hashable, Sendable {
        /// Its alpha.
        case alpha
        /// Its brightness times alpha.
        case luminance
        /// All but its alpha.
        case invertedAlpha
    }

    /// The drawing, in the layer's own pixels.
    public let content: LayerContent
    /// What of it counts.
    public let kind: Kind

    /// Makes a mask.
    public init(content: LayerContent, kind: Kind = .alpha) { (self.content, self.kind) = (content, kind) }
}

/// A rectangle with round corners that cuts a layer, anti-aliased, in the parent's pixels.
public struct Clip: Hashable, Sendable {
    /// The rectangle.
    public let rect: FixedRect
    /// The radius of its corners in 1/64 px.
    public let radius: Int32

    /// Makes a clip.
    public init(_ rect: Rect, radius: Double = 0) {
        self.rect = FixedRect(rect)
        self.radius = max(0, Fixed.steps(radius))
    }
}

import Drawing

/// What particles are, and how they fly. Lengths are output pixels, angles radians, times seconds.
struct ParticleLook: Sendable {
    let preset: ParticlesSpecification.Preset
    let origin: Point
    let area: Point
    /// 0 is upwards, clockwise.
    let direction: Double
    let spread: Double
    let speed: Double
    let gravity: Double
    let drag: Double
    let life: Double
    let size: Double
    let colors: [Color]
    /// Turns a second.
    let spin: Double
    let sway: Double

    /// How many drawings there are.
    var kinds: Int { preset == .coins ? 1 : colors.count * (preset == .confetti ? 2 : 1) }

    /// Microseconds that all that fly at once may take to draw, those that each takes, and those for a square pixel of its size, on one
    /// core of about 2020. `fanpai bench` shows what they do on another.
    private static let (budget, each) = (500.0, 6.4)
    private var perSquare: Double {
        switch preset {
        case .confetti: 0.0019
        case .coins: 0.00105
        case .sparks: 0.0013
        }
    }

    /// The most of any size that may fly at once.
    static let mostOfAll = Int(budget / each)
    /// The most of this size that may.
    var most: Int { max(1, Int(Self.budget / (Self.each + perSquare * size * size))) }

    init(from fields: FieldDecoder, preset: ParticlesSpecification.Preset) {
        self.preset = preset
        let unit = fields.context.environment.scale
        let standard: (direction: Double, spread: Double, speed: Double, gravity: Double, drag: Double)
        let other: (life: Double, size: Double, spin: Double, sway: Double, colors: [UInt32])
        switch preset {
        case .confetti:
            standard = (0, 1.6, 2600, 900, 2.6)
            other = (4.5, 26, 1.6, 46, [0xff3b4e, 0xffc83d, 0x2ec4b6, 0x3d7bff, 0xff7ab8, 0xffffff])
        case .coins:
            standard = (0, 0.9, 2100, 3200, 0.6)
            other = (3, 74, 1.5, 0, [0xffc83d])
        case .sparks:
            standard = (0, 6.283_185_307, 1500, 700, 3.4)
            other = (0.9, 22, 0, 0, [0xfff2c4, 0xffb347])
        }
        origin = fields.value(Self.origin, default: Point(x: 0.5, y: 0.5))
        area = fields.value(Self.area, default: .zero)
        direction = fields.value(Self.direction, default: standard.direction)
        spread = fields.value(Self.spread, default: standard.spread)
        speed = fields.value(Self.speed, default: standard.speed * unit)
        gravity = fields.value(Self.gravity, default: standard.gravity * unit)
        drag = max(0.05, fields.value(Self.drag, default: standard.drag))
        let rate = fields.context.environment.rate
        life = fields.optional(Self.life)?.seconds(at: rate) ?? other.life
        size = fields.value(Self.size, default: other.size * unit)
        (spin, sway) = (other.spin, other.sway * unit)
        colors =
            fields.optional(Self.colors)
            ?? other.colors.map {
                Color(red: UInt8($0 >> 16), green: UInt8($0 >> 8 & 255), blue: UInt8($0 & 255))
            }
    }

    /// The height (for coins the width) at which drawing number `level` is drawn, as a share of the whole.
    ///
    /// A particle that is turned away is squeezed. Drawings for several heights keep that above 4/5, from where on a plain sample a pixel
    /// will do: sampling areas would be most of the time.
    static let levels: [Double] = (0..<8).map { PortableMath.pow(2.0 / 3, Double($0)) * 0.8 }

    /// The level for a squeeze.
    static func level(_ squeeze: Double) -> Int {
        levels.lastIndex { $0 * 0.8 <= squeeze && squeeze <= $0 * 1.25 } ?? 0
    }

    /// The drawing for a squeeze along both axes: of sparks there is one for every pair of levels.
    static func level(across: Double, down: Double) -> Int { level(across) * levels.count + level(down) }

    /// The drawings of each kind, each around its origin, by level.
    func drawings() -> [[LayerContent]] {
        switch preset {
        case .confetti:
            return colors.flatMap { color in
                [(size, size / 1.7, true), (size / 1.4, size / 1.4, false)].map { width, height, isRect in
                    Self.levels.map { level in
                        let (width, height) = (width * 0.8, height * level)
                        let rect = Rect(x: -width / 2, y: -height / 2, width: width, height: height)
                        let path: Path = isRect ? .rect(rect) : .ellipse(in: rect)
                        return .enclosing([.path(PathNode(path: path, paint: .solid(color)))])
                    }
                }
            }
        case .coins: return [Self.levels.map { Self.coin(size, across: $0) }]
        case .sparks:
            return colors.map { color in
                let stops = [
                    Gradient.Stop(0, color), Gradient.Stop(0.3, color.multiplyingAlpha(by: 0.75)),
                    Gradient.Stop(1, color.multiplyingAlpha(by: 0)),
                ]
                return Self.levels.flatMap { across in
                    Self.levels.map { down in
                        let (length, thickness) = (size * across, size * down)
                        let box = Rect(x: -length, y: -thickness / 5, width: length * 2, height: thickness / 2.5)
                        let light = Gradient.radial(
                            center: Point(x: length * 0.4, y: 0), radiusX: length * 1.4, radiusY: thickness / 4,
                            stops: stops)
                        return .enclosing([.path(PathNode(path: .ellipse(in: box), paint: .gradient(light)))])
                    }
                }
            }
        }
    }

    /// A coin from the front: a rim, a sunken face, and ¥.
    private static func coin(_ size: Double, across: Double) -> LayerContent {
        func gold(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color { Color(red: red, green: green, blue: blue) }
        let (ry, rx) = (size / 2 * 0.8, size / 2 * across)
        func disc(_ share: Double, _ light: Color, _ dark: Color) -> Node {
            let (x, y) = (rx * share, ry * share)
            return .path(
                PathNode(
                    path: .ellipse(in: Rect(x: -x, y: -y, width: 2 * x, height: 2 * y)),
                    paint: .gradient(
                        .linear(
                            from: Point(x: -x * 0.6, y: -y), to: Point(x: x * 0.6, y: y),
                            stops: [Gradient.Stop(0, light), Gradient.Stop(1, dark)]))))
        }
        // The strokes of ¥ as slim shapes, so that a squeezed coin squeezes them as well.
        var sign = Path()
        let thick = 0.075
        for (from, to) in [
            (Point(x: -0.34, y: -0.46), Point(x: 0, y: -0.02)), (Point(x: 0.34, y: -0.46), Point(x: 0, y: -0.02)),
            (Point(x: 0, y: -0.06), Point(x: 0, y: 0.52)), (Point(x: -0.32, y: 0.08), Point(x: 0.32, y: 0.08)),
            (Point(x: -0.32, y: 0.28), Point(x: 0.32, y: 0.28)),
        ] {
            let (dx, dy) = (to.x - from.x, to.y - from.y)
            let length = (dx * dx + dy * dy).squareRoot()
            let (nx, ny) = (-dy / length * thick, dx / length * thick)
            let corners = [
                (from.x + nx, from.y + ny), (to.x + nx, to.y + ny), (to.x - nx, to.y - ny), (from.x - nx, from.y - ny),
            ]
            for (index, corner) in corners.enumerated() {
                let point = Point(x: corner.0 * rx, y: corner.1 * ry)
                if index == 0 { sign.move(to: point) } else { sign.line(to: point) }
            }
            sign.close()
        }
        return .enclosing([
            disc(1, gold(255, 240, 170), gold(196, 120, 16)), disc(0.86, gold(222, 148, 24), gold(255, 214, 92)),
            disc(0.78, gold(255, 217, 96), gold(240, 164, 32)),
            .path(PathNode(path: sign, paint: .solid(gold(150, 84, 6)))),
        ])
    }

    private static let origin = Field("origin", Anchor.type, "The point of its box where they come from.")
    private static let area = Field(
        "area", ValueType<Point>.extent, "Width and height of the field around that point that they come from.")
    private static let direction = Field(
        "direction", ValueType<Double>.angle, "Where they fly to in degrees: 0 is upwards, 90 to the right.")
    private static let spread = Field("spread", ValueType<Double>.angle, "How far directions differ, in degrees.")
    private static let speed = Field(
        "speed", ValueType<Double>.length(0...20000), "How fast the fastest start, in units a second.")
    private static let gravity = Field(
        "gravity", ValueType<Double>.length(-20000...20000), "What pulls them down, in units a second, each second.")
    private static let drag = Field(
        "drag", ValueType<Double>.number(0.05...20), "How much the air slows them: the share of speed lost in a second."
    )
    private static let life = Field("life", ValueType<FrameTime>.duration(0.1...20), "How long the longest live.")
    private static let size = Field("particleSize", ValueType<Double>.length(2...400), "How large the largest are.")
    private static let colors = Field(
        "colors", ValueType<[Color]>.list(of: .color, count: 1...12), "The colours of confetti and sparks.")
    static let fields = [
        origin.schema, area.schema, direction.schema, spread.schema, speed.schema, gravity.schema, drag.schema,
        life.schema, size.schema, colors.schema,
    ]
}

package import Drawing

/// Who looks at a board.
package enum FlapEye: Sendable {
    /// An eye of the board's own, before its middle at the height of the hinges: every leaf hands over at 90 degrees.
    case board(Camera)
    /// The canvas camera, wherever the board lies.
    case canvas(LocalView)

    /// The pixels of a part's plane to the board's pixels.
    func project(_ part: Matrix4) -> Matrix3 {
        switch self {
        case .board(let camera): camera.project(part)
        case .canvas(let view): view.project(part)
        }
    }

    /// True when the eye sees the front of a part.
    func facesFront(_ part: Matrix4) -> Bool {
        switch self {
        case .board(let camera): camera.facesFront(part)
        case .canvas(let view): view.facesFront(part)
        }
    }

    /// How far from the eye a point of the board is.
    func depth(_ point: SIMD3<Double>) -> Double {
        switch self {
        case .board(let camera): camera.depth(point)
        case .canvas(let view): view.depth(point)
        }
    }
}

/// The lamp of a board: where a leaf stands in space, how it is lit, and what it throws.
package struct FlapStage: Sendable {
    /// Cards of the board.
    package let geometry: FlapGeometry
    /// Sine and cosine of the lamp's height above the axis of sight.
    private let lampSine, lampCosine: Double
    private let gloss: Double

    /// What a leaf of black or white gets of the lamp's mirror image at most.
    private static let glance = 40.0
    /// Light from everywhere, as a share of the lamp's on a card at rest.
    private static let ambient = 0.42

    /// Makes a stage; `lamp` is the lamp's height above the axis of sight in radians.
    package init(geometry: FlapGeometry, gloss: Double, lamp: Double = 0.78) {
        self.geometry = geometry
        self.gloss = gloss
        (lampSine, lampCosine) = PortableMath.sinCos(lamp)
    }

    /// A leaf's front (or back) side in space: card pixels to board pixels, with the card's upper left corner at `origin`.
    package func leaf(_ angle: Double, isBack: Bool, at origin: Point) -> Matrix4 {
        let half = geometry.thickness / 2
        return .translation(x: origin.x, y: origin.y + geometry.hinge, z: -half)
            * .rotationX(isBack ? .pi - angle : -angle) * .translation(x: 0, y: -geometry.hinge, z: half)
    }

    /// The free edge of a leaf in space.
    package func edge(_ angle: Double, at origin: Point) -> Matrix4 {
        let (sine, cosine) = PortableMath.sinCos(angle)
        let (half, length) = (geometry.thickness / 2, geometry.hinge)
        // Along the leaf's normal: the edge's own y runs from the back to the front.
        let normal = SIMD3(0, sine, cosine)
        let end = SIMD3(0, -length * cosine, length * sine)
        let foot = SIMD3(origin.x, origin.y + geometry.hinge, -half)
        return Matrix4(
            xAxis: SIMD3(1, 0, 0), yAxis: normal, zAxis: SIMD3(0, -cosine, sine), origin: foot + end - normal * half)
    }

    /// The light on a leaf's front (or back): Lambert against a card at rest, with a glance where it mirrors the lamp.
    package func light(_ angle: Double, isBack: Bool) -> Light {
        let (sine, cosine) = PortableMath.sinCos(angle)
        // The normal in y (down) and z (towards the eye).
        let (y, z) = isBack ? (-sine, -cosine) : (sine, cosine)
        let lambert = max(0, z * lampCosine - y * lampSine) / lampCosine
        let level = Self.ambient + (1 - Self.ambient) * lambert
        // Blinn: the half way between lamp and eye.
        let (halfY, halfZ) = (-lampSine, 1 + lampCosine)
        let length = (halfY * halfY + halfZ * halfZ).squareRoot()
        let mirror = max(0, (y * halfY + z * halfZ) / length)
        let rest = halfZ / length
        let power = Self.power(mirror, 24) - Self.power(rest, 24)
        let add = max(0, power) * Self.glance * gloss + max(0, level - 1) * 16
        return Light(multiply: UInt8(min(255, (level * 255).rounded())), add: UInt8(min(255, add.rounded())))
    }

    /// The light on the leaf that comes free behind a falling one: dark at first, between two cards.
    package func revealed(_ angle: Double) -> Light {
        let open = min(1, angle / 1.5)
        let eased = open * (2 - open)
        return Light(multiply: UInt8((255 * (0.46 + 0.54 * eased)).rounded()))
    }

    /// How far a leaf's shadow reaches down from the hinge, in leaf lengths, and how dark it is.
    package func shadow(_ angle: Double) -> (reach: Double, opacity: Double) {
        let (sine, cosine) = PortableMath.sinCos(angle)
        // Where the lamp throws the free edge, with half a penumbra.
        let reach = -cosine + sine * lampSine / lampCosine
        guard reach > 0, angle < .pi else { return (0, 0) }
        let height = sine
        return (reach * (1 + 0.25 * height), 0.5 + 0.5 * max(0, -cosine))
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent { result *= base }
        return result
    }
}

package import Drawing

/// Where, when and how an element stands: the properties that every element has. Lengths are output pixels, angles radians.
package struct Placement: Hashable, Sendable {
    /// Whether the back of an element is drawn when it is turned away.
    package enum BackFace: String, Hashable, Sendable, CaseIterable {
        /// Its mirror image is seen.
        case visible
        /// Nothing is seen.
        case hidden
    }

    /// What must hold of the data for an element to be there.
    package enum Condition: String, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case always
        /// Somebody said when the sale ends.
        case saleEnd = "sale-end"
        /// Nobody did.
        case noSaleEnd = "no-sale-end"
        /// The order that the film tells of has been shipped.
        case shipped
        /// It has not, as far as the data says.
        case notShipped = "not-shipped"
    }

    /// Its name in the template; nil when it has none.
    package var id: String?
    /// Where the anchor is, in pixels of the canvas or of the group.
    package var position = Animated(Point.zero)
    /// The point of the box that `position` places, in fractions of the box.
    package var anchor = Point(x: 0.5, y: 0.5)
    /// Width and height of the box; nil: as large as the content needs.
    package var size: Animated<Point>?
    /// 0 to 1.
    package var opacity = Animated(1.0)
    /// Factors along x and y.
    package var scale = Animated(Point(x: 1, y: 1))
    /// About z, clockwise.
    package var rotation = Animated(0.0)
    /// About x: positive tips the upper edge away.
    package var rotationX = Animated(0.0)
    /// About y: positive turns the right edge away.
    package var rotationY = Animated(0.0)
    /// Towards the viewer.
    package var depth = Animated(0.0)
    /// Whether the back is seen.
    package var backFace = BackFace.visible
    /// How it meets what is below.
    package var blend = BlendMode.normal
    /// Standard deviation of its softness in its own pixels.
    package var blur = Animated(0.0)
    /// When it is there, since the scene began; nil: from its start, to its end.
    package var start: FrameTime?
    /// When it is gone, since the scene began; nil: with the scene.
    package var end: FrameTime?
    /// The marker from which its times count instead.
    package var from: String?
    /// The marker at which it begins to go.
    package var endMarker: MarkerMoment?
    /// How it comes.
    package var enter: Appearance?
    /// How it goes.
    package var exit: Appearance?
    /// What it does in between.
    package var loop: LoopMotion?
    /// False leaves it out, for parameters and layouts.
    package var isVisible = true
    /// What must hold of the data.
    package var condition = Condition.always

    package init() {}

    /// True when it always lies flat at its place with one size and one opacity.
    package var isStill: Bool {
        (size?.isConstant ?? true) && position.isConstant && opacity.isConstant && scale.isConstant && blur.isConstant
            && isUnturned
            && enter == nil && exit == nil
            && loop == nil
    }

    /// True when it always lies in the plane of its parent.
    package var isFlat: Bool {
        rotationX == Animated(0) && rotationY == Animated(0) && depth == Animated(0) && enter?.preset != .flip
            && exit?.preset != .flip
    }

    private var isUnturned: Bool {
        rotation == Animated(0) && rotationX == Animated(0) && rotationY == Animated(0) && depth == Animated(0)
    }

    /// True when its size on the canvas can change.
    package var isScaled: Bool {
        !scale.isConstant || !depth.isConstant || enter?.preset == .pop || enter?.preset == .zoom
            || exit?.preset == .pop || exit?.preset == .zoom || loop?.preset == .pulse || loop?.preset == .breathe
    }

    /// The filters at a moment.
    package func effects(at time: FrameTime) -> [Effect] {
        let sigma = Fixed.steps(max(0, blur.value(at: time)))
        return sigma > 0 ? [.blur(sigma: sigma)] : []
    }

    /// The space of an element with a box of `size`: its pixels to those of its parent.
    package func model(at time: FrameTime, pose: Pose, size: Size) -> Matrix4 {
        let place = position.value(at: time) + pose.offset
        let factors = scale.value(at: time) * pose.scale
        let angles = SIMD3(
            rotationX.value(at: time) + pose.rotationX, rotationY.value(at: time) + pose.rotationY,
            rotation.value(at: time) + pose.rotationZ)
        var model = Matrix4.translation(x: place.x, y: place.y, z: depth.value(at: time))
        if angles.z != 0 { model = model * .rotationZ(angles.z) }
        if angles.y != 0 { model = model * .rotationY(angles.y) }
        if angles.x != 0 { model = model * .rotationX(angles.x) }
        if factors != Point(x: 1, y: 1) { model = model * .scale(x: factors.x, y: factors.y) }
        return model * .translation(x: -anchor.x * size.width, y: -anchor.y * size.height)
    }
}

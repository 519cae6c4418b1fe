package import Drawing

/// Looks where elements are in every frame in which nothing comes or goes.
struct GeometryCheck {
    let composition: Composition
    let area: SafeArea?
    /// Leaves out all but disclosures.
    let onlyDisclosures: Bool

    init(composition: Composition, layout: TemplateLayout?, onlyDisclosures: Bool = false) {
        self.composition = composition
        self.onlyDisclosures = onlyDisclosures
        area = layout?.safeArea.flatMap(SafeArea.named)
    }

    func run(add: (Diagnostic) -> Void) {
        for scene in composition.resolvedScenes {
            let base = LocalView(camera: composition.camera, model: .identity)
            for chain in scene.leaves { check(chain, base: base, scene: scene, add: add) }
        }
    }

    /// Follows an element through its scene.
    private func check(_ chain: [PlacedElement], base: LocalView, scene: ResolvedScene, add: (Diagnostic) -> Void) {
        guard let element = chain.last else { return }
        let isText: Bool
        var isDisclosure = false
        if case .text(let text) = element.element { isDisclosure = text.isDisclosure }
        if onlyDisclosures, !isDisclosure { return }
        switch element.element {
        case .text, .countdown, .flipCounter, .waterfall, .popups, .order, .odometer, .stock: isText = true
        case .progress(let content): isText = content.label != nil
        case .group, .shape, .image, .avatar, .ticker, .particles: isText = false
        }
        let canvas = composition.size
        let frames = composition.restingFrames(of: chain, in: scene)
        guard let first = frames.first, let last = frames.last else { return }
        let isStill = chain.allSatisfy { $0.placement.isStillAtRest && $0.life == nil }
        func span(_ holds: (Rect) -> Bool) -> ClosedRange<Int>? {
            func holdsAt(_ frame: Int) -> Bool {
                let time = scene.time(FrameTime(frame: frame), rate: composition.rate)
                return chain.sight(at: time, in: composition.tracks, base: base).map { holds($0.rect) } ?? false
            }
            if isStill { return holdsAt(first) ? first...last : nil }
            for range in frames.ranges { if let span = FrameSpan.holding(in: range, holdsAt) { return span } }
            return nil
        }
        func found(_ code: Diagnostic.Code, _ message: String, _ hint: String, _ span: ClosedRange<Int>?, isError: Bool)
        {
            add(
                Diagnostic(
                    code, message, hint: hint, place: element.place, frames: span.map(scene.inVideo),
                    severity: isError ? .error : .warning))
        }
        if span({ $0.touches(canvas) }) == nil {
            found(
                isDisclosure ? .disclosure : .outsideFrame, "the element is never in the frame",
                "check its position and its group's", first...last, isError: isText)
        } else if isText, let span = span({ !$0.lies(in: canvas) }) {
            found(
                isDisclosure ? .disclosure : .outsideFrame, "the element's box reaches out of the frame",
                "move it or make it smaller", span, isError: isDisclosure)
        } else if isText, let area, let span = span({ !area.contains($0, canvas: canvas) }) {
            found(
                .outsideSafeArea, "the element lies where the platform's buttons are (\(area.name))",
                "move it into the safe area", span, isError: false)
        }
    }
}

extension Rect {
    /// True when some of it is on a canvas.
    func touches(_ canvas: PixelSize) -> Bool {
        maxX > 0 && maxY > 0 && x < Double(canvas.width) && y < Double(canvas.height)
    }

    /// True when all of it is on a canvas, but for half a pixel.
    func lies(in canvas: PixelSize) -> Bool {
        x >= -0.5 && y >= -0.5 && maxX <= Double(canvas.width) + 0.5 && maxY <= Double(canvas.height) + 0.5
    }

    /// What two have in common; empty when they are apart.
    package func intersection(_ other: Rect) -> Rect {
        let (left, top) = (max(x, other.x), max(y, other.y))
        return Rect(
            x: left, y: top, width: max(0, min(maxX, other.maxX) - left), height: max(0, min(maxY, other.maxY) - top))
    }
}

extension Placement {
    /// True when it stays where it is while it neither comes nor goes.
    var isStillAtRest: Bool {
        (size?.isConstant ?? true) && position.isConstant && opacity.isConstant && scale.isConstant
            && rotation.isConstant && rotationX.isConstant && rotationY.isConstant && depth.isConstant
    }
}

extension ResolvedScene {
    /// The frames, since the scene began, in which an element neither comes nor goes.
    ///
    /// What goes as soon as it has come is looked at half way.
    func restingFrames(of chain: [PlacedElement]) -> Range<Int> {
        var (first, last, start, end) = (FrameTime.zero, duration, FrameTime.zero, duration)
        for element in chain {
            var rest = (element.lifetime.lowerBound, min(element.lifetime.upperBound, duration))
            (start, end) = (max(start, rest.0), min(end, rest.1))
            rest = (rest.0 + element.entering, rest.1 - element.leaving)
            (first, last) = (max(first, rest.0), min(last, rest.1))
        }
        func frames(_ from: FrameTime, _ to: FrameTime) -> Range<Int> {
            let ticks = FrameTime.ticksPerFrame
            let (from, to) = ((from.ticks + ticks - 1) / ticks, (to.ticks + ticks - 1) / ticks)
            return from..<max(from, to)
        }
        let rest = frames(first, last)
        guard rest.isEmpty else { return rest }
        let all = frames(start, end)
        let middle = (all.lowerBound + all.upperBound) / 2
        return all.isEmpty ? all : middle..<middle + 1
    }

    /// Frames of the scene as frames of the video.
    func inVideo(_ local: ClosedRange<Int>) -> ClosedRange<Int> {
        (frames.lowerBound + local.lowerBound)...(frames.lowerBound + local.upperBound)
    }
}

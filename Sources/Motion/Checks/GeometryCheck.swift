internal import Drawing

/// Looks where elements are at several moments.
struct GeometryCheck {
    let composition: Composition
    let area: SafeArea?
    /// Leaves out all but disclosures.
    let onlyDisclosures: Bool
    private static let moments = 24

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
        var isOut = true
        var isCut = false
        var isUnsafe = false
        for moment in restingMoments(chain, scene: scene) {
            guard let rect = chain.sight(at: moment, base: base)?.rect else { continue }
            let canvas = composition.size.bounds.rect
            let inside =
                rect.x >= -0.5 && rect.y >= -0.5 && rect.maxX <= canvas.width + 0.5 && rect.maxY <= canvas.height + 0.5
            if rect.maxX > 0, rect.maxY > 0, rect.x < canvas.width, rect.y < canvas.height { isOut = false }
            if !inside { isCut = true }
            if let area, !area.contains(rect, canvas: composition.size) { isUnsafe = true }
        }
        if isOut {
            add(
                Diagnostic(
                    isDisclosure ? .disclosure : .outsideFrame, "the element is never in the frame",
                    hint: "check its position and its group's",
                    place: element.place, severity: isText ? .error : .warning))
        } else if isText, isCut {
            add(
                Diagnostic(
                    isDisclosure ? .disclosure : .outsideFrame, "the element's box reaches out of the frame",
                    hint: "move it or make it smaller",
                    place: element.place, severity: isDisclosure ? .error : .warning))
        } else if isText, isUnsafe, let area {
            add(
                Diagnostic(
                    .outsideSafeArea, "the element lies where the platform's buttons are (\(area.name))",
                    hint: "move it into the safe area", place: element.place, severity: .warning))
        }
    }

    /// Moments spread over the time in which nothing comes or goes any more.
    private func restingMoments(_ chain: [PlacedElement], scene: ResolvedScene) -> [FrameTime] {
        var (first, last) = (FrameTime.zero, scene.duration)
        for element in chain {
            var (start, end) = (element.lifetime.lowerBound, min(element.lifetime.upperBound, scene.duration))
            if let enter = element.placement.enter {
                start = start + enter.delay + enter.duration + FrameTime(ticks: enter.stagger.ticks * element.ordinal)
            }
            if let exit = element.placement.exit {
                end = end - exit.delay - exit.duration - FrameTime(ticks: exit.stagger.ticks * element.ordinal)
            }
            (first, last) = (max(first, start), min(last, end))
        }
        // What goes as soon as it has come is looked at half way.
        if first >= last, let element = chain.last {
            let end = min(element.lifetime.upperBound, scene.duration)
            guard element.lifetime.lowerBound < end else { return [] }
            return [FrameTime(ticks: (element.lifetime.lowerBound.ticks + end.ticks) / 2)]
        }
        let span = last.ticks - first.ticks
        return (0..<Self.moments).map { FrameTime(ticks: first.ticks + span * $0 / Self.moments) }
    }
}

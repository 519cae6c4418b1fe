import Drawing

extension FlapPainter {
    /// Pixels by which the housing reaches beyond the card.
    static func margin(_ geometry: FlapGeometry) -> Double { (geometry.height * 0.028).rounded(.up) }

    /// The recess that a card hangs in, lit from above: dark under its upper rim, a light lip below.
    func housing() -> LayerContent {
        let margin = Self.margin(geometry)
        let (width, height) = (geometry.width, geometry.height)
        let well = Rect(x: -margin, y: -margin, width: width + 2 * margin, height: height + 2 * margin)
        let radius = geometry.radius + margin
        func black(_ alpha: Double) -> Color { Color.black.multiplyingAlpha(by: alpha) }
        func vertical(_ stops: [Gradient.Stop]) -> Paint {
            .gradient(
                .linear(from: Point(x: 0, y: well.y), to: Point(x: 0, y: well.maxY), stops: stops))
        }
        let deep = style.housing.mixed(with: .black, fraction: 0.45)
        let lip = style.housing.mixed(with: .white, fraction: 0.2 + 0.12 * style.gloss)
        var nodes: [Node] = [
            .path(
                PathNode(
                    path: .roundedRect(well, radius: radius),
                    paint: vertical([.init(0, deep), .init(0.12, style.housing), .init(1, style.housing)]))),
            .path(
                PathNode(
                    path: .roundedRect(well.insetBy(0.5), radius: radius - 0.5),
                    style: .stroke(Stroke(width: max(1, geometry.hairline))),
                    paint: vertical([.init(0, black(0.55)), .init(0.5, black(0.2)), .init(0.85, lip), .init(1, lip)]))),
        ]
        nodes += waitingLeaves(margin: margin)
        nodes += pins()
        return LayerContent(bounds: well.insetBy(-1), nodes: nodes)
    }

    /// The edges of leaves that hang behind the lower one and stand behind the upper one.
    private func waitingLeaves(margin: Double) -> [Node] {
        let (width, height, radius) = (geometry.width, geometry.height, geometry.radius)
        let step = margin * 0.3
        return [2, 1].flatMap { depth -> [Node] in
            let inset = step * Double(depth) * 0.9
            let reach = step * Double(depth)
            let body = Rect(x: inset, y: -reach, width: width - 2 * inset, height: height + 2 * reach)
            let color = style.card.mixed(with: .black, fraction: 0.3 + 0.18 * Double(depth))
            return [
                .path(
                    PathNode(
                        path: .roundedRect(body, radius: radius),
                        paint: .gradient(
                            .linear(
                                from: Point(x: 0, y: body.y), to: Point(x: 0, y: body.maxY),
                                stops: [
                                    .init(0, color.mixed(with: .white, fraction: 0.16)), .init(0.02, color),
                                    .init(1, color.mixed(with: .black, fraction: 0.2)),
                                ]))))
            ]
        }
    }

    /// The axis across the gap, and a turned pin at either end.
    private func pins() -> [Node] {
        let notch = geometry.notch
        let reach = notch.height
        let gap = Rect(
            x: 0, y: geometry.hinge - reach - 1, width: geometry.width, height: 2 * reach + 2)
        let dark = style.housing.mixed(with: .black, fraction: 0.7)
        var nodes: [Node] = [.path(PathNode(path: .rect(gap), paint: .solid(dark)))]
        let pin = style.pin
        for isRight in [false, true] {
            let inset = notch.width * 0.18
            let rect = Rect(
                x: isRight ? geometry.width - notch.width + inset : inset * 0.2,
                y: geometry.hinge - reach * 0.8, width: notch.width - inset * 1.2, height: reach * 1.6)
            // A cylinder that lies across: bright where it looks up to the lamp.
            let paint = Paint.gradient(
                .linear(
                    from: Point(x: 0, y: rect.y), to: Point(x: 0, y: rect.maxY),
                    stops: [
                        .init(0, pin.mixed(with: .black, fraction: 0.35)), .init(0.28, pin.mixed(with: .white, fraction: 0.55)),
                        .init(0.5, pin), .init(1, pin.mixed(with: .black, fraction: 0.65)),
                    ]))
            nodes.append(.path(PathNode(path: .roundedRect(rect, radius: notch.width * 0.2), paint: paint)))
        }
        return nodes
    }
}

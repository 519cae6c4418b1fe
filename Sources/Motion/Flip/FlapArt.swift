package import Drawing

/// The drawings of every card of a drum, made once: a moving board only places and lights them.
package struct FlapArt: Sendable {
    /// The two halves of a card, in card pixels, and both together.
    package struct Card: Sendable {
        /// The leaf above the hinge.
        package let upper: LayerContent
        /// The leaf below the hinge.
        package let lower: LayerContent
        /// What a cell at rest shows.
        package let whole: LayerContent
    }

    /// The measures.
    package let geometry: FlapGeometry
    /// The free edge of a leaf, as wide as a card and as high as a leaf is thick.
    package let edge: LayerContent
    /// What a leaf throws on the card below it: soft at its lower end, from the hinge down.
    package let shadow: LayerContent
    /// What a cell stands in: recess, pins, and the edges of the leaves that wait.
    package let housing: LayerContent
    /// Light and space.
    package let stage: FlapStage
    private let digits: [[Card]]
    private let blank, minus, blurred: Card
    private let units: [Card]

    /// Draws the cards of `print`; `units` are 万 and 亿, where the board has them.
    package init(
        geometry: FlapGeometry, style: FlipStyle, print: FlapPrint, units: FlapPrint?, minus: FlapPrint?
    ) {
        self.geometry = geometry
        let painter = FlapPainter(geometry: geometry, style: style, id: LayerID("flap"))
        func center(_ print: FlapPrint, _ index: Int, _ paint: Paint) -> [Node] {
            print.nodes(index, centeredAt: Point(x: geometry.width / 2, y: geometry.hinge), paint: paint)
        }
        let ink = painter.ink(from: geometry.hinge - (print.bottom - print.top) / 2, height: print.bottom - print.top)
        let count = print.glyphs.count
        let glyphs = (0..<count).map { center(print, $0, ink) }
        digits = (0..<count).map { index in
            [
                painter.card(glyphs[index]),
                painter.card(painter.smeared([(glyphs[index], 0.85)], length: 0.05)),
                painter.card(
                    painter.smeared(
                        [
                            (glyphs[(index + count - 1) % count], 0.3), (glyphs[(index + 1) % count], 0.3),
                            (glyphs[index], 0.5),
                        ], length: 0.12)),
            ]
        }
        blank = painter.card([])
        self.minus = painter.card(minus.map { center($0, 0, ink) } ?? [])
        // All glyphs at once, each at a share: what an eye sees that cannot follow.
        let share = min(0.3, 2.2 / Double(max(1, count)))
        blurred = painter.card(painter.smeared(glyphs.prefix(24).map { ($0, share) }, length: 0.2))
        self.units = units.map { units in units.glyphs.indices.map { painter.card(center(units, $0, ink)) } } ?? []
        edge = painter.edge()
        shadow = painter.shadow()
        housing = painter.housing()
        stage = FlapStage(geometry: geometry, gloss: style.gloss)
    }

    /// The drawings of a face.
    package func card(_ face: FlapFace) -> Card {
        switch face.glyph {
        case 0...:
            let index = Int(face.glyph)
            return index < digits.count ? digits[index][min(2, Int(face.smear))] : blank
        case FlapFace.minus.glyph: return minus
        case FlapFace.blurred.glyph: return blurred
        case FlapFace.tenThousands.glyph: return units.first ?? blank
        case FlapFace.hundredMillions.glyph: return units.count > 1 ? units[1] : blank
        default: return blank
        }
    }
}

/// Draws the parts of a card.
struct FlapPainter {
    let geometry: FlapGeometry
    let style: FlipStyle
    let id: LayerID

    private var width: Double { geometry.width }
    private var height: Double { geometry.height }
    private var hinge: Double { geometry.hinge }

    /// The colours of the print over its height.
    func ink(from top: Double, height: Double) -> Paint {
        .gradient(
            .linear(
                from: Point(x: 0, y: top), to: Point(x: 0, y: top + height),
                stops: [.init(0, style.digit), .init(1, style.digitLow)]))
    }

    /// Both halves with `print` on them.
    func card(_ print: [Node]) -> FlapArt.Card {
        let upper = LayerContent(
            bounds: Rect(x: 0, y: 0, width: width, height: hinge),
            nodes: upperBody + cut(print, from: 0, to: hinge - geometry.gap) + upperLight)
        let lower = LayerContent(
            bounds: Rect(x: 0, y: hinge, width: width, height: height - hinge),
            nodes: lowerBody + cut(print, from: hinge + geometry.gap, to: height) + lowerLight)
        let whole = LayerContent(
            bounds: Rect(x: 0, y: 0, width: width, height: height),
            nodes: [
                .layer(Layer(id: id.child("upper"), content: upper)),
                .layer(Layer(id: id.child("lower"), content: lower)),
            ])
        return FlapArt.Card(upper: upper, lower: lower, whole: whole)
    }

    /// The part of the print that is on one leaf: there is none in the gap between them.
    private func cut(_ print: [Node], from top: Double, to bottom: Double) -> [Node] {
        guard !print.isEmpty else { return [] }
        let content = LayerContent(bounds: Rect(x: 0, y: 0, width: width, height: height), nodes: print)
        let clip = Clip(Rect(x: 0, y: top, width: width, height: bottom - top))
        return [.layer(Layer(id: id.child("print"), content: content, clip: clip))]
    }

    /// Drawings drawn out along the way of the drum, each at a share: blurred narrow, then stretched downwards.
    func smeared(_ drawings: [(nodes: [Node], share: Double)], length: Double) -> [Node] {
        let squeeze = 8.0
        let bounds = Rect(x: 0, y: 0, width: width, height: height)
        var inner: [Node] = []
        for (index, drawing) in drawings.enumerated() {
            inner.append(
                .layer(
                    Layer(
                        id: id.child("ghost", index), content: LayerContent(bounds: bounds, nodes: drawing.nodes),
                        matrix: .scale(x: 1, y: 1 / squeeze),
                        opacity: UInt8((255 * drawing.share).rounded()))))
        }
        let narrow = LayerContent(
            bounds: Rect(x: 0, y: 0, width: width, height: height / squeeze), nodes: inner)
        return [
            .layer(
                Layer(
                    id: id.child("smear"), content: narrow, matrix: .scale(x: 1, y: squeeze),
                    effects: [.blur(sigma: Fixed.steps(height * length / squeeze))]))
        ]
    }

    private func shade(_ amount: Double) -> Color { style.card.mixed(with: .black, fraction: amount) }
    private func tint(_ amount: Double) -> Color { style.card.mixed(with: .white, fraction: amount) }
    private func white(_ alpha: Double) -> Color { Color.white.multiplyingAlpha(by: alpha * style.gloss) }
    private func black(_ alpha: Double) -> Color { Color.black.multiplyingAlpha(by: alpha) }

    private func vertical(_ from: Double, _ to: Double, _ stops: [Gradient.Stop]) -> Paint {
        .gradient(.linear(from: Point(x: 0, y: from), to: Point(x: 0, y: to), stops: stops))
    }

    /// A leaf's outline: round outer corners, square at the hinge, with a notch for the pin at either side.
    private func outline(upper: Bool, inset: Double) -> Path {
        let r = max(0, geometry.radius - inset)
        let (left, right) = (inset, width - inset)
        let (outer, inner) =
            upper ? (inset, hinge - geometry.gap - inset) : (height - inset, hinge + geometry.gap + inset)
        let toward: Double = upper ? 1 : -1
        let notch = geometry.notch
        let (nx, ny) = (notch.width + inset, inner - toward * notch.height)
        let k = r * (1 - 0.552_284_749_830_793_4)
        var path = Path()
        path.move(to: Point(x: left, y: outer + toward * r))
        path.cubic(
            Point(x: left, y: outer + toward * k), Point(x: left + k, y: outer), to: Point(x: left + r, y: outer))
        path.line(to: Point(x: right - r, y: outer))
        path.cubic(
            Point(x: right - k, y: outer), Point(x: right, y: outer + toward * k),
            to: Point(x: right, y: outer + toward * r))
        path.line(to: Point(x: right, y: ny))
        path.line(to: Point(x: width - nx, y: ny))
        path.line(to: Point(x: width - nx, y: inner))
        path.line(to: Point(x: nx, y: inner))
        path.line(to: Point(x: nx, y: ny))
        path.line(to: Point(x: left, y: ny))
        path.close()
        return path
    }

    private var upperBody: [Node] {
        let paint = vertical(
            0, hinge, [.init(0, tint(0.13 * style.gloss)), .init(0.25, style.card), .init(1, shade(0.16))])
        return [.path(PathNode(path: outline(upper: true, inset: 0), paint: paint))]
    }

    private var upperLight: [Node] {
        let line = geometry.hairline
        let rim = vertical(
            0, hinge, [.init(0, white(0.5)), .init(0.14, white(0.14)), .init(0.5, white(0.06)), .init(1, white(0.02))])
        let curve = vertical(hinge * 0.8, hinge, [.init(0, black(0)), .init(0.8, black(0.16)), .init(1, black(0.42))])
        return [
            .path(PathNode(path: outline(upper: true, inset: 0), paint: curve)),
            .path(
                PathNode(
                    path: outline(upper: true, inset: line / 2), style: .stroke(Stroke(width: line, join: .miter)),
                    paint: rim)),
        ]
    }

    private var lowerBody: [Node] {
        let paint = vertical(
            hinge, height,
            [.init(0, shade(0.2)), .init(0.3, shade(0.06)), .init(0.75, shade(0.1)), .init(1, shade(0.24))])
        return [.path(PathNode(path: outline(upper: false, inset: 0), paint: paint))]
    }

    private var lowerLight: [Node] {
        let line = geometry.hairline
        // The upper leaf stands a little further out, and shades the upper end of the lower one.
        let cast = vertical(
            hinge, hinge + height * 0.09, [.init(0, black(0.5)), .init(0.3, black(0.26)), .init(1, black(0))])
        let rim = vertical(
            hinge, height,
            [.init(0, white(0.26)), .init(0.08, white(0.05)), .init(0.8, white(0.02)), .init(1, black(0.4))])
        return [
            .path(PathNode(path: outline(upper: false, inset: 0), paint: cast)),
            .path(
                PathNode(
                    path: outline(upper: false, inset: line / 2), style: .stroke(Stroke(width: line, join: .miter)),
                    paint: rim)),
        ]
    }

    /// The free edge: lighter than the card's face, since it looks into the light while the leaf is half way.
    func edge() -> LayerContent {
        let thickness = geometry.thickness
        let path = Path.rect(
            Rect(x: geometry.radius * 0.6, y: 0, width: width - geometry.radius * 1.2, height: thickness))
        let paint = vertical(0, thickness, [.init(0, tint(0.3)), .init(0.5, tint(0.12)), .init(1, shade(0.35))])
        return LayerContent(
            bounds: Rect(x: 0, y: 0, width: width, height: thickness), nodes: [.path(PathNode(path: path, paint: paint))])
    }

    /// A shadow as high as a leaf, with an end as soft as a lamp of some size makes it.
    func shadow() -> LayerContent {
        let bounds = Rect(x: 0, y: hinge, width: width, height: hinge)
        // The shadow has a little of the colour of what is around: a grey one looks dirty on warm cards.
        let dark = style.housing.mixed(with: .black, fraction: 0.65)
        func black(_ alpha: Double) -> Color { dark.multiplyingAlpha(by: alpha) }
        let paint = vertical(
            hinge, height,
            [
                .init(0, black(0.72)), .init(0.45, black(0.64)), .init(0.65, black(0.46)), .init(0.82, black(0.2)),
                .init(0.93, black(0.06)), .init(1, black(0)),
            ])
        return LayerContent(bounds: bounds, nodes: [.path(PathNode(path: .rect(bounds), paint: paint))])
    }
}

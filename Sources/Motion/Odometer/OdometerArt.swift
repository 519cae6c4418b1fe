import Drawing
import Typesetting

/// The drawings of an odometer: wheels at rest and at speed, and what stands between them.
///
/// Each is drawn once into a cached layer; a frame only moves them behind the window.
struct OdometerArt: Sendable {
    /// A wheel in one size.
    struct Wheel: Sendable {
        /// The width of every figure's cell, whole pixels.
        let cell: Double
        /// The wheel at rest, then smeared by ever more of a turn.
        let strips: [LayerContent]
        /// The wheel at a speed at which no figure is left to see.
        let smear: LayerContent
    }

    /// Text beside the wheels.
    struct Sign: Sendable {
        let content: LayerContent
        let width: Double
    }

    /// Places that a wheel turns while the shutter is open, for each smeared strip.
    static let smears = [0.18, 0.4, 0.8, 1.5]
    /// From here on figures are a blur.
    static let blurredFrom = 2.2

    let wheel, smallWheel: Wheel
    let comma, point, smallPoint, minus: Sign
    let prefix: Sign?
    /// Behind the number, by unit: none, 万, 亿.
    let suffixes: [Sign?]
    /// The distance from one figure of a wheel to the next, and the height of the window.
    let pitch: Double
    /// How far the window fades at its upper and lower edge.
    let fade: Double
    /// The size of figures in pixels to an em.
    let size: Double

    init(
        look: TextLook, format: OdometerFormat, box: Size?, smallDecimals: Double, prefix: String, suffix: String,
        signScale: Double, id: LayerID, with typesetter: SharedTypesetter
    ) throws(TypesettingError) {
        let trial = try OdometerFigures(look: look, size: 256, with: typesetter)
        var size = look.size
        let height = box?.height ?? max(1, (look.size > 0 ? look.size : 120) * 1.3)
        pitch = max(2, height.rounded())
        if size <= 0 {
            size = 256 * pitch * 0.7 / max(1, trial.height)
            if let box {
                let commas = format.groups ? Double(max(0, format.places - format.decimals - 1) / 3) : 0
                let ems = Double(prefix.count + suffix.count) * 256 * signScale
                let wide = Double(format.places) * trial.cell + commas * trial.cell * 0.4 + ems
                size = min(size, 256 * box.width / max(1, wide))
            }
        }
        size = max(1, min(2000, size))
        self.size = size
        let figures = try OdometerFigures(look: look, size: size, with: typesetter)
        let baseline = ((pitch + figures.height) / 2).rounded()
        fade = max(1, ((pitch - figures.height) / 2 * 0.9).rounded(.down))
        let small = try OdometerFigures(look: look, size: max(1, size * smallDecimals), with: typesetter)
        wheel = Self.wheel(figures, pitch: pitch, baseline: baseline, id: id.child("wheel"))
        smallWheel = Self.wheel(small, pitch: pitch, baseline: baseline, id: id.child("small"))
        func sign(_ text: String, _ scale: Double) throws(TypesettingError) -> Sign {
            var look = look
            look.size = max(1, size * scale)
            let set = try Self.set(text, look, with: typesetter)
            let runs = set.runs.map {
                SetText.Run(run: $0.run.offsetBy(x: 0, y: Fixed.steps(baseline - set.baseline)), span: 0)
            }
            let area = Rect(x: 0, y: baseline - figures.height, width: max(1, set.width), height: figures.height)
            let nodes = LetterPainter.nodes(
                runs, looks: [look], fills: [look.fill.paint(at: .zero, in: area)], id: id.child("sign"))
            return Sign(content: .enclosing(nodes), width: set.width.rounded(.up))
        }
        comma = try sign(",", 1)
        point = try sign(".", 1)
        smallPoint = try sign(".", smallDecimals)
        minus = try sign("-", 1)
        self.prefix = prefix.isEmpty ? nil : try sign(prefix, signScale)
        var suffixes: [Sign?] = []
        for unit in ["", "万", "亿"] {
            let text = unit + suffix
            suffixes.append(text.isEmpty ? nil : try sign(text, signScale))
        }
        self.suffixes = suffixes
    }

    /// The drawing of a wheel that turns by `extent` places while the shutter is open; nil is the smear.
    static func strip(_ extent: Double) -> Int? {
        if extent >= blurredFrom { return nil }
        guard extent > smears[0] / 2 else { return 0 }
        var best = 0
        for (index, smear) in smears.enumerated() where abs(smear - extent) < abs(smears[best] - extent) {
            best = index
        }
        return best + 1
    }

    static func set(
        _ text: String, _ look: TextLook, with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> (runs: [SetText.Run], width: Double, baseline: Double) {
        let layout = try typesetter.layout(
            RichText(text, style: look.style(tabular: true)), options: ParagraphOptions())
        return (
            layout.runs.map { SetText.Run(run: $0.run, span: 0) }, layout.textWidth, layout.lines.first?.baseline ?? 0
        )
    }

    private static func wheel(
        _ figures: OdometerFigures, pitch: Double, baseline: Double, id: LayerID
    ) -> Wheel {
        // The figure 0 lies at y = 0; 9 above it and 0 below 9 once more, so that any place between two figures is on the strip.
        func rect(_ cells: ClosedRange<Int>, margin: Double) -> Rect {
            Rect(
                x: -margin, y: Double(cells.lowerBound) * pitch, width: figures.cell + 2 * margin,
                height: Double(cells.count) * pitch)
        }
        let reach = figures.reach
        var still: [Node] = []
        for cell in -1...10 {
            still += figures.nodes(
                (cell + 20) % 10, x: 0, baseline: baseline + Double(cell) * pitch, id: id.child("cell", cell + 1))
        }
        // What is smeared: letters alone, with more figures at both ends.
        let plain = LayerContent(
            bounds: rect(-3...12, margin: reach),
            nodes: (-3...12).flatMap {
                figures.letters(($0 + 20) % 10, x: 0, baseline: baseline + Double($0) * pitch)
            })
        var strips = [LayerContent(bounds: rect(-1...10, margin: figures.margin), nodes: still)]
        for extent in smears {
            // A mean of eight means of eight: 64 places of the shutter for the price of 16.
            let fine = mean(
                of: plain, over: extent * pitch / 8, samples: 8, bounds: rect(-2...11, margin: reach), id: id)
            strips.append(
                mean(of: fine, over: extent * pitch, samples: 8, bounds: rect(-1...10, margin: reach), id: id))
        }
        // 96 places to a figure: with fewer, level strokes leave the teeth of a comb.
        let finest = mean(of: plain, over: pitch / 24, samples: 4, bounds: rect(-3...12, margin: reach), id: id)
        let fine = mean(of: finest, over: pitch / 4, samples: 6, bounds: rect(-2...12, margin: reach), id: id)
        let middle = mean(of: fine, over: pitch, samples: 4, bounds: rect(-1...11, margin: reach), id: id)
        // All ten figures pass while the shutter is open.
        let whole = mean(
            of: middle, over: 10 * pitch, samples: 10, center: -4.5 * pitch, bounds: rect(0...0, margin: reach), id: id)
        return Wheel(cell: figures.cell, strips: strips, smear: whole)
    }

    /// A blur that nobody sees. A layer with a filter is drawn once and kept, where one that only holds a mean would be drawn into its parent
    /// anew in every frame in which it happens to lie on whole pixels.
    static let softening: [Effect] = [.blur(sigma: 16)]

    /// The mean of a content at evenly spread places over `extent` pixels down, around `center`.
    private static func mean(
        of content: LayerContent, over extent: Double, samples: Int, center: Double = 0, bounds: Rect, id: LayerID
    ) -> LayerContent {
        var weights = [Int32](repeating: Int32(65536 / samples), count: samples)
        weights[0] += Int32(65536 % samples)
        return LayerContent(
            bounds: bounds,
            nodes: [
                .accumulate(
                    Accumulate(
                        samples: (0..<samples).map { sample in
                            let shift = ((Double(sample) + 0.5) / Double(samples) - 0.5) * extent + center
                            return Accumulate.Sample(
                                content: LayerContent(
                                    bounds: bounds,
                                    nodes: [
                                        .layer(
                                            Layer(
                                                id: id.child("sample", sample), content: content,
                                                matrix: .translation(x: 0, y: shift), effects: softening))
                                    ]), weight: weights[sample])
                        }))
            ])
    }
}

/// The ten figures in one size, each in the middle of a cell of the widest.
struct OdometerFigures: Sendable {
    private let figures: [(runs: [SetText.Run], x: Double, baseline: Double)]
    private let look: TextLook
    let cell: Double
    /// From the top of the highest figure to the baseline.
    let height: Double
    /// Room for outlines beside a cell, and for shadows and glows as well.
    let reach, margin: Double

    init(look: TextLook, size: Double, with typesetter: SharedTypesetter) throws(TypesettingError) {
        var look = look
        look.size = size
        self.look = look
        var sets: [(runs: [SetText.Run], width: Double, baseline: Double)] = []
        for digit in 0..<10 { sets.append(try OdometerArt.set("\(digit)", look, with: typesetter)) }
        let cell = ((sets.map(\.width).max() ?? 1) + look.letterSpacing).rounded()
        self.cell = max(1, cell)
        figures = sets.map { ($0.runs, (cell - $0.width) / 2, $0.baseline) }
        let top = sets.map { set in set.runs.map { $0.run.bounds.y }.min().map { set.baseline - $0 } ?? 0 }
        height = max(1, top.max() ?? size * 0.7)
        reach = (look.outlineReach + 2).rounded(.up)
        margin = (look.outlineReach + max(look.glow?.blur ?? 0, look.shadow?.blur ?? 0) * 3 + 2).rounded(.up)
    }

    private func runs(_ digit: Int, x: Double, baseline: Double) -> [SetText.Run] {
        let figure = figures[digit]
        return figure.runs.map {
            SetText.Run(
                run: $0.run.offsetBy(x: Fixed.steps(x + figure.x), y: Fixed.steps(baseline - figure.baseline)), span: 0)
        }
    }

    private func fill(_ x: Double, _ baseline: Double) -> Paint {
        look.fill.paint(at: .zero, in: Rect(x: x, y: baseline - height, width: cell, height: height))
    }

    /// Outline and letter alone.
    func letters(_ digit: Int, x: Double, baseline: Double) -> [Node] {
        LetterPainter.letters(
            runs(digit, x: x, baseline: baseline), looks: [look], fills: [fill(x, baseline)])
    }

    /// With everything that the look asks for.
    func nodes(_ digit: Int, x: Double, baseline: Double, id: LayerID) -> [Node] {
        LetterPainter.nodes(
            runs(digit, x: x, baseline: baseline), looks: [look], fills: [fill(x, baseline)], id: id)
    }
}

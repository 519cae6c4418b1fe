package import Drawing
import Typesetting

/// Rolling figures that show a measure.
package struct OdometerSpecification: ElementSpecification {
    package static let kind = "odometer"
    package static let summary = "Rolling figures that follow a measure, each wheel carried on by the one right of it."

    private let measure: String
    private let start: Int64?
    private let places: Int
    private let decimals: Int
    private let unit: CounterFormat.Unit
    private let leading: OdometerLeading
    private let groups: Bool
    private let span: FrameTime
    private let align: ParagraphOptions.Alignment
    private let prefix: String?
    private let suffix: String
    private let signScale, smallDecimals: Double
    private let look: TextLook

    package init?(from fields: FieldDecoder) {
        var base = TextLook(size: 0)
        (base.family, base.weight) = ("Bebas Neue", 700)
        look = TextLook(from: fields, base: base)
        places = fields.value(Self.digits, default: 1)
        decimals = fields.value(Self.decimals, default: 0)
        unit = fields.value(Self.unit, default: .none)
        leading = fields.value(Self.leading, default: .blank)
        groups = fields.value(Self.grouping, default: true)
        let rate = fields.context.environment.rate
        span = fields.value(Self.span, default: FrameTime(seconds: 0.9, rate: rate))
        align = fields.value(Self.align, default: .center)
        prefix = fields.optional(Self.prefix)
        suffix = fields.value(Self.suffix, default: "")
        signScale = fields.value(Self.signScale, default: 0.6)
        smallDecimals = fields.value(Self.smallDecimals, default: 1)
        start = fields.optional(Self.start).map(Int64.init)
        guard let measure = fields.required(Self.measure) else { return nil }
        self.measure = measure
        let isMoney = fields.context.environment.moneyMeasures.contains(measure)
        if decimals > 0, !isMoney {
            fields.report(
                .type, "\"\(measure)\" is a count, which has no decimals", hint: "remove the key", at: Self.decimals)
            return nil
        }
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        guard let index = context.measure(measure) else { return nil }
        let isMoney = context.tracks[index.ordinal].isMoney
        let format = OdometerFormat(
            places: places, decimals: decimals, isMoney: isMoney, unit: unit, showsZeros: leading == .zero,
            groups: groups)
        let glide = NumberGlide(.measure(index), span: span, start: context.sceneStart, from: start)
        let prefix = prefix ?? (isMoney ? "¥" : "")
        do {
            let art = try OdometerArt(
                look: look, format: format, box: context.box, smallDecimals: smallDecimals, prefix: prefix,
                suffix: suffix, signScale: signScale, id: context.id, with: context.typesetter)
            let content = OdometerContent(
                glide: glide, format: format, art: art, box: context.box, alignment: align,
                end: context.sceneStart + context.sceneDuration, tracks: context.tracks)
            if let box = context.box, content.natural > box.width + 0.5 {
                context.report(
                    .range, "the figures need \(Int(content.natural.rounded(.up))) px and have \(Int(box.width))",
                    hint: "make the box wider or fontSize smaller, or abbreviate with unit: automatic",
                    severity: .warning)
            }
            context.note(
                TextFact(
                    place: context.place, scene: context.sceneOrdinal, text: prefix + suffix, size: art.size,
                    wantedSize: art.size, isTruncated: false, overflows: false, isDisclosure: false))
            return .odometer(content)
        } catch {
            context.report(error)
            return nil
        }
    }
}

/// What an odometer shows left of its number.
private enum OdometerLeading: String, Hashable, Sendable, CaseIterable {
    case blank, zero
}

extension OdometerSpecification {
    private static let measure = Field("measure", Name.type, "The measure that it shows.", isRequired: true)
    private static let start = Field(
        "from", ValueType<Int>.whole(-1_000_000_000_000...1_000_000_000_000),
        "What it shows before the scene begins, in the measure's own unit; else what the measure is then.")
    private static let digits = Field(
        "digits", ValueType<Int>.whole(1...15),
        "Places that figures are sized for, decimals included, and that are kept free unless the number stands in the middle."
    )
    private static let decimals = Field(
        "decimals", ValueType<Int>.whole(0...2), "Decimals of money; 0 cuts the fen off.")
    private static let unit = Field(
        "unit", ValueType<CounterFormat.Unit>.choice,
        "How large numbers are abbreviated: automatic shows tenths of 万 and 亿.")
    private static let leading = Field(
        "leading", ValueType<OdometerLeading>.choice, "What the places left of the number show.")
    private static let grouping = Field(
        "grouping", ValueType<Bool>.boolean, "Whether commas part groups of three figures.")
    private static let span = Field(
        "glide", ValueType<FrameTime>.duration(0...10), "How long the wheels take from one number to the next.")
    private static let align = Field(
        "align", ValueType<ParagraphOptions.Alignment>.choice, "Where the number stands across its box.")
    private static let prefix = Field(
        "prefix", ValueType<String>.text(maximum: 20), "What stands before the number; ¥ for money.")
    private static let suffix = Field("suffix", ValueType<String>.text(maximum: 20), "What stands behind it.")
    private static let signScale = Field(
        "signScale", ValueType<Double>.number(0.2...1), "The size of prefix and suffix beside the figures.")
    private static let smallDecimals = Field(
        "decimalScale", ValueType<Double>.number(0.2...1), "The size of decimals beside the other figures.")

    package static let fields =
        [
            measure.schema, start.schema, digits.schema, decimals.schema, unit.schema, leading.schema, grouping.schema,
            span.schema, align.schema, prefix.schema, suffix.schema, signScale.schema, smallDecimals.schema,
        ] + TextLook.fields
}

/// Rolling figures, resolved.
package struct OdometerContent: ElementContent {
    package let size: Size
    private let glide: NumberGlide
    private let format: OdometerFormat
    private let art: OdometerArt
    private let alignment: ParagraphOptions.Alignment
    private let mask: LayerContent
    /// The width of the number that was known when it was made, at the scene's end.
    let natural: Double

    /// How long the shutter is open: half a frame.
    private static let shutter = FrameTime(ticks: FrameTime.ticksPerFrame / 2)

    init(
        glide: NumberGlide, format: OdometerFormat, art: OdometerArt, box: Size?,
        alignment: ParagraphOptions.Alignment, end: FrameTime, tracks: [MeasureTrack]
    ) {
        (self.glide, self.format, self.art, self.alignment) = (glide, format, art, alignment)
        let last = format.reading(of: glide, at: end, in: tracks)
        natural = Self.lanes(last, format, art, keepsRoom: alignment != .center).last?.x ?? 0
        size = box ?? Size(width: natural, height: art.pitch)
        // Room beside the box, so that outlines at its edges are not cut.
        let margin = (art.size * 0.4).rounded(.up)
        let window = Rect(x: -margin, y: 0, width: size.width.rounded(.up) + 2 * margin, height: art.pitch)
        let edge = art.fade / art.pitch
        let stops = [
            Gradient.Stop(0, .clear), Gradient.Stop(edge, .black), Gradient.Stop(1 - edge, .black),
            Gradient.Stop(1, .clear),
        ]
        mask = LayerContent(
            bounds: window,
            nodes: [
                .path(
                    PathNode(
                        path: .rect(window),
                        paint: .gradient(
                            .linear(from: Point(x: 0, y: 0), to: Point(x: 0, y: art.pitch), stops: stops))))
            ])
    }

    /// The number that is read off the wheels at rest, as text; nil while they turn.
    package func restingText(at time: FrameTime, in tracks: [MeasureTrack]) -> String? {
        let reading = format.reading(of: glide, at: time, in: tracks)
        let before = format.reading(of: glide, at: time - Self.shutter, in: tracks)
        guard reading == before, reading.number == reading.number.rounded() else { return nil }
        var text = ""
        for lane in Self.lanes(reading, format, art, keepsRoom: true) {
            switch lane.part {
            case .wheel(let place, _, let presence):
                guard presence > 0 else { continue }
                let turns = OdometerWheels.turns(reading.number, count: place + 1)[place]
                text += "\(Int(turns - (turns / 10).rounded(.down) * 10))"
            case .sign("prefix", _): break
            case .sign("suffix", _): text += ["", "万", "亿"][reading.unit]
            case .sign(let sign, let presence): text += presence > 0 ? sign : ""
            case .end: break
            }
        }
        return text
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let time = context.time.absolute
        let now = format.reading(of: glide, at: time, in: context.tracks)
        let before = format.reading(of: glide, at: time - Self.shutter, in: context.tracks)
        let lanes = Self.lanes(now, format, art, keepsRoom: alignment != .center)
        let width = lanes.last?.x ?? 0
        var left =
            switch alignment {
            case .start: 0.0
            case .center: (size.width - width) / 2
            case .end: size.width - width
            }
        // Whole pixels as long as no place comes or goes.
        if width == width.rounded() { left = left.rounded() }
        let count = OdometerWheels.count(now.number)
        let turns = OdometerWheels.turns(now.number, count: max(count, format.places))
        let isComparable = before.unit == now.unit && before.isNegative == now.isNegative
        let past = isComparable ? OdometerWheels.turns(before.number, count: turns.count) : turns
        var wheels: [Node] = []
        var signs: [Node] = []
        for (ordinal, lane) in lanes.enumerated() {
            switch lane.part {
            case .end: break
            case .sign(let text, let presence):
                guard presence > 0, let sign = art.sign(text, now, format) else { continue }
                signs.append(
                    .layer(
                        Layer(
                            id: context.id.child("sign", ordinal), content: sign.content,
                            matrix: .translation(x: left + lane.x, y: 0), opacity: UInt8((presence * 255).rounded()))))
            case .wheel(let place, let isSmall, let presence):
                guard presence > 0 else { continue }
                wheels.append(
                    wheel(
                        isSmall ? art.smallWheel : art.wheel, from: past[place], to: turns[place], x: left + lane.x,
                        opacity: UInt8((presence * 255).rounded()), id: context.id.child("wheel", place)))
            }
        }
        let windows = Layer(
            id: context.id.child("window"), content: LayerContent(bounds: mask.bounds.rect, nodes: wheels),
            mask: Mask(content: mask))
        return .enclosing(
            [.layer(windows)] + signs, including: Rect(x: 0, y: 0, width: size.width, height: art.pitch))
    }

    private func wheel(
        _ wheel: OdometerArt.Wheel, from: Double, to: Double, x: Double, opacity: UInt8, id: LayerID
    ) -> Node {
        // Measured from where the lower end of the shutter's time is, so that a wheel that hardly turns is not off its place.
        let middle = from == to ? to : (from + to) / 2
        guard let strip = OdometerArt.strip(abs(to - from)) else {
            return .layer(
                Layer(
                    id: id, content: wheel.smear, matrix: .translation(x: x, y: 0), opacity: opacity,
                    effects: OdometerArt.softening))
        }
        let place = strip == 0 ? to : middle
        let digit = place - (place / 10).rounded(.down) * 10
        return .layer(
            Layer(
                id: id, content: wheel.strips[strip],
                matrix: .translation(x: x, y: -(digit * art.pitch * 64).rounded() / 64), opacity: opacity,
                effects: strip == 0 ? [] : OdometerArt.softening, clip: Clip(mask.bounds.rect)))
    }
}

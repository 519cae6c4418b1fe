import Drawing
import Typesetting

/// Figures as text: every figure has the same cell, so that nothing moves when one changes.
struct CountdownPlain: Sendable {
    private let digits, urgentDigits: [LayerContent]
    private let ghost: LayerContent?
    private let signs: [(text: String, content: LayerContent, urgent: LayerContent, width: Double)]
    private let cell: Double
    /// The size that it takes without a box.
    let natural: Size

    init(
        _ slots: [CountdownFormat.Slot], look: CountdownLook, box: Size?, with typesetter: SharedTypesetter
    ) throws(TypesettingError) {
        var names: [String] = []
        for case .sign(let sign) in slots where !names.contains(sign) { names.append(sign) }
        let texts = (0..<10).map(String.init)
        func style(_ size: Double) -> TextStyle {
            TextStyle(family: look.family, weight: look.weight, size: size, tabularFigures: true)
        }
        // Widths of cells at 256 pixels to an em; everything else follows from them.
        var wide = 0.0
        for text in texts {
            wide = max(wide, try typesetter.layout(RichText(text, style: style(256)), options: ParagraphOptions()).width)
        }
        let count = Double(slots.filter { if case .digit = $0 { true } else { false } }.count)
        let trial = try FlapPrint(texts, style: style(256), extent: Size(width: 1e6, height: 1e6), largest: 256, with: typesetter)
        var unitWidth = count * wide
        for case .sign(let sign) in slots { unitWidth += try Self.signWidth(sign, style(256), with: typesetter) }
        let height = trial.bottom - trial.top
        let extent = box ?? Size(width: .infinity, height: 96)
        let size = max(1, min(extent.width / unitWidth, extent.height / height) * 256)
        let factor = size / 256
        cell = (wide * factor).rounded(.down)
        let print = try FlapPrint(texts, style: style(size), extent: Size(width: 1e6, height: 1e6), largest: size, with: typesetter)
        let line = print.bottom - print.top
        let middle = (box?.height ?? line) / 2
        let width = cell
        // Seven-segment figures keep their place in the cell: a 1 lights the right segments.
        func content(_ index: Int, _ color: Color) -> LayerContent {
            let glyph = print.glyphs[index]
            let y = Fixed.steps(middle - (print.top + print.bottom) / 2)
            return .enclosing(
                glyph.runs.map { .glyphs(GlyphsNode(run: $0.offsetBy(x: 0, y: y), paint: .solid(color))) },
                including: Rect(x: 0, y: middle - line / 2, width: width, height: line))
        }
        digits = texts.indices.map { content($0, look.figures(isUrgent: false)) }
        urgentDigits = texts.indices.map { content($0, look.figures(isUrgent: true)) }
        ghost = look.kind == .sevenSegment ? content(8, look.figures(isUrgent: false).multiplyingAlpha(by: 0.09)) : nil
        var drawn: [(text: String, content: LayerContent, urgent: LayerContent, width: Double)] = []
        for sign in names {
            let signWidth = (try Self.signWidth(sign, style(size), with: typesetter)).rounded()
            let isWord = sign == "天"
            let signStyle = isWord ? TextStyle(family: "Noto Sans CJK SC", weight: 700, size: size) : style(size)
            let print = try FlapPrint(
                [sign], style: signStyle, extent: Size(width: 1e6, height: isWord ? line * 0.52 : 1e6), largest: size,
                with: typesetter)
            let ink = print.glyphs[0].ink
            // A colon stands in the middle of the figures, points and words on their line.
            let y = sign == ":" ? middle : middle + line / 2 - ink.height / 2
            func content(_ color: Color) -> LayerContent {
                .enclosing(print.nodes(0, centeredAt: Point(x: signWidth / 2, y: y), paint: .solid(color)))
            }
            drawn.append(
                (
                    sign, content(look.signColor ?? look.figures(isUrgent: false)),
                    content(look.signColor ?? look.figures(isUrgent: true)), signWidth
                ))
        }
        signs = drawn
        var total = 0.0
        for slot in slots {
            switch slot {
            case .digit: total += cell
            case .sign(let sign): total += drawn.first { $0.text == sign }?.width ?? 0
            }
        }
        natural = Size(width: total, height: line.rounded(.up))
    }

    private static func signWidth(
        _ sign: String, _ style: TextStyle, with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> Double {
        if sign == "天" { return style.size * 0.62 }
        // A point of a seven-segment face is drawn into the cell before it.
        let width = try typesetter.layout(RichText(sign, style: style), options: ParagraphOptions()).width
        return max(width, style.size * 0.2)
    }

    /// One layer a place.
    func nodes(_ slots: [CountdownFormat.Slot], isUrgent: Bool, in size: Size, id: LayerID) -> [Node] {
        var nodes: [Node] = []
        var width = 0.0
        for slot in slots {
            switch slot {
            case .digit: width += cell
            case .sign(let sign): width += signs.first { $0.text == sign }?.width ?? 0
            }
        }
        var x = ((size.width - width) / 2).rounded()
        for (place, slot) in slots.enumerated() {
            switch slot {
            case .digit(let digit):
                let matrix: Matrix3 = .translation(x: x, y: 0)
                if let ghost { nodes.append(.layer(Layer(id: id.child("ghost", place), content: ghost, matrix: matrix))) }
                let content = isUrgent ? urgentDigits[digit] : digits[digit]
                nodes.append(.layer(Layer(id: id.child("digit", place), content: content, matrix: matrix)))
                x += cell
            case .sign(let text):
                guard let sign = signs.first(where: { $0.text == text }) else { continue }
                nodes.append(
                    .layer(
                        Layer(
                            id: id.child("sign", place), content: isUrgent ? sign.urgent : sign.content,
                            matrix: .translation(x: x, y: 0))))
                x += sign.width
            }
        }
        return nodes
    }
}

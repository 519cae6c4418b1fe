package import Drawing
package import Typesetting

/// What a board is made of, before it is set and drawn.
package struct FlipBoardSpecification: Sendable {
    package var format: CounterFormat
    package var style: FlipStyle
    package var family: String
    package var weight: Int
    /// The texts of a drum, from 0.
    package var drum: [String]
    package var prefix: String
    package var suffix: String
    package var alignment: FlipBoardLayout.Alignment
    /// Card width by height.
    package var ratio = 0.66
    /// Size of the cards of a fraction by that of the others.
    package var fractionScale = 0.62
    /// Between two cards, by the card's height.
    package var gap = 0.052
    /// Height of the print by the card's height.
    package var printHeight = 0.7
    /// Pixels of a card's corner radius, if not the usual share.
    package var radius: Double?

    package init(
        format: CounterFormat, style: FlipStyle, family: String, weight: Int, drum: [String], prefix: String = "",
        suffix: String = "", alignment: FlipBoardLayout.Alignment = .center
    ) {
        (self.format, self.style, self.family, self.weight) = (format, style, family, weight)
        (self.drum, self.prefix, self.suffix, self.alignment) = (drum, prefix, suffix, alignment)
    }

    /// Sets the glyphs and draws the cards, as large as `columns` of them fit into the box; 240 pixels high without a box.
    ///
    /// - Throws: `TypesettingError` for a family that is not there or a character that no font has.
    package func board(
        in given: Size?, columns: Int, with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> FlipBoard {
        var height = given?.height ?? 240
        var layout = try layout(height: height, with: typesetter)
        let natural = layout.width(columns: Double(columns))
        let box = given ?? Size(width: natural, height: layout.card.height)
        if natural > box.width {
            // Every length follows from the height, up to rounding: two steps are enough.
            height *= box.width / natural
            layout = try self.layout(height: height, with: typesetter)
            while layout.width(columns: Double(columns)) > box.width, height > 16 {
                height -= 2
                layout = try self.layout(height: height, with: typesetter)
            }
        }
        let art = try art(layout.card, with: typesetter)
        let small = layout.smallCard == layout.card ? nil : try self.art(layout.smallCard, with: typesetter)
        let hasSeparators = (1..<24).compactMap { format.separator(before: $0) }
        return FlipBoard(
            layout: layout, size: box, alignment: alignment, columns: columns, art: art, smallArt: small,
            comma: hasSeparators.contains(.comma) ? try separator(",", layout, with: typesetter) : nil,
            point: hasSeparators.contains(.point) ? try separator(".", layout, with: typesetter) : nil,
            prefix: try label(prefix, layout.card, with: typesetter).map { place($0, layout, isPrefix: true) },
            suffix: try label(suffix, layout.card, with: typesetter).map { place($0, layout, isPrefix: false) })
    }

    private var text: TextStyle {
        TextStyle(family: family, weight: weight, size: 100, tabularFigures: true)
    }

    private func layout(height: Double, with typesetter: SharedTypesetter) throws(TypesettingError) -> FlipBoardLayout {
        let card = FlapGeometry(width: height * ratio, height: height, radius: radius)
        let gap = max(2 * FlapPainter.margin(card) + 2, height * gap)
        let room = height * 0.1
        let prefix = try label(prefix, card, with: typesetter)
        let suffix = try label(suffix, card, with: typesetter)
        return FlipBoardLayout(
            card: card, fractionScale: format.fraction > 0 ? fractionScale : 1, gap: gap, separator: height * 0.17,
            prefix: prefix.map { $0.glyphs[0].ink.width + room } ?? 0,
            suffix: suffix.map { $0.glyphs[0].ink.width + room } ?? 0, format: format)
    }

    private func art(_ card: FlapGeometry, with typesetter: SharedTypesetter) throws(TypesettingError) -> FlapArt {
        let extent = Size(width: card.width * 0.8, height: card.height * printHeight)
        let print = try FlapPrint(drum, style: text, extent: extent, with: typesetter)
        let isAutomatic = format.unit == .automatic
        return FlapArt(
            geometry: card, style: style, print: print,
            units: isAutomatic
                ? try FlapPrint(
                    ["万", "亿"], style: text, extent: Size(width: card.width * 0.66, height: card.height * 0.5),
                    with: typesetter) : nil,
            minus: try FlapPrint(
                ["-"], style: text, extent: Size(width: card.width * 0.5, height: 1e6), with: typesetter))
    }

    /// What is printed beside the cards: as high as half a card.
    private func label(
        _ text: String, _ card: FlapGeometry, with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> FlapPrint? {
        guard !text.isEmpty else { return nil }
        return try FlapPrint(
            [text], style: self.text, extent: Size(width: 1e6, height: card.height * printHeight * 0.62),
            with: typesetter)
    }

    private func place(_ print: FlapPrint, _ layout: FlipBoardLayout, isPrefix: Bool) -> FlipBoard.Print {
        let width = print.glyphs[0].ink.width
        // On the line on which the digits stand.
        let foot = layout.card.hinge + layout.card.height * printHeight / 2
        let (x, outer) = isPrefix ? (width / 2, layout.prefix) : (layout.suffix - width / 2, layout.suffix)
        let nodes = print.nodes(
            0, centeredAt: Point(x: x, y: foot - (print.bottom - print.top) / 2), paint: .solid(style.print))
        return FlipBoard.Print(content: .enclosing(nodes), width: outer)
    }

    private func separator(
        _ text: String, _ layout: FlipBoardLayout, with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> FlipBoard.Print {
        // Set at the size of the digits, of which it is a part.
        let digits = try FlapPrint(
            drum, style: self.text,
            extent: Size(width: layout.card.width * 0.8, height: layout.card.height * printHeight), with: typesetter)
        let print = try FlapPrint(
            [text], style: self.text, extent: Size(width: 1e6, height: 1e6), largest: digits.size, with: typesetter)
        let ink = print.glyphs[0].ink
        // The dot sits on the digits' line: a comma hangs below it by what its tail is long.
        let foot = layout.card.hinge + layout.card.height * printHeight / 2
        let nodes = print.nodes(
            0, centeredAt: Point(x: ink.width / 2, y: foot - min(ink.width, ink.height) + ink.height / 2),
            paint: .solid(style.print))
        return FlipBoard.Print(content: .enclosing(nodes), width: ink.width)
    }
}

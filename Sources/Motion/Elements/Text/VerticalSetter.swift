package import Drawing
package import Typesetting

/// Sets Chinese in columns from right to left (writing-mode: vertical-rl).
///
/// A Chinese character takes a cell of one em, with the vertical forms of its font. Figures and Latin letters stand upright in one cell as
/// long as they fit into it (纵中横); longer words lie on their side. Closing punctuation never begins a column: it hangs below the one before. An
/// opening bracket never ends one, and what else may not begin one, such as … or ー, takes the character before along (避头尾, 禁則).
package enum VerticalSetter {
    /// What stands in a column: glyphs around the cell's upper left corner, and how far down it reaches.
    private struct Cell {
        let runs: [SetText.Run]
        let images: [SetText.Picture]
        let advance: Double
        let hangs: Bool
        /// Whether it may not be the first or the last of a column.
        var clings = (back: false, on: false)
        let isBreak: Bool

        /// The same, as it stands in its column.
        func standing(hangs: Bool) -> Cell {
            Cell(runs: runs, images: images, advance: advance, hangs: hangs, clings: clings, isBreak: isBreak)
        }
    }

    private static let hanging = "，。、；：！？）〉」』》】〕〗］｝”’".unicodeScalars
    private static let opening = "（〈「『《【〔〖［｛“‘￥＄".unicodeScalars
    private static let following =
        "…—～·・％‰℃々ーヽヾゝゞ〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ".unicodeScalars

    /// The text in columns, and whether it is larger than its box even at its smallest.
    package static func set(
        _ text: RichText, block: TextBlock, box: Size?, missing: ParagraphOptions.MissingGlyphs,
        pictures: (TextLayout) -> [PictureKey: ImageFacts], with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> (text: SetText, size: Size, scale: Double, overflows: Bool, missing: Int) {
        var scale = 1.0
        let size = text.spans.map(\.style.size).max() ?? 1
        let least = block.overflow == .shrink ? max(0.05, (block.minimumSize ?? size * 0.5) / size) : 1
        // Everything grows with the size, so that one setting tells how all others fit.
        let whole = try cells(text, scale: 1, missing: missing, pictures: pictures, with: typesetter)
        func extent(_ scale: Double) -> (size: Size, overflows: Bool) {
            let columns = Self.columns(whole.cells, height: (box?.height ?? .infinity) / scale)
            let length = columns.map { $0.reduce(0) { $0 + ($1.hangs ? 0 : $1.advance) } }.max() ?? 0
            let extent = Size(
                width: size * scale * block.lineHeight * Double(columns.count), height: length * scale)
            return (extent, box.map { extent.width > $0.width + 0.5 || extent.height > $0.height + 0.5 } ?? false)
        }
        while extent(scale).overflows, scale * 0.96 >= least { scale *= 0.96 }
        let set =
            scale == 1 ? whole : try cells(text, scale: scale, missing: missing, pictures: pictures, with: typesetter)
        let (reached, overflows) = extent(scale)
        let columns = Self.columns(set.cells, height: box?.height ?? .infinity)
        let placed = place(
            columns, pitch: size * scale * block.lineHeight, em: size * scale, block: block, box: box ?? reached,
            extent: reached)
        return (placed, reached, scale, overflows, set.missing)
    }

    private static func cells(
        _ text: RichText, scale: Double, missing: ParagraphOptions.MissingGlyphs,
        pictures: (TextLayout) -> [PictureKey: ImageFacts], with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> (cells: [Cell], missing: Int) {
        var cells: [Cell] = []
        var count = 0
        for span in text.spans {
            for (number, line) in span.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if number > 0 { cells.append(Cell(runs: [], images: [], advance: 0, hangs: false, isBreak: true)) }
                for piece in pieces(line) {
                    var style = span.style
                    style.size = max(1, span.style.size * scale)
                    style.letterSpacing = 0
                    let plain = style
                    if piece.isChinese { style.features.append("vert") }
                    var options = ParagraphOptions(lineHeight: 1, missing: missing)
                    options.drawsPictures = true
                    let layout = try typesetter.layout(
                        RichText(piece.text, style: style, tag: span.tag), options: options)
                    count += layout.missing.count
                    var set = SetText(layout, pictures: pictures(layout))
                    if piece.isChinese, isMark(piece.text) {
                        let across = try typesetter.layout(
                            RichText(piece.text, style: plain, tag: span.tag), options: options)
                        if across.runs.map(\.run) == layout.runs.map(\.run) {
                            set = SetText(
                                runs: set.runs.map { stood($0, piece.text, em: style.size) }, area: set.area,
                                pictures: set.pictures)
                        }
                    }
                    cells.append(
                        cell(
                            piece, set, layout: layout, em: style.size,
                            spacing: span.style.letterSpacing * scale))
                }
            }
        }
        return (cells, count)
    }

    private static func isMark(_ text: String) -> Bool {
        text.unicodeScalars.first.map {
            (0x2000...0x206F).contains($0.value) || (0x3000...0x303F).contains($0.value)
                || (0xFF00...0xFF60).contains($0.value)
        }
            ?? false
    }

    /// A character, or a word that is no Chinese.
    private static func pieces(_ line: Substring) -> [(text: String, isChinese: Bool)] {
        var pieces: [(text: String, isChinese: Bool)] = []
        var word = ""
        func flush() {
            if !word.isEmpty { pieces.append((word, false)) }
            word = ""
        }
        for character in line {
            let isWord =
                character.unicodeScalars.first.map { $0.value < 0x2E80 && $0.value != 0x2026 && $0.value != 0x2014 }
                ?? false
            // An emoji has a cell of its own.
            if isWord, character.unicodeScalars.count == 1, !character.isWhitespace {
                word.append(character)
            } else {
                flush()
                pieces.append((String(character), !character.isWhitespace))
            }
        }
        flush()
        return pieces
    }

    private static func cell(
        _ piece: (text: String, isChinese: Bool), _ set: SetText, layout: TextLayout, em: Double, spacing: Double
    ) -> Cell {
        let width = layout.textWidth
        if piece.isChinese || width <= em * 1.3 {
            let x = (em - width) / 2
            let first = piece.text.unicodeScalars.first
            let isBlank = piece.text.allSatisfy(\.isWhitespace)
            return Cell(
                runs: set.runs.map {
                    SetText.Run(run: $0.run.offsetBy(x: Fixed.steps(x), y: 0), span: $0.span)
                }, images: set.pictures.map { $0.movedBy(x: x.rounded(), y: 0) },
                advance: (isBlank ? em / 2 : em) + spacing,
                hangs: first.map { hanging.contains($0) } ?? false,
                clings: (
                    first.map { following.contains($0) || hanging.contains($0) } ?? false,
                    first.map { opening.contains($0) } ?? false
                ),
                isBreak: false)
        }
        // On its side, its middle on that of the column.
        let middle = (layout.lines.first?.baseline ?? em * 0.88) - 0.36 * em
        return Cell(
            runs: set.runs.map { turned($0, axis: em / 2 + middle) }, images: [],
            advance: width + em * 0.12 + spacing, hangs: false, isBreak: false)
    }

    /// A quarter turn clockwise; what was at y = `axis` is then at x = 0.
    private static func turned(_ run: SetText.Run, axis: Double) -> SetText.Run {
        // Glyphs of the same font that lie on their side are those of another font, as far as digests go.
        var encoder = CanonicalEncoder(tag: 0x56)
        encoder.add(run.run.font)
        let turned = GlyphRun(
            font: encoder.finish(), size: run.run.size,
            glyphs: run.run.glyphs.map { GlyphRun.Glyph(id: $0.id, x: Fixed.steps(axis) &- $0.y, y: $0.x) },
            outlines: run.run.outlines.map(\.quarterTurned), text: run.run.text)
        return SetText.Run(run: turned, span: run.span)
    }

    /// A mark as it stands in a column, of a font that has no form for it: commas and stops go to the upper right, brackets lie down.
    private static func stood(_ run: SetText.Run, _ text: String, em: Double) -> SetText.Run {
        switch text {
        case "，", "。", "、":
            return SetText.Run(
                run: run.run.offsetBy(x: Fixed.steps(em * 0.56), y: Fixed.steps(-em * 0.56)), span: run.span)
        case "（", "）", "《", "》", "〈", "〉", "「", "」", "『", "』", "【", "】", "〔", "〕", "…", "—", "～", "：", "；":
            return turned(run, axis: em)
        default: return run
        }
    }

    private static func columns(_ cells: [Cell], height: Double) -> [[Cell]] {
        var columns: [[Cell]] = [[]]
        var length = 0.0
        for cell in cells {
            if cell.isBreak {
                columns.append([])
                length = 0
                continue
            }
            let isFull = length + cell.advance > height + 0.5 && !columns[columns.count - 1].isEmpty
            if isFull, !cell.hangs {
                let moved = carried(from: &columns[columns.count - 1], before: cell)
                columns.append(moved)
                length = moved.reduce(0) { $0 + $1.advance }
            }
            columns[columns.count - 1].append(cell.standing(hangs: isFull && cell.hangs))
            length += cell.advance
        }
        return columns
    }

    /// Takes from the end of a full column what has to stand with the cell that begins the next one; nothing where that would be all of it.
    private static func carried(from column: inout [Cell], before next: Cell) -> [Cell] {
        var count = 0
        var first = next
        while count < column.count {
            let last = column[column.count - 1 - count]
            guard last.clings.on || first.clings.back else {
                defer { column.removeLast(count) }
                return column.suffix(count).map { $0.standing(hangs: false) }
            }
            (first, count) = (last, count + 1)
        }
        return []
    }

    private static func place(
        _ columns: [[Cell]], pitch: Double, em: Double, block: TextBlock, box: Size, extent: Size
    ) -> SetText {
        var runs: [SetText.Run] = []
        var images: [SetText.Picture] = []
        let right =
            switch block.alignment {
            case .start: box.width
            case .center: (box.width + extent.width) / 2
            case .end: extent.width
            }
        var area = Rect.zero
        for (number, column) in columns.enumerated() {
            let x = (right - pitch * (Double(number) + 0.5) - em / 2).rounded()
            var y =
                switch block.verticalAlignment {
                case .top: 0.0
                case .middle, .capMiddle: ((box.height - extent.height) / 2).rounded()
                case .bottom: (box.height - extent.height).rounded()
                }
            area = area.union(Rect(x: x, y: y, width: em, height: max(1, extent.height)))
            for cell in column {
                runs += cell.runs.map {
                    SetText.Run(run: $0.run.offsetBy(x: Fixed.steps(x), y: Fixed.steps(y)), span: $0.span)
                }
                images += cell.images.map { $0.movedBy(x: x, y: y.rounded()) }
                y += cell.advance
            }
        }
        return SetText(runs: runs, area: area.isEmpty ? Rect(x: 0, y: 0, width: 1, height: 1) : area, pictures: images)
    }
}

extension Path {
    /// The outline turned clockwise by a quarter about the origin.
    fileprivate var quarterTurned: Path {
        var path = Path()
        var at = 0
        func point() -> Point {
            defer { at += 2 }
            return Point(x: -Fixed.pixels(coordinates[at + 1]), y: Fixed.pixels(coordinates[at]))
        }
        for verb in verbs {
            switch verb {
            case .move: path.move(to: point())
            case .line: path.line(to: point())
            case .quad:
                let control = point()
                path.quad(control, to: point())
            case .cubic:
                let (first, second) = (point(), point())
                path.cubic(first, second, to: point())
            case .close: path.close()
            }
        }
        return path
    }
}

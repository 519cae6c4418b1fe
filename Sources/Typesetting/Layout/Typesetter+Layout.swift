import Drawing

extension Typesetter {
    /// Sets a text of one style.
    public func layout(
        _ text: String, style: TextStyle, tag: Int = 0, options: ParagraphOptions = ParagraphOptions()
    ) throws(TypesettingError) -> TextLayout {
        try layout(RichText(text, style: style, tag: tag), options: options)
    }

    /// Sets a text into a box.
    ///
    /// The box of a line is `lineHeight` times its largest size high. The ideographic em box, 0.88 em above the baseline and
    /// 0.12 em below, stands in its middle whatever the fonts say of themselves, so that Chinese, capitals and figures look
    /// centred and no line moves when a character comes from another font.
    ///
    /// - Throws: `TypesettingError` with code `style` or `options` for values that cannot be set, `unknownFont` for a family that
    ///   is not there, `missingGlyph` for a character without an outline and `textTooLong` for more than 5,000 code points, the
    ///   last two only where `options.missing` is `error`. A text that does not fit is not an error.
    public func layout(
        _ text: RichText, options: ParagraphOptions = ParagraphOptions()
    ) throws(TypesettingError) -> TextLayout {
        try options.validate()
        var chains: [Chain] = []
        for span in text.spans {
            try span.style.validate()
            chains.append(try chain(family: span.style.family, weight: span.style.weight))
        }
        shaper.drawPictures(options.drawsPictures, chain: emoji)
        let prepared = try prepare(text, chains: chains, options: options)
        let paragraph = Paragraph(
            shaper: shaper, text: prepared, styles: text.spans.map(\.style), chains: chains.map(\.number),
            options: options)
        let set = paragraph.set()
        let unknown = set.lines.reduce(0) { $0 + $1.unknown }
        if unknown > 0 && options.missing == .error {
            throw TypesettingError(
                .missingGlyph, "\(unknown) combinations of characters have no glyph",
                hint: "write them with other characters, or add a font that has them")
        }
        return try place(set, of: paragraph, tags: text.spans.map(\.tag), unknown: unknown)
    }

    private func prepare(
        _ text: RichText, chains: [Chain], options: ParagraphOptions
    ) throws(TypesettingError) -> PreparedText {
        var prepared = PreparedText()
        for (number, span) in text.spans.enumerated() {
            let faces = chains[number].faces
            let geta: Unicode.Scalar? = ["〓", "?"].first { drawable($0, with: faces) == .yes }
            let words = options.drawsPictures ? selectingPictures(in: span.text, with: faces) : span.text
            prepared.add(words, span: number, replacement: geta) {
                let found = drawable($0, with: faces)
                return found == .colorOnly && options.drawsPictures && emoji >= 0 ? .yes : found
            }
        }
        guard options.missing == .error else { return prepared }
        if let first = prepared.missing.first {
            let digits = String(first.value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            let shown = first.properties.generalCategory == .control ? "" : " “\(first)”"
            let others = prepared.missing.count > 1 ? " (the first of \(prepared.missing.count) such characters)" : ""
            throw TypesettingError(
                .missingGlyph,
                prepared.missing.colorOnly > 0
                    ? "\(name)\(shown) exists as a coloured picture only, which is not drawn\(others)"
                    : "no font has a glyph for \(name)\(shown)\(others)",
                hint: "write it with other characters, or add a font that has it")
        }
        if prepared.isCut {
            throw TypesettingError(
                .textTooLong, "the text has more than \(PreparedText.longest) code points",
                hint: "split it into several elements")
        }
        return prepared
    }

    /// The text with a variation selector behind what exists as a picture only and is no emoji unless asked for, such as ❤.
    private func selectingPictures(in text: String, with faces: [Int]) -> String {
        func isPicture(_ character: Character) -> Bool {
            guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first, scalar.value > 0xFF
            else { return false }
            return !scalar.properties.isEmojiPresentation && drawable(scalar, with: faces) == .colorOnly
        }
        guard text.contains(where: isPicture) else { return text }
        return text.reduce(into: "") { $0 += isPicture($1) ? String($1) + "\u{FE0F}" : String($1) }
    }

    private func place(
        _ set: Paragraph.Result, of paragraph: Paragraph, tags: [Int], unknown: Int
    ) throws(TypesettingError) -> TextLayout {
        let options = paragraph.options
        let boxes = set.lines.map { paragraph.box(of: $0, scale: set.scale) }
        let textWidth = Double(set.lines.reduce(0) { max($0, $1.width) }) / 1024
        let textHeight = boxes.reduce(0) { $0 + $1.ascent + $1.descent }
        let (width, height) = (options.maxWidth ?? textWidth, options.maxHeight ?? textHeight)
        var top = Self.top(
            options, height: height, textHeight: textHeight, boxes: boxes, capHeight: try capHeight(set, paragraph))

        let letters = options.countsLetters ? LetterCount(paragraph.text.bytes) : nil
        var lines: [TextLayout.Line] = []
        var runs: [TextLayout.Run] = []
        var pictures: [TextLayout.Picture] = []
        var ink = Ink()
        for (number, line) in set.lines.enumerated() {
            let lineWidth = Double(line.width) / 1024
            let free = width - lineWidth
            let left =
                switch options.alignment {
                case .start: 0.0
                case .center: free / 2
                case .end: free
                }
            let x = Fixed.steps(left)
            let baseline = Fixed.steps(top + boxes[number].ascent)
            top += boxes[number].ascent + boxes[number].descent
            lines.append(
                TextLayout.Line(
                    baseline: Fixed.pixels(baseline), x: Fixed.pixels(x), width: lineWidth,
                    ascent: boxes[number].ascent, descent: boxes[number].descent))
            for run in line.runs {
                if library.faces[run.face].isColor {
                    for glyph in run.glyphs {
                        guard let picture = picture(glyph, of: run, x: x, baseline: baseline) else { continue }
                        ink.add(picture)
                        pictures.append(
                            TextLayout.Picture(
                                font: digest(of: run.face), glyph: glyph.id, target: picture, tag: tags[run.span],
                                line: number, letter: letters?.number(at: glyph.byte) ?? 0))
                    }
                    continue
                }
                let glyphs = try glyphRun(run, x: x, baseline: baseline, ink: &ink)
                runs.append(
                    TextLayout.Run(
                        run: glyphs, tag: tags[run.span], line: number,
                        letters: letters.map { letters in run.glyphs.map { letters.number(at: $0.byte) } } ?? []))
            }
        }
        var missing = paragraph.text.missing
        missing.count += unknown
        let fitted = (paragraph.styles.first?.size ?? 0) * set.scale
        return TextLayout(
            runs: runs, pictures: pictures, words: letters?.words ?? [], lines: lines, width: width, height: height,
            textWidth: textWidth,
            textHeight: textHeight,
            inkBounds: ink.bounds, isTruncated: set.isTruncated || paragraph.text.isCut, fittedSize: fitted,
            missing: missing)
    }

    /// The height of the first span's capitals as set; needed for one alignment only.
    private func capHeight(_ set: Paragraph.Result, _ paragraph: Paragraph) throws(TypesettingError) -> Double {
        guard paragraph.options.verticalAlignment == .capMiddle, let style = paragraph.styles.first else { return 0 }
        return try metrics(for: style).capHeight * set.scale
    }

    private static func top(
        _ options: ParagraphOptions, height: Double, textHeight: Double, boxes: [Paragraph.Box], capHeight: Double
    ) -> Double {
        switch options.verticalAlignment {
        case .top: return 0
        case .middle: return (height - textHeight) / 2
        case .bottom: return height - textHeight
        case .capMiddle:
            // From the first capitals' top (ascent - cap) to the last baseline (text height - descent).
            let first = (boxes.first?.ascent ?? 0) - capHeight
            let last = textHeight - (boxes.last?.descent ?? 0)
            return (height - first - last) / 2
        }
    }

    /// Where a glyph's picture goes: in the middle of the line's ideographs, on whole pixels.
    private func picture(_ glyph: ShapedLine.Glyph, of run: ShapedLine.Run, x: Int32, baseline: Int32) -> Rect? {
        guard let picture = library.faces[run.face].picture(glyph.id), picture.em > 0 else { return nil }
        let size = Fixed.pixels(run.size)
        let scale = size / Double(picture.em)
        let (width, height) = ((Double(picture.width) * scale).rounded(), (Double(picture.height) * scale).rounded())
        let left = Fixed.pixels(x) + Double(glyph.x) / 1024 + Double(picture.left) * scale
        let middle = Fixed.pixels(baseline) - 0.37 * size / FontFace.pictureScale
        return Rect(x: left.rounded(), y: (middle - height / 2).rounded(), width: width, height: height)
    }

    private func glyphRun(
        _ run: ShapedLine.Run, x: Int32, baseline: Int32, ink: inout Ink
    ) throws(TypesettingError) -> GlyphRun {
        var glyphs: [GlyphRun.Glyph] = []
        var outlines: [Path] = []
        glyphs.reserveCapacity(run.glyphs.count)
        outlines.reserveCapacity(run.glyphs.count)
        for glyph in run.glyphs {
            let outline = try self.outlines.outline(face: run.face, glyph: glyph.id, size: run.size)
            // 16 units of Pango's are 1/64 px; rounded half up.
            let placed = GlyphRun.Glyph(
                id: glyph.id, x: x &+ Int32(clamping: (glyph.x + 8) >> 4),
                y: baseline &+ Int32(clamping: (glyph.y + 8) >> 4))
            glyphs.append(placed)
            outlines.append(outline.path)
            ink.add(outline, x: placed.x, y: placed.y)
        }
        return GlyphRun(
            font: digest(of: run.face), size: run.size, glyphs: glyphs, outlines: outlines, text: run.text)
    }

    /// The rectangle around outlines, 1/64 px.
    private struct Ink {
        private var left = Int32.max
        private var top = Int32.max
        private var right = Int32.min
        private var bottom = Int32.min

        mutating func add(_ outline: OutlineCache.Outline, x: Int32, y: Int32) {
            guard !outline.path.isEmpty else { return }
            (left, right) = (min(left, outline.left &+ x), max(right, outline.right &+ x))
            (top, bottom) = (min(top, outline.top &+ y), max(bottom, outline.bottom &+ y))
        }

        mutating func add(_ rect: Rect) {
            (left, right) = (min(left, Fixed.steps(rect.x)), max(right, Fixed.steps(rect.maxX)))
            (top, bottom) = (min(top, Fixed.steps(rect.y)), max(bottom, Fixed.steps(rect.maxY)))
        }

        var bounds: Rect {
            guard left <= right else { return .zero }
            return Rect(
                x: Fixed.pixels(left), y: Fixed.pixels(top), width: Fixed.pixels(right) - Fixed.pixels(left),
                height: Fixed.pixels(bottom) - Fixed.pixels(top))
        }
    }
}

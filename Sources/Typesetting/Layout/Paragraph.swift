/// Breaks, cuts and shrinks one text for one box.
struct Paragraph {
    let shaper: Shaper
    let text: PreparedText
    let styles: [TextStyle]
    let chains: [Int32]
    let options: ParagraphOptions

    /// The lines and the factor by which all sizes were multiplied.
    struct Result {
        var lines: [ShapedLine]
        var isTruncated: Bool
        var scale: Double
    }

    /// The height of a line's box above and below its baseline, in pixels.
    struct Box {
        var ascent: Double
        var descent: Double
    }

    /// The step in which sizes shrink, in pixels.
    private static let sizeStep = 0.25

    /// Sets the text.
    func set() -> Result {
        guard !styles.isEmpty else { return Result(lines: [], isTruncated: false, scale: 1) }
        switch options.overflow {
        case .wrap: return cut(scale: 1)
        case .ellipsis: return ellipsised(scale: 1)
        case .shrink(let minSize): return ellipsised(scale: fittingScale(minSize: minSize))
        }
    }

    /// The box of a line: the largest of the boxes of the spans on it.
    func box(of line: ShapedLine, scale: Double) -> Box {
        box(from: line.start, to: line.end, scale: scale)
    }

    private func box(from start: Int, to end: Int, scale: Double) -> Box {
        var box = Box(ascent: 0, descent: 0)
        var found = false
        func add(_ span: Int) {
            let size = (styles[span].size * scale * 64).rounded() / 64
            let free = (options.lineHeight - 1) * size / 2
            box.ascent = found ? max(box.ascent, 0.88 * size + free) : 0.88 * size + free
            box.descent = found ? max(box.descent, 0.12 * size + free) : 0.12 * size + free
            found = true
        }
        for segment in text.segments where segment.start < end && segment.end > start { add(segment.span) }
        // An empty line is as high as the span that it is in.
        if !found { add(text.segment(at: start).span) }
        return box
    }

    private func shape(_ text: PreparedText, scale: Double, wrapping: Shaper.Wrapping) {
        var scaled: [Shaper.Style] = []
        scaled.reserveCapacity(styles.count)
        for (style, chain) in zip(styles, chains) {
            scaled.append(
                Shaper.Style(
                    chain: chain, size: Int32((style.size * scale * 64).rounded()),
                    letterSpacing: Int32((style.letterSpacing * scale * 1024).rounded()), features: style.featureList))
        }
        // Pango's widths are 1/1024 px; one more, so that a width computed from a layout fits the same text again.
        let width = options.maxWidth.map { Int32(($0 * 1024).rounded(.up)) + 1 }
        shaper.set(text, styles: scaled, width: width, wrapping: wrapping)
    }

    private func cut(scale: Double) -> Result {
        shape(text, scale: scale, wrapping: .anywhere)
        let lines = shaper.lines(of: text)
        let count = min(lines.count, options.maxLines ?? lines.count)
        return Result(lines: Array(lines.prefix(count)), isTruncated: count < lines.count, scale: scale)
    }

    private func ellipsised(scale: Double) -> Result {
        if options.maxLines == 1, options.maxWidth != nil, !text.bytes.contains(0x0A) {
            return lastLine(from: 0, behind: [], scale: scale)
        }
        shape(text, scale: scale, wrapping: .anywhere)
        let lines = shaper.lines(of: text)
        let allowed = allowedLines(lines, scale: scale)
        if lines.count <= allowed { return Result(lines: lines, isTruncated: false, scale: scale) }
        guard options.maxWidth != nil else {
            return Result(lines: Array(lines.prefix(allowed)), isTruncated: true, scale: scale)
        }
        return lastLine(from: lines[allowed - 1].start, behind: Array(lines.prefix(allowed - 1)), scale: scale)
    }

    /// Puts the rest of a paragraph into one line, with "…" where it ends too soon.
    private func lastLine(from start: Int, behind lines: [ShapedLine], scale: Double) -> Result {
        let rest = text.paragraph(from: start)
        shape(rest.text, scale: scale, wrapping: .ellipsis)
        guard var last = shaper.lines(of: rest.text).first else {
            return Result(lines: lines, isTruncated: false, scale: scale)
        }
        last.start += start
        last.end += start
        for run in last.runs.indices {
            for glyph in last.runs[run].glyphs.indices { last.runs[run].glyphs[glyph].byte += start }
        }
        return Result(lines: lines + [last], isTruncated: rest.hasMore || shaper.isEllipsized, scale: scale)
    }

    private func allowedLines(_ lines: [ShapedLine], scale: Double) -> Int {
        var allowed = options.maxLines ?? Int.max
        if let maxHeight = options.maxHeight {
            var (height, count) = (0.0, 0)
            for line in lines {
                let box = box(of: line, scale: scale)
                height += box.ascent + box.descent
                if height > maxHeight + 1.0 / 64 { break }
                count += 1
            }
            allowed = min(allowed, count)
        }
        return max(1, allowed)
    }

    /// The largest factor at which everything fits, found by halving over sizes of the first span.
    private func fittingScale(minSize: Double) -> Double {
        let size = styles[0].size
        if minSize >= size || fits(scale: 1) { return 1 }
        // Size number n is minSize + n steps; the last one is below the full size.
        let steps = Int(((size - minSize) / Self.sizeStep).rounded(.up)) - 1
        var (low, high) = (0, max(0, steps))
        while low < high {
            let middle = (low + high + 1) / 2
            if fits(scale: (minSize + Double(middle) * Self.sizeStep) / size) {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return (minSize + Double(low) * Self.sizeStep) / size
    }

    private func fits(scale: Double) -> Bool {
        shape(text, scale: scale, wrapping: .words)
        let lines = shaper.measure()
        if let maxLines = options.maxLines, lines.count > maxLines { return false }
        if let maxWidth = options.maxWidth, lines.contains(where: { Double($0.width) > maxWidth * 1024 + 1 }) {
            return false
        }
        guard let maxHeight = options.maxHeight else { return true }
        var height = 0.0
        for (index, line) in lines.enumerated() {
            let end = index + 1 < lines.count ? lines[index + 1].start : text.bytes.count
            let box = box(from: line.start, to: end, scale: scale)
            height += box.ascent + box.descent
        }
        return height <= maxHeight + 1.0 / 64
    }
}

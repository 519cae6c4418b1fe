internal import Drawing
internal import Synchronization
package import Typesetting

/// Sets texts of which only figures change, without shaping them again.
///
/// Tabular figures all have one width, so that `12,345` lies exactly as `00,000` does: the text is shaped once with every figure a 0, and
/// each 0 is then drawn as the figure that it stands for. Shaping takes some hundred microseconds and more where it shrinks to fit; this takes a few.
/// What it returns is what shaping the text itself would: where that is not certain, it is shaped.
package final class FigureSetter: Sendable {
    private struct Figure {
        let id: UInt32
        let outline: Path
    }

    private struct Face: Hashable {
        let font: Digest
        let size: Int32
        let span: Int
    }

    private struct State {
        var patterns: [[String]: SetText] = [:]
        /// Ten figures of a face, or none where they are not all of one width in it.
        var figures: [Face: [Figure]] = [:]
    }

    private let styles: [TextStyle?]
    private let typesetter: SharedTypesetter
    private let set: @Sendable ([String]) -> SetText?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - styles: the style of each span; nil for spans that never change.
    ///   - set: shapes the texts of the spans.
    package init(
        styles: [TextStyle?], typesetter: SharedTypesetter, set: @escaping @Sendable ([String]) -> SetText?
    ) {
        (self.styles, self.typesetter, self.set) = (styles, typesetter, set)
    }

    /// The texts of the spans, set.
    package func layout(_ texts: [String]) -> SetText? {
        guard styles.allSatisfy({ $0?.tabularFigures ?? true }) else { return set(texts) }
        let pattern = zip(styles, texts).map { $0.0 == nil ? $0.1 : Self.pattern($0.1) }
        if pattern == texts { return set(texts) }
        // The picture of a figure in a keycap is another one than that of 0.
        guard let zeros = zeros(pattern), zeros.pictures.isEmpty || !Self.hasKeycap(texts),
            let figured = replaced(zeros, pattern: pattern, texts: texts)
        else {
            return set(texts)
        }
        return figured
    }

    private func zeros(_ pattern: [String]) -> SetText? {
        if let known = state.withLock({ $0.patterns[pattern] }) { return known }
        guard let layout = set(pattern) else { return nil }
        state.withLock { state in
            // Few patterns occur: one for each number of digits. A bound all the same.
            if state.patterns.count >= 64 { state.patterns.removeAll() }
            state.patterns[pattern] = layout
        }
        return layout
    }

    /// The runs with every 0 of the pattern drawn as the figure at its place; nil when a run cannot be found again in its span.
    private func replaced(_ zeros: SetText, pattern: [String], texts: [String]) -> SetText? {
        let patterns = pattern.map { Array($0.unicodeScalars) }
        let scalars = texts.map { Array($0.unicodeScalars) }
        var cursors = [Int](repeating: 0, count: texts.count)
        var runs: [SetText.Run] = []
        runs.reserveCapacity(zeros.runs.count)
        for run in zeros.runs {
            let letters = Array(run.run.text.unicodeScalars)
            let span = run.span
            // White space at the end of a line is in no run.
            while cursors[span] < patterns[span].count, patterns[span][cursors[span]] != letters.first,
                patterns[span][cursors[span]].properties.isWhitespace
            {
                cursors[span] += 1
            }
            let start = cursors[span]
            guard start + letters.count <= patterns[span].count,
                patterns[span][start..<start + letters.count].elementsEqual(letters)
            else { return nil }
            cursors[span] = start + letters.count
            guard styles[span] != nil, letters.contains("0") else {
                runs.append(run)
                continue
            }
            guard letters.count == run.run.glyphs.count,
                let figures = figures(Face(font: run.run.font, size: run.run.size, span: span))
            else { return nil }
            runs.append(
                SetText.Run(run: Self.drawn(run.run, scalars[span][start..<start + letters.count], figures), span: span)
            )
        }
        return SetText(runs: runs, area: zeros.area, pictures: zeros.pictures)
    }

    private static func drawn(
        _ run: GlyphRun, _ letters: ArraySlice<Unicode.Scalar>, _ figures: [Figure]
    ) -> GlyphRun {
        var glyphs = run.glyphs
        var outlines = run.outlines
        var text = String.UnicodeScalarView()
        for (index, letter) in letters.enumerated() {
            text.append(letter)
            guard (0x30...0x39).contains(letter.value) else { continue }
            let figure = figures[Int(letter.value) - 0x30]
            glyphs[index] = GlyphRun.Glyph(id: figure.id, x: glyphs[index].x, y: glyphs[index].y)
            outlines[index] = figure.outline
        }
        return GlyphRun(font: run.font, size: run.size, glyphs: glyphs, outlines: outlines, text: String(text))
    }

    private func figures(_ face: Face) -> [Figure]? {
        if let known = state.withLock({ $0.figures[face] }) { return known.isEmpty ? nil : known }
        let made = makeFigures(face)
        state.withLock { $0.figures[face] = made }
        return made.isEmpty ? nil : made
    }

    private func makeFigures(_ face: Face) -> [Figure] {
        guard var style = styles[face.span] else { return [] }
        style.size = Fixed.pixels(face.size)
        guard (try? typesetter.metrics(for: style))?.digitsAreTabular == true else { return [] }
        var figures: [Figure] = []
        for digit in 0..<10 {
            guard let layout = try? typesetter.layout(RichText("\(digit)", style: style), options: ParagraphOptions()),
                let run = layout.runs.first?.run, run.glyphs.count == 1, run.font == face.font, run.size == face.size,
                run.glyphs[0].x == 0
            else { return [] }
            figures.append(Figure(id: run.glyphs[0].id, outline: run.outlines[0]))
        }
        return figures
    }

    private static func hasKeycap(_ texts: [String]) -> Bool {
        texts.contains { $0.unicodeScalars.contains("\u{20E3}") }
    }

    private static func pattern(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append((0x30...0x39).contains(scalar.value) ? "0" : scalar) }
        return String(result)
    }
}

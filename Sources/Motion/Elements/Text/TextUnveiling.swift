package import Drawing
import Typesetting

/// A set text in pieces, each drawn once, and how they come.
package struct TextUnveiling: Sendable {
    /// A piece: what lies below all letters, and its letters.
    private struct Piece: Sendable {
        let under: LayerContent?
        let over: LayerContent
        let ordinal: Int
        /// What it turns about and grows from.
        let center: Point
        /// Where the caret stands behind it.
        let end: Double
        let line: Rect
    }

    private let reveal: TextReveal
    private let pieces: [Piece]
    private let still: LayerContent
    private let id: LayerID
    /// When the last piece is there.
    private let length: FrameTime

    init(
        _ reveal: TextReveal, layout: TextLayout, pictures: [PictureKey: ImageFacts], looks: [TextLook],
        still: LayerContent, id: LayerID, seed: UInt64
    ) {
        (self.reveal, self.still, self.id) = (reveal, still, id)
        let set = SetText(layout, pictures: pictures)
        let fills = looks.map { $0.fill.paint(at: .zero, in: set.area) }
        var groups: [(letter: Int, runs: [SetText.Run], images: [Node], line: Int)] = []
        var places: [Int: Int] = [:]
        func group(of letter: Int, line: Int) -> Int {
            let unit =
                switch reveal.by {
                case .character: letter
                case .word: layout.words.indices.contains(letter) ? layout.words[letter] : letter
                case .line: line
                }
            // A word that a line breaks is two pieces.
            let key = unit << 16 | line
            let place = places[key] ?? groups.count
            if places[key] == nil {
                places[key] = place
                groups.append((letter, [], [], line))
            }
            return place
        }
        for run in layout.runs {
            for (glyph, letter) in run.letters.enumerated() {
                let place = group(of: letter, line: run.line)
                let part = GlyphRun(
                    font: run.run.font, size: run.run.size, glyphs: [run.run.glyphs[glyph]],
                    outlines: [run.run.outlines[glyph]], text: "")
                groups[place].runs.append(SetText.Run(run: part, span: run.tag))
            }
        }
        for picture in set.pictures {
            groups[group(of: picture.letter, line: picture.line)].images.append(.image(picture.image))
        }
        groups.removeAll { $0.images.isEmpty && $0.runs.allSatisfy { $0.run.bounds.isEmpty } }
        groups.sort { ($0.line, $0.letter) < ($1.line, $1.letter) }
        let ordinals = reveal.order.ordinals(groups.count, seed: seed ^ id.value)
        pieces = groups.enumerated().map { number, group in
            let own = id.child("piece", number)
            let under =
                LetterPainter.below(group.runs, looks: looks, id: own)
                + LetterPainter.outlines(group.runs, looks: looks)
            let over =
                group.runs.map { Node.glyphs(GlyphsNode(run: $0.run, paint: fills[$0.span])) }
                + LetterPainter.inside(group.runs, looks: looks, id: own) + group.images
            let ink =
                group.runs.reduce(Rect.zero) { $0.union($1.run.bounds) }
                .union(group.images.reduce(Rect.zero) { $0.union($1.touchedBounds ?? .zero) })
            let line = layout.lines[min(group.line, layout.lines.count - 1)]
            let size = group.runs.map { Fixed.pixels($0.run.size) }.max() ?? ink.height
            return Piece(
                under: under.isEmpty ? nil : .enclosing(under), over: .enclosing(over), ordinal: ordinals[number],
                center: Point(x: ink.center.x, y: line.baseline - size * 0.38), end: ink.maxX,
                line: Rect(x: ink.x, y: line.baseline - size * 0.86, width: size * 0.07, height: size * 0.98))
        }
        let last = ordinals.max() ?? 0
        let enter = reveal.enter
        length = FrameTime(
            ticks: enter.delay.ticks + enter.stagger.ticks * last + (enter.preset == .cut ? 0 : enter.duration.ticks))
    }

    /// The text `age` after the element came.
    package func content(at age: FrameTime, rate: FrameRate) -> LayerContent {
        let isDone = age >= length
        if isDone, reveal.caret == nil { return still }
        var nodes: [Node] = []
        var newest: Piece?
        if isDone {
            nodes.append(.layer(Layer(id: id.child("still"), content: still)))
            newest = pieces.max { $0.ordinal < $1.ordinal }
        } else {
            var over: [Node] = []
            for (number, piece) in pieces.enumerated() {
                let pose = reveal.enter.entering(at: age, ordinal: piece.ordinal)
                let opacity = UInt8((max(0, min(1, pose.opacity)) * 255).rounded())
                guard opacity > 0 else { continue }
                if newest.map({ $0.ordinal < piece.ordinal }) ?? true { newest = piece }
                let matrix = Self.matrix(pose, about: piece.center)
                if let under = piece.under {
                    nodes.append(
                        .layer(
                            Layer(id: id.child("under", number), content: under, matrix: matrix, opacity: opacity)))
                }
                over.append(
                    .layer(
                        Layer(id: id.child("over", number), content: piece.over, matrix: matrix, opacity: opacity)))
            }
            nodes += over
        }
        // Steady while it writes, then on and off twice a second.
        if let caret = reveal.caret, !isDone || Int((age - length).seconds(at: rate) * 2) % 2 == 0,
            let place = newest?.line ?? pieces.first?.line
        {
            let x = newest.map { $0.end + place.width } ?? place.x
            nodes.append(
                .path(
                    PathNode(
                        path: .rect(Rect(x: x.rounded(), y: place.y, width: place.width, height: place.height)),
                        paint: .solid(caret))))
        }
        return .enclosing(nodes, including: still.bounds.rect)
    }

    private static func matrix(_ pose: Pose, about center: Point) -> Matrix3 {
        if pose.scale == 1, pose.rotationX == 0 { return .translation(x: pose.offset.x, y: pose.offset.y) }
        // A piece that tips over is as high as it looks from the front.
        let height = pose.scale * max(0.02, PortableMath.cos(pose.rotationX))
        return .translation(x: center.x + pose.offset.x, y: center.y + pose.offset.y)
            * .scale(x: pose.scale, y: height) * .translation(x: -center.x, y: -center.y)
    }
}

package import Drawing
package import Typesetting

/// Text in a box: literal, with parameters, or following measures.
package struct TextSpecification: ElementSpecification {
    package static let kind = "text"
    package static let summary = "Text in a box: with parameters, and with measures that count along."
    package static let fields = TextBlock.fields

    private let block: TextBlock

    package init?(from fields: FieldDecoder) {
        guard let block = TextBlock(from: fields) else { return nil }
        self.block = block
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        TextContent(block, in: context, missing: .error).map { .text($0) }
    }
}

/// Text in a box, resolved: set once, or again when a number in it changes.
package struct TextContent: ElementContent {
    /// A piece of text that depends on the moment.
    private enum Part: Sendable {
        case literal(String)
        case measure(MeasureIndex, TextTemplate.NumberFormat)
        case clock(TextTemplate.InstantFormat)
    }

    /// What a drawing depends on.
    private struct Key: Hashable, Sendable {
        let texts: [String]
        let fills: [Paint]
    }

    package let size: Size
    /// Whether it says what the numbers count.
    package let isDisclosure: Bool
    private let still: LayerContent?
    private let block: TextBlock
    private let parts: [[Part]]
    private let box: Size
    private let typesetter: SharedTypesetter
    private let cache: ContentCache<Key>

    /// Sets the text at the scene's start; reports fonts and glyphs that are missing and text that does not fit, and is nil for
    /// errors.
    package init?(
        _ block: TextBlock, in context: ResolveContext, missing: ParagraphOptions.MissingGlyphs,
        isDisclosure: Bool = false
    ) {
        var parts: [[Part]] = []
        for span in block.spans {
            var list: [Part] = []
            for part in span.text.parts {
                switch part {
                case .literal(let text): list.append(.literal(text))
                case .measure(let name, let format):
                    guard let measure = context.measure(name) else { return nil }
                    list.append(.measure(measure, format))
                case .fact(let fact, let format): list.append(.literal(context.facts.text(fact, format)))
                case .clock(let format): list.append(.clock(format))
                }
            }
            parts.append(list)
        }
        self.block = block
        self.parts = parts
        self.isDisclosure = isDisclosure
        typesetter = context.typesetter
        cache = ContentCache()
        // The last texts are usually the widest: they size an element that has no box.
        let texts = Self.texts(
            parts, tracks: context.tracks, clock: context.clock, at: context.sceneStart + context.sceneDuration)
        let layout: TextLayout
        do {
            layout = try typesetter.layout(
                Self.richText(block, texts), options: block.options(box: context.box, missing: missing))
        } catch {
            context.report(error)
            return nil
        }
        box = context.box ?? Size(width: layout.width, height: layout.height)
        size = box
        context.note(
            TextFact(
                place: context.place, text: texts.joined(), size: layout.fittedSize,
                wantedSize: block.spans.first?.look.size ?? 0, isTruncated: layout.isTruncated,
                overflows: layout.overflows, isDisclosure: isDisclosure))
        still =
            block.isConstant
            ? Self.draw(layout, block, fills: Self.fills(block, at: .zero, layout: layout), box: box, id: context.id)
            : nil
        context.missingGlyphs += layout.missing.count
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        if let still { return still }
        let texts = Self.texts(parts, tracks: context.tracks, clock: context.clock, at: context.time.absolute)
        let time = context.time.local
        let colors = block.spans.map { $0.look.fill.paint(at: time, in: .zero) }
        let id = context.id
        return cache.content(for: Key(texts: texts, fills: colors)) {
            // What could fail did so at resolve; digits that no font has become 〓.
            guard
                let layout = try? typesetter.layout(
                    Self.richText(block, texts), options: block.options(box: box, missing: .replace))
            else { return nil }
            return Self.draw(layout, block, fills: Self.fills(block, at: time, layout: layout), box: box, id: id)
        }
    }

    private static func texts(
        _ parts: [[Part]], tracks: [MeasureTrack], clock: FeedClock, at time: FrameTime
    ) -> [String] {
        parts.map { list in
            var text = ""
            for part in list {
                switch part {
                case .literal(let literal): text += literal
                case .measure(let measure, let format): text += format.text(tracks[measure.ordinal].value(at: time))
                case .clock(let format): text += format.text(clock.instant(at: time))
                }
            }
            return text
        }
    }

    private static func richText(_ block: TextBlock, _ texts: [String]) -> RichText {
        RichText(
            zip(block.spans, texts).enumerated().map { ordinal, pair in
                RichText.Span(
                    pair.1, style: pair.0.look.style(tabular: !pair.0.text.measures.isEmpty), tag: ordinal)
            })
    }

    private static func fills(_ block: TextBlock, at time: FrameTime, layout: TextLayout) -> [Paint] {
        let left = layout.lines.map(\.x).min() ?? 0
        let top = layout.lines.first.map { $0.baseline - $0.ascent } ?? 0
        let area = Rect(x: left, y: top, width: max(1, layout.textWidth), height: max(1, layout.textHeight))
        return block.spans.map { $0.look.fill.paint(at: time, in: area) }
    }

    private static func draw(
        _ layout: TextLayout, _ block: TextBlock, fills: [Paint], box: Size, id: LayerID
    ) -> LayerContent {
        var nodes: [Node] = []
        for (ordinal, span) in block.spans.enumerated() {
            guard let shadow = span.look.shadow else { continue }
            var silhouette: [Node] = []
            for run in layout.runs where run.tag == ordinal {
                if let outline = span.look.outline {
                    let stroke = Stroke(width: outline.width * 2, join: .round)
                    silhouette.append(
                        .glyphs(GlyphsNode(run: run.run, style: .stroke(stroke), paint: .solid(shadow.color))))
                }
                silhouette.append(.glyphs(GlyphsNode(run: run.run, paint: .solid(shadow.color))))
            }
            if !silhouette.isEmpty { nodes.append(shadow.layer(silhouette, id: id.child("shadow", ordinal))) }
        }
        // All outlines below all letters: a thick one must not lie on the letter before.
        for run in layout.runs {
            guard let outline = block.spans[run.tag].look.outline, outline.width > 0 else { continue }
            let stroke = Stroke(width: outline.width * 2, join: .round)
            nodes.append(.glyphs(GlyphsNode(run: run.run, style: .stroke(stroke), paint: .solid(outline.color))))
        }
        for run in layout.runs { nodes.append(.glyphs(GlyphsNode(run: run.run, paint: fills[run.tag]))) }
        return .enclosing(nodes, including: Rect(x: 0, y: 0, width: box.width, height: box.height))
    }
}

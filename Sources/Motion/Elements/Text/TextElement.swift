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

    /// What its texts say of an order.
    var words: [TextTemplate.OrderWord] {
        block.spans.flatMap { span in
            span.text.parts.compactMap { if case .order(let word) = $0 { word } else { nil } }
        }
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
        case price(MeasureIndex, TextTemplate.PricePiece)
        case marker(MarkerReference, TextTemplate.NumberFormat)
        case markerPrice(MarkerReference, TextTemplate.PricePiece)
        case clock(TextTemplate.InstantFormat)
        case order(TextTemplate.OrderWord)
    }

    /// What a drawing depends on.
    private struct Key: Hashable, Sendable {
        let texts: [String]
        let fills: [Paint]
    }

    private struct HighlightKey: Hashable, Sendable {
        let key: Key
        let states: [TextHighlights.State]
    }

    package let size: Size
    /// Whether it says what the numbers count.
    package let isDisclosure: Bool
    /// Pixels to an em, as set.
    let inkSize: Double
    private let still: LayerContent?
    private let picture: ImageFacts?
    private let unveiling: TextUnveiling?
    private let start: FrameTime
    private let block: TextBlock
    private let parts: [[Part]]
    private let box: Size
    private let setter: FigureSetter
    private let set: @Sendable ([String]) -> TextLayout?
    private let emoji: EmojiPictures
    private let hasProduct: Bool
    private let cache: ContentCache<Key>
    private let highlights: TextHighlights?
    private let highlighted: ContentCache<HighlightKey>
    /// A text that does not change, as it was set.
    private let stillText: SetText

    /// Sets the text at the scene's start; reports fonts and glyphs that are missing and text that does not fit, and is nil for
    /// errors.
    package init?(
        _ block: TextBlock, in context: ResolveContext, missing: ParagraphOptions.MissingGlyphs,
        isDisclosure: Bool = false
    ) {
        let block = block.expanded
        var parts: [[Part]] = []
        for span in block.spans {
            var list: [Part] = []
            for part in span.text.parts {
                switch part {
                case .literal(let text), .small(let text): list.append(.literal(text))
                case .price(let name, let piece) where context.markers[name] != nil:
                    list.append(.markerPrice(context.marker(name), piece))
                case .measure(let name, let format) where context.markers[name] != nil:
                    list.append(.marker(context.marker(name), format))
                case .price(let name, let piece):
                    guard let measure = context.measure(name) else { return nil }
                    list.append(.price(measure, piece))
                case .measure(let name, let format):
                    guard let measure = context.measure(name) else { return nil }
                    list.append(.measure(measure, format))
                case .fact(let fact, let format): list.append(.literal(context.facts.text(fact, format)))
                case .clock(let format): list.append(.clock(format))
                case .order(let word): list.append(.order(word))
                }
            }
            parts.append(list)
        }
        self.block = block
        self.parts = parts
        start = context.elementStart
        self.isDisclosure = isDisclosure
        let typesetter = context.typesetter
        emoji = context.emoji
        (cache, highlighted) = (ContentCache(), ContentCache())
        highlights = TextHighlights(block, in: context)
        // The last texts are usually the widest: they size an element that has no box.
        func texts(_ order: ShownOrder?) -> [String] {
            Self.texts(
                parts, isSpaced: block.isSpaced, tracks: context.tracks, clock: context.clock,
                at: context.sceneStart + context.sceneDuration, order: order)
        }
        func set(
            _ texts: [String], missing: ParagraphOptions.MissingGlyphs
        ) throws(TypesettingError) -> Setting {
            block.isVertical
                ? try Self.vertical(block, texts, in: context, missing: missing)
                : try Self.horizontal(block, texts, in: context, missing: missing)
        }
        let sample = context.sampleOrder
        // An order of the feed is no fault of the template: that one is judged with an order of ours.
        let isTold = sample.map { $0.line != .sample } ?? false && block.spans.contains { $0.text.showsOrder }
        let words = texts(sample)
        let first: Setting
        do {
            if isTold, let sample {
                let ours = ShownOrder(line: .sample, ago: sample.ago, more: sample.more, shipped: sample.shipped)
                _ = try set(texts(ours), missing: missing)
            }
            first = try set(words, missing: isTold ? .replace : missing)
        } catch {
            context.report(error)
            return nil
        }
        do {
            picture = try block.picture.map { try context.world.image(at: $0) }
        } catch {
            context.report(
                .file, "picture \"\(block.picture ?? "")\" cannot be read: \(error)",
                hint: "put a PNG or JPEG file there")
            return nil
        }
        inkSize = first.fittedSize
        stillText = first.text
        if context.box == nil, block.spans.contains(where: { $0.text.showsOrder }) {
            context.report(.missingKey, "a text of a row needs a size", hint: "write size: [width, height]")
        }
        box = context.box ?? first.size
        size = box
        let options = block.options(box: box, missing: .replace)
        // What could fail did so at resolve; figures that no font has become 〓.
        self.set = { try? typesetter.layout(Self.richText(block, $0), options: options) }
        hasProduct = block.spans.contains { $0.text.parts.contains(.order(.product)) }
        setter = FigureSetter(
            styles: block.spans.map {
                $0.text.isConstant || block.isVertical ? nil : $0.look.style(tabular: $0.text.wantsTabularFigures)
            }, typesetter: typesetter, set: Self.setter(block, box: box, emoji: context.emoji, with: typesetter))
        context.note(
            TextFact(
                place: context.place, scene: context.sceneOrdinal, text: words.joined(), size: first.fittedSize,
                wantedSize: block.spans.first?.look.size ?? 0, isTruncated: first.isTruncated,
                overflows: first.overflows, isDisclosure: isDisclosure,
                reading: parts.joined().reduce(into: "") { if case .literal(let text) = $1 { $0 += text } }))
        still =
            block.isConstant
            ? Self.draw(first.text, block, picture: picture, at: .zero, box: box, id: context.id)
            : nil
        if let still, let reveal = block.reveal, let layout = first.layout {
            unveiling = TextUnveiling(
                reveal, layout: layout, pictures: first.pictures, looks: block.spans.map(\.look), still: still,
                id: context.id, seed: context.seed)
        } else {
            unveiling = nil
        }
        // Those of a feed's orders are counted by whoever shows them.
        if !isTold { context.missingGlyphs += first.missing }
    }

    /// How much of what is below its ink hides, from 0 to 1: the weakest of its spans.
    func inkOpacity(at time: FrameTime) -> Double {
        block.spans.map { $0.look.fill.leastOpacity(at: time) }.min() ?? 1
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let id = context.id
        let states = highlights?.states(at: context.time, in: context.tracks)
        func behind(_ letters: LayerContent, _ text: SetText?) -> LayerContent {
            guard let highlights, let states, let text else { return letters }
            return highlights.content(states, of: text, letters: letters, id: id)
        }
        if let unveiling {
            return behind(unveiling.content(at: context.time.own - start, rate: context.time.rate), stillText)
        }
        if let still {
            guard let states else { return still }
            return highlighted.content(for: HighlightKey(key: Key(texts: [], fills: []), states: states)) {
                behind(still, stillText)
            }
        }
        let texts = Self.texts(
            parts, isSpaced: block.isSpaced, tracks: context.tracks, clock: context.clock, at: context.time.absolute,
            order: context.order)
        let time = context.time.own
        let key = Key(texts: texts, fills: block.spans.map { $0.look.fill.paint(at: time, in: .zero) })
        let letters = cache.content(for: key) {
            (elastic(in: context) ?? setter.layout(texts)).map {
                Self.draw($0, block, picture: picture, at: time, box: box, id: id)
            }
        }
        guard let states, let letters else { return letters }
        return highlighted.content(for: HighlightKey(key: key, states: states)) {
            behind(letters, elastic(in: context) ?? setter.layout(texts))
        }
    }

    /// A text with a product's title, which gives way where all of it does not fit.
    private func elastic(in context: borrowing EvaluateContext) -> SetText? {
        guard hasProduct, let order = context.order else { return nil }
        return ProductCut.fitted(order.line.face.product) { product in
            set(
                Self.texts(
                    parts, isSpaced: block.isSpaced, tracks: context.tracks, clock: context.clock,
                    at: context.time.absolute, order: order, product: product))
        }.map { SetText($0, pictures: emoji.facts(of: $0)) }
    }

    private static func texts(
        _ parts: [[Part]], isSpaced: Bool, tracks: [MeasureTrack], clock: FeedClock, at time: FrameTime,
        order: ShownOrder?, product: String? = nil
    ) -> [String] {
        let texts = parts.map { list in
            var text = ""
            for part in list {
                switch part {
                case .literal(let literal): text += literal
                case .measure(let measure, let format): text += format.text(tracks[measure.ordinal].value(at: time))
                case .price(let measure, let piece):
                    text += piece.text(fen: tracks[measure.ordinal].value(at: time))
                case .marker(let marker, let format):
                    text += format.text(marker.latest(at: time, in: tracks)?.value ?? 0)
                case .markerPrice(let marker, let piece):
                    text += piece.text(fen: marker.latest(at: time, in: tracks)?.value ?? 0)
                case .clock(let format): text += format.text(clock.shown(at: time))
                case .order(.product): text += product ?? order?.line.face.product ?? ""
                case .order(let word): text += order?.text(word) ?? ""
                }
            }
            return text
        }
        return isSpaced ? PanguSpacing.spaced(texts) : texts
    }

    static func richText(_ block: TextBlock, _ texts: [String]) -> RichText {
        RichText(
            zip(block.spans, texts).enumerated().map { ordinal, pair in
                RichText.Span(
                    pair.1, style: pair.0.look.style(tabular: pair.0.text.wantsTabularFigures), tag: ordinal)
            })
    }

    private static func draw(
        _ layout: SetText, _ block: TextBlock, picture: ImageFacts?, at time: FrameTime, box: Size, id: LayerID
    ) -> LayerContent {
        let fills = block.spans.map { $0.look.fill.paint(at: time, in: layout.area) }
        let nodes =
            LetterPainter.nodes(
                layout.runs, looks: block.spans.map(\.look), fills: fills, picture: picture, area: layout.area, id: id)
            + layout.pictures.map { .image($0.image) }
        return .enclosing(nodes, including: Rect(x: 0, y: 0, width: box.width, height: box.height))
    }
}

import Drawing
import Typesetting

extension TextContent {
    /// A text as it was set first.
    struct Setting {
        let text: SetText
        /// Of a text that runs across.
        let layout: TextLayout?
        let size: Size
        let fittedSize: Double
        let isTruncated, overflows: Bool
        /// Characters that no font has.
        let missing: Int
        /// Those of its emoji.
        let pictures: [PictureKey: ImageFacts]
    }

    static func horizontal(
        _ block: TextBlock, _ texts: [String], in context: ResolveContext, missing: ParagraphOptions.MissingGlyphs
    ) throws(TypesettingError) -> Setting {
        let layout = try context.typesetter.layout(
            richText(block, texts), options: block.options(box: context.box, missing: missing))
        let pictures = context.pictures(of: layout)
        return Setting(
            text: SetText(layout, pictures: pictures), layout: layout,
            size: Size(width: layout.width, height: layout.height), fittedSize: layout.fittedSize,
            isTruncated: layout.isTruncated, overflows: layout.overflows, missing: layout.missing.count,
            pictures: pictures)
    }

    static func vertical(
        _ block: TextBlock, _ texts: [String], in context: ResolveContext, missing: ParagraphOptions.MissingGlyphs
    ) throws(TypesettingError) -> Setting {
        var known: [PictureKey: ImageFacts] = [:]
        let set = try VerticalSetter.set(
            richText(block, texts), block: block, box: context.box, missing: missing,
            pictures: { layout in
                known.merge(context.pictures(of: layout)) { first, _ in first }
                return known
            }, with: context.typesetter)
        return Setting(
            text: set.text, layout: nil, size: set.size,
            fittedSize: (block.spans.first?.look.size ?? 0) * set.scale, isTruncated: false, overflows: set.overflows,
            missing: set.missing, pictures: known)
    }

    /// Sets other texts of the same block. What could fail did so at resolve; figures that no font has become 〓.
    static func setter(
        _ block: TextBlock, box: Size, emoji: EmojiPictures, with typesetter: SharedTypesetter
    ) -> @Sendable ([String]) -> SetText? {
        if block.isVertical {
            return { texts in
                try? VerticalSetter.set(
                    richText(block, texts), block: block, box: box, missing: .replace,
                    pictures: { emoji.facts(of: $0) }, with: typesetter
                ).text
            }
        }
        let options = block.options(box: box, missing: .replace)
        return { texts in
            (try? typesetter.layout(richText(block, texts), options: options)).map {
                SetText($0, pictures: emoji.facts(of: $0))
            }
        }
    }
}

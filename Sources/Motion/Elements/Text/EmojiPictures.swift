internal import Drawing
internal import Synchronization
package import Typesetting

/// A glyph that is a picture, wherever it stands.
package struct PictureKey: Hashable, Sendable {
    private let font: Digest
    private let glyph: UInt32

    package init(_ picture: TextLayout.Picture) { (font, glyph) = (picture.font, picture.glyph) }
}

/// The pictures of emoji, taken out of their font when a text first shows them: nobody knows beforehand which ones a feed will bring.
///
/// What a glyph's picture is follows from the font alone, so that neither threads nor the order of frames show in any frame.
package final class EmojiPictures: Sendable {
    private let library: FontLibrary
    private let world: any World
    /// Nil for pictures that cannot be read.
    private let known = Mutex<[PictureKey: ImageFacts?]>([:])

    package init(library: FontLibrary, world: any World) { (self.library, self.world) = (library, world) }

    /// Those of a layout; what cannot be read is left out.
    package func facts(of layout: TextLayout) -> [PictureKey: ImageFacts] {
        var facts: [PictureKey: ImageFacts] = [:]
        for picture in layout.pictures where facts[PictureKey(picture)] == nil {
            facts[PictureKey(picture)] = self.facts(of: picture)
        }
        return facts
    }

    private func facts(of picture: TextLayout.Picture) -> ImageFacts? {
        let key = PictureKey(picture)
        if let known = known.withLock({ $0[key] }) { return known }
        let facts = library.picture(picture).flatMap { try? world.image(png: $0) }
        known.withLock { $0[key] = .some(facts) }
        return facts
    }
}

extension ResolveContext {
    /// The pictures of a layout's emoji; one that cannot be read is reported.
    package func pictures(of layout: TextLayout) -> [PictureKey: ImageFacts] {
        let facts = emoji.facts(of: layout)
        for _ in Set(layout.pictures.map { PictureKey($0) }).subtracting(facts.keys) {
            report(.glyph, "an emoji of the font cannot be read", hint: "use an undamaged font of pictures")
        }
        return facts
    }
}

extension SetText.Picture {
    /// The same elsewhere.
    func movedBy(x: Double, y: Double) -> SetText.Picture {
        SetText.Picture(
            image: ImageNode(image: image.image, size: image.size, target: image.target.rect.offsetBy(x: x, y: y)),
            line: line, letter: letter)
    }
}

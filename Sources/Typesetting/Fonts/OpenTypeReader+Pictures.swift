/// A glyph that is a picture.
struct GlyphPicture {
    /// Its PNG file in the bytes of the font.
    let png: Range<Int>
    /// Its pixels, and from the origin to its left edge.
    let width, height, left: Int
    /// Pixels to an em.
    let em: Int
}

extension OpenTypeReader {
    /// The picture of a glyph; nil when it has none that can be read.
    ///
    /// Source: OpenType 1.9, chapters CBLC and CBDT; index formats 1 and 3, image formats 17 and 18, which colour fonts use.
    func picture(of glyph: Int) -> GlyphPicture? {
        guard let places = tables[Self.tag("CBLC")], let data = tables[Self.tag("CBDT")] else { return nil }
        for strike in 0..<min(16, Int(Self.big32(bytes, places.lowerBound + 4))) {
            let record = places.lowerBound + 8 + 48 * strike
            guard record + 48 <= places.upperBound,
                (Self.big16(bytes, record + 40)...max(Self.big16(bytes, record + 40), Self.big16(bytes, record + 42)))
                    .contains(glyph)
            else { continue }
            let array = places.lowerBound + Int(Self.big32(bytes, record))
            for index in 0..<min(4096, Int(Self.big32(bytes, record + 8))) {
                let entry = array + 8 * index
                let first = Self.big16(bytes, entry)
                guard first <= glyph, glyph <= Self.big16(bytes, entry + 2) else { continue }
                return picture(
                    number: glyph - first, table: array + Int(Self.big32(bytes, entry + 4)), data: data,
                    em: Int(bytes[record + 45]))
            }
        }
        return nil
    }

    private func picture(number: Int, table: Int, data: Range<Int>, em: Int) -> GlyphPicture? {
        let start: Int
        switch Self.big16(bytes, table) {
        case 1: start = Int(Self.big32(bytes, table + 8 + 4 * number))
        case 3: start = Self.big16(bytes, table + 8 + 2 * number)
        default: return nil
        }
        let at = data.lowerBound + Int(Self.big32(bytes, table + 4)) + start
        let header: Int
        switch Self.big16(bytes, table + 2) {
        case 17: header = 5
        case 18: header = 8
        default: return nil
        }
        guard at >= data.lowerBound, at + header + 4 <= data.upperBound else { return nil }
        let length = Int(Self.big32(bytes, at + header))
        let png = at + header + 4
        guard length > 8, png + length <= data.upperBound, bytes[at] > 0, bytes[at + 1] > 0 else { return nil }
        return GlyphPicture(
            png: png..<png + length, width: Int(bytes[at + 1]), height: Int(bytes[at]),
            left: Int(Int8(bitPattern: bytes[at + 2])), em: em)
    }
}

extension FontFace {
    /// Emoji stand beside ideographs a little smaller than their font has them, which is 1.25 em wide.
    static let pictureScale = 0.82

    /// The picture of a glyph.
    func picture(_ glyph: UInt32) -> GlyphPicture? {
        OpenTypeReader(source.bytes, face: index)?.picture(of: Int(glyph))
    }
}

extension FontLibrary {
    /// The PNG file of a glyph that is a picture; nil for any other.
    public func picture(_ picture: TextLayout.Picture) -> [UInt8]? {
        guard let face = faces.first(where: { $0.isColor && $0.digest == picture.font }),
            let found = face.picture(picture.glyph)
        else { return nil }
        return Array(face.source.bytes[found.png])
    }
}

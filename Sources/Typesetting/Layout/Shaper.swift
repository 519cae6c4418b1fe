import CFontTable
import CText

/// Pango with our fonts and nothing of the machine's: shapes text and breaks it into lines.
///
/// The language is "und", for which Pango asks neither the locale nor `LANGUAGE` nor `PANGO_LANGUAGE`; the Chinese forms are
/// those that an SC font has without being asked. Paragraphs run from left to right. One thread at a time.
final class Shaper {
    /// A span's style as Pango is told it.
    struct Style {
        /// The number of the chain of faces.
        let chain: Int32
        /// 1/64 px an em.
        let size: Int32
        /// 1/1024 px.
        let letterSpacing: Int32
        let features: String
    }

    /// Where lines may end.
    enum Wrapping {
        /// Between words, and within a word that is longer than a line.
        case anywhere
        /// Between words alone.
        case words
        /// One line, cut where it is too long and ended with "…".
        case ellipsis
    }

    private let table: OpaquePointer
    private let context: OpaquePointer
    private let layout: OpaquePointer

    /// Makes a font table of the faces, whose files must be held longer than the shaper.
    init(faces: [FontFace]) throws(TypesettingError) {
        guard let table = fanpai_font_table_new() else {
            throw TypesettingError(.library, "Pango does not start", hint: "check the memory of the machine")
        }
        for face in faces {
            let em = Double(face.unitsPerEm)
            fanpai_font_table_add_face(
                table, face.source.bytes.baseAddress, face.source.bytes.count, UInt32(face.index),
                Double(face.heights.ascent) / em, Double(face.heights.descent) / em,
                face.isColor ? FontFace.pictureScale : 1)
        }
        let map = fanpai_font_table_map(table)?.assumingMemoryBound(to: PangoFontMap.self)
        guard let context = pango_font_map_create_context(map), let layout = pango_layout_new(context) else {
            fanpai_font_table_free(table)
            throw TypesettingError(.library, "Pango does not start", hint: "check the memory of the machine")
        }
        pango_context_set_language(context, pango_language_from_string("und"))
        pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
        pango_context_set_round_glyph_positions(context, 0)
        pango_layout_set_auto_dir(layout, 0)
        self.table = table
        self.context = context
        self.layout = layout
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(layout))
        g_object_unref(UnsafeMutableRawPointer(context))
        fanpai_font_table_free(table)
    }

    /// Registers faces to be tried in order and returns the number of the chain.
    func addChain(_ faces: [Int]) -> Int32 {
        fanpai_font_table_add_chain(table, faces.map(Int32.init), Int32(faces.count))
    }

    /// Whether emoji are pictures from now on, of the chain's first face that has them.
    func drawPictures(_ areDrawn: Bool, chain: Int32) {
        fanpai_font_table_set_emoji(table, chain, areDrawn ? 1 : 0)
    }

    /// Sets a text; `width` is in 1/1024 px, nil for lines of any length. What comes out is asked for by the other methods.
    func set(_ text: PreparedText, styles: [Style], width: Int32?, wrapping: Wrapping) {
        text.bytes.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
        let attributes = pango_attr_list_new()
        for segment in text.segments where segment.end > segment.start || text.segments.count == 1 {
            add(styles[segment.span], segment, to: attributes)
        }
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        pango_layout_set_width(layout, width ?? -1)
        pango_layout_set_wrap(layout, wrapping == .words ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR)
        pango_layout_set_ellipsize(layout, wrapping == .ellipsis ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE)
    }

    private func add(_ style: Style, _ segment: PreparedText.Segment, to attributes: OpaquePointer?) {
        func insert(_ attribute: UnsafeMutablePointer<PangoAttribute>?) {
            attribute?.pointee.start_index = UInt32(segment.start)
            attribute?.pointee.end_index = UInt32(max(segment.end, segment.start + 1))
            pango_attr_list_insert(attributes, attribute)
        }
        let description = pango_font_description_new()
        pango_font_description_set_family(description, String(style.chain))
        pango_font_description_set_absolute_size(description, Double(style.size) * 16)
        insert(pango_attr_font_desc_new(description))
        pango_font_description_free(description)
        if style.letterSpacing != 0 { insert(pango_attr_letter_spacing_new(style.letterSpacing)) }
        if !style.features.isEmpty { insert(pango_attr_font_features_new(style.features)) }
    }

    /// True when "…" stands for some of the text.
    var isEllipsized: Bool { pango_layout_is_ellipsized(layout) != 0 }

    /// The first byte of each line, and its width in 1/1024 px.
    func measure() -> [(start: Int, width: Int)] {
        var lines: [(start: Int, width: Int)] = []
        var node = pango_layout_get_lines_readonly(layout)
        while let current = node {
            if let line = current.pointee.data?.assumingMemoryBound(to: PangoLayoutLine.self) {
                var logical = PangoRectangle()
                pango_layout_line_get_extents(line, nil, &logical)
                lines.append((Int(line.pointee.start_index), Int(logical.width)))
            }
            node = current.pointee.next
        }
        return lines
    }

    /// The glyphs of each line.
    func lines(of text: PreparedText) -> [ShapedLine] {
        var lines: [ShapedLine] = []
        var node = pango_layout_get_lines_readonly(layout)
        while let current = node {
            if let line = current.pointee.data?.assumingMemoryBound(to: PangoLayoutLine.self) {
                lines.append(shapedLine(line, text))
            }
            node = current.pointee.next
        }
        return lines
    }

    private func shapedLine(_ line: UnsafePointer<PangoLayoutLine>, _ text: PreparedText) -> ShapedLine {
        let start = Int(line.pointee.start_index)
        var shaped = ShapedLine(start: start, end: start + Int(line.pointee.length))
        var node = line.pointee.runs
        while let current = node {
            if let item = current.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self) {
                append(item, text, to: &shaped)
            }
            node = current.pointee.next
        }
        return shaped
    }

    private func append(_ run: UnsafePointer<PangoGlyphItem>, _ text: PreparedText, to line: inout ShapedLine) {
        guard let item = run.pointee.item, let string = run.pointee.glyphs else { return }
        let font = item.pointee.analysis.font
        let (face, size) = (Int(fanpai_font_face(font)), fanpai_font_size(font) / 16)
        let (start, end) = (Int(item.pointee.offset), Int(item.pointee.offset + item.pointee.length))
        let isEllipsis = fanpai_is_ellipsis(item) != 0
        var span = -1
        for index in 0..<Int(string.pointee.num_glyphs) {
            let info = string.pointee.glyphs[index]
            let byte = isEllipsis ? start : start + Int(string.pointee.log_clusters[index])
            defer { line.width += Int(info.geometry.width) }
            if fanpai_is_empty(info.glyph) != 0 { continue }
            if fanpai_is_unknown(info.glyph) != 0 || face < 0 {
                line.unknown += 1
                continue
            }
            let segment = text.segment(at: byte)
            if segment.span != span {
                span = segment.span
                let covered = max(start, segment.start)..<max(start, min(end, segment.end))
                line.runs.append(
                    ShapedLine.Run(
                        face: face, size: size, span: span,
                        text: isEllipsis ? "…" : String(decoding: text.bytes[covered], as: UTF8.self)))
            }
            line.runs[line.runs.count - 1].glyphs.append(
                ShapedLine.Glyph(
                    id: info.glyph, x: line.width + Int(info.geometry.x_offset), y: Int(info.geometry.y_offset),
                    byte: byte))
        }
    }
}

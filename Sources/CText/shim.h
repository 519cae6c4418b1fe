#pragma once
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <pango/pango.h>

/* Macros that Swift does not import, and fields whose place changed between versions. */

/** Loads a glyph's outline in font units: no hinting, no bitmap, no scaling. */
static inline FT_Error fanpai_load_outline(FT_Face face, FT_UInt glyph) {
    return FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP | FT_LOAD_NO_HINTING);
}

/** Tells whether the loaded glyph is an outline. */
static inline int fanpai_has_outline(FT_Face face) { return face->glyph->format == FT_GLYPH_FORMAT_OUTLINE; }

/** Tells whether a glyph stands for a character that no font has. */
static inline int fanpai_is_unknown(PangoGlyph glyph) { return (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0; }

/** Tells whether a glyph stands for nothing at all. */
static inline int fanpai_is_empty(PangoGlyph glyph) { return glyph == PANGO_GLYPH_EMPTY; }

/** Tells whether an item is the "…" that Pango put in place of text. */
static inline int fanpai_is_ellipsis(const PangoItem *item) {
    return (item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0;
}

/* A Pango font map over a table of font files in memory.
 *
 * Pango's own maps ask Fontconfig, and start it with the configuration of the machine even when they are given another
 * (1.50 calls FcInit on a thread of its own, and FcConfigSubstitute with no configuration at all). This map knows the
 * faces that it was given and the chains in which they stand in for each other, and nothing else: no files, no environment. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct FanpaiFontTable FanpaiFontTable;

/** Makes an empty table; it is freed by fanpai_font_table_free. One thread at a time may use it and what hangs on it. */
FanpaiFontTable *fanpai_font_table_new(void);
void fanpai_font_table_free(FanpaiFontTable *table);

/** Adds a face of a font file and returns its number. The bytes are lent and must outlive the table. */
int32_t fanpai_font_table_add_face(
    FanpaiFontTable *table, const void *bytes, size_t length, uint32_t index, double ascent, double descent,
    double scale);

/** Adds a chain: the faces to look for a character in, in order. Its number as a decimal is the "family" of a font
 *  description that wants the chain. */
int32_t fanpai_font_table_add_chain(FanpaiFontTable *table, const int32_t *faces, int32_t count);

/** Names the chain that answers for runs of emoji, and says whether it does; otherwise the first chain does. */
void fanpai_font_table_set_emoji(FanpaiFontTable *table, int32_t chain, int32_t is_drawn);

/** The PangoFontMap, owned by the table. */
void *fanpai_font_table_map(FanpaiFontTable *table);

/** The number of the face behind a PangoFont of this table, its size in Pango units an em; -1 for any other font. */
int32_t fanpai_font_face(void *font);
int32_t fanpai_font_size(void *font);

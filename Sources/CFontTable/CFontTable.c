#include "CFontTable.h"

#include <hb.h>
#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

/* Fonts and font sets that are kept before all are dropped; layouts in use hold their own references. */
#define KEPT 512

typedef struct {
    hb_face_t *face;
    PangoCoverage *coverage; /* made when first asked for */
    double ascent, descent;  /* em */
    double scale;            /* of the size that is asked for */
} Face;

typedef struct {
    int32_t *faces;
    int32_t count;
} Chain;

struct FanpaiFontTable {
    GArray *faces;
    GArray *chains;
    GHashTable *fonts;    /* face and size -> PangoFont */
    GHashTable *fontsets; /* chain and size -> PangoFontset */
    PangoFontMap *map;
    int32_t emoji; /* the chain for emoji */
    int32_t draws_emoji;
};

/* ---- the font: one face at one size ---- */

typedef struct {
    PangoFont parent;
    FanpaiFontTable *table; /* outlives its fonts */
    int32_t face;
    int32_t size;
} FanpaiFont;

typedef struct {
    PangoFontClass parent;
} FanpaiFontClass;

static GType fanpai_font_get_type(void);
G_DEFINE_TYPE(FanpaiFont, fanpai_font, PANGO_TYPE_FONT)

static Face *face_of(const FanpaiFont *font) { return &g_array_index(font->table->faces, Face, font->face); }

static PangoFontDescription *font_describe(PangoFont *base) {
    FanpaiFont *font = (FanpaiFont *)base;
    PangoFontDescription *description = pango_font_description_new();
    char family[16];
    g_snprintf(family, sizeof family, "face%d", font->face);
    pango_font_description_set_family(description, family);
    pango_font_description_set_absolute_size(description, font->size);
    return description;
}

static PangoCoverage *font_coverage(PangoFont *base, PangoLanguage *language) {
    Face *face = face_of((FanpaiFont *)base);
    if (!face->coverage) {
        face->coverage = pango_coverage_new();
        hb_set_t *characters = hb_set_create();
        hb_face_collect_unicodes(face->face, characters);
        hb_codepoint_t character = HB_SET_VALUE_INVALID;
        while (hb_set_next(characters, &character))
            pango_coverage_set(face->coverage, (int)character, PANGO_COVERAGE_EXACT);
        hb_set_destroy(characters);
    }
    return g_object_ref(face->coverage);
}

/* Lines are placed by our own rule, so the heights matter to nobody; the widths break lines and cut them. */
static void font_glyph_extents(PangoFont *base, PangoGlyph glyph, PangoRectangle *ink, PangoRectangle *logical) {
    FanpaiFont *font = (FanpaiFont *)base;
    Face *face = face_of(font);
    PangoRectangle box = {0, (int)(-face->ascent * font->size), 0, (int)((face->ascent + face->descent) * font->size)};
    if (glyph == PANGO_GLYPH_EMPTY)
        box.height = 0;
    else if (glyph & PANGO_GLYPH_UNKNOWN_FLAG)
        box.width = font->size / 2;
    else
        box.width = hb_font_get_glyph_h_advance(pango_font_get_hb_font(base), glyph);
    if (ink) *ink = box;
    if (logical) *logical = box;
}

/* Pango wants metrics for heights that we do not use; those it has for no font at all will do. */
static PangoFontMetrics *font_metrics(PangoFont *base, PangoLanguage *language) {
    return pango_font_get_metrics(NULL, language);
}

static PangoFontMap *font_map(PangoFont *base) { return ((FanpaiFont *)base)->table->map; }

static hb_font_t *font_create_hb_font(PangoFont *base) {
    FanpaiFont *font = (FanpaiFont *)base;
    hb_font_t *scaled = hb_font_create(face_of(font)->face);
    hb_font_set_scale(scaled, font->size, font->size);
    return scaled;
}

static void fanpai_font_class_init(FanpaiFontClass *type) {
    type->parent.describe = font_describe;
    type->parent.describe_absolute = font_describe;
    type->parent.get_coverage = font_coverage;
    type->parent.get_glyph_extents = font_glyph_extents;
    type->parent.get_metrics = font_metrics;
    type->parent.get_font_map = font_map;
    type->parent.create_hb_font = font_create_hb_font;
}

static void fanpai_font_init(FanpaiFont *font) {}

/* ---- the map ---- */

typedef struct {
    PangoFontMap parent;
    FanpaiFontTable *table;
} FanpaiFontMap;

typedef struct {
    PangoFontMapClass parent;
} FanpaiFontMapClass;

static GType fanpai_font_map_get_type(void);
G_DEFINE_TYPE(FanpaiFontMap, fanpai_font_map, PANGO_TYPE_FONT_MAP)

static gpointer cached(GHashTable *cache, int32_t number, int32_t size) {
    gint64 key = (gint64)number << 32 | size;
    return g_hash_table_lookup(cache, &key);
}

static void keep(GHashTable *cache, int32_t number, int32_t size, gpointer object) {
    if (g_hash_table_size(cache) >= KEPT) g_hash_table_remove_all(cache);
    gint64 *key = g_new(gint64, 1);
    *key = (gint64)number << 32 | size;
    g_hash_table_insert(cache, key, g_object_ref(object));
}

/* Returns a new reference. */
static PangoFont *font_for(FanpaiFontTable *table, int32_t face, int32_t size) {
    FanpaiFont *font = cached(table->fonts, face, size);
    if (font) return g_object_ref(PANGO_FONT(font));
    font = g_object_new(fanpai_font_get_type(), NULL);
    font->table = table;
    font->face = face;
    font->size = size;
    keep(table->fonts, face, size, font);
    return PANGO_FONT(font);
}

/* Pango asks for "emoji" on its own for emoji: unless pictures are drawn the first chain answers, as it does for any name that is no number. */
static int32_t chain_of(FanpaiFontTable *table, const PangoFontDescription *description) {
    const char *family = pango_font_description_get_family(description);
    if (table->draws_emoji && family && strcmp(family, "emoji") == 0) return table->emoji;
    char *end = NULL;
    long number = family ? strtol(family, &end, 10) : 0;
    if (!family || end == family || *end || number < 0 || number >= (long)table->chains->len) number = 0;
    return (int32_t)number;
}

static int32_t size_of(const PangoFontDescription *description) {
    int size = pango_font_description_get_size(description);
    return size > 0 ? size : PANGO_SCALE;
}

static PangoFont *map_load_font(PangoFontMap *base, PangoContext *context, const PangoFontDescription *description) {
    FanpaiFontTable *table = ((FanpaiFontMap *)base)->table;
    if (table->chains->len == 0) return NULL;
    Chain *chain = &g_array_index(table->chains, Chain, chain_of(table, description));
    return font_for(table, chain->faces[0], size_of(description));
}

static PangoFontset *map_load_fontset(
    PangoFontMap *base, PangoContext *context, const PangoFontDescription *description, PangoLanguage *language) {
    FanpaiFontTable *table = ((FanpaiFontMap *)base)->table;
    if (table->chains->len == 0) return PANGO_FONTSET(pango_fontset_simple_new(language));
    int32_t number = chain_of(table, description), size = size_of(description);
    PangoFontset *fontset = cached(table->fontsets, number, size);
    if (fontset) return g_object_ref(fontset);
    PangoFontsetSimple *simple = pango_fontset_simple_new(language);
    Chain *chain = &g_array_index(table->chains, Chain, number);
    for (int32_t i = 0; i < chain->count; i++) {
        double scale = g_array_index(table->faces, Face, chain->faces[i]).scale;
        pango_fontset_simple_append(simple, font_for(table, chain->faces[i], (int32_t)(size * scale + 0.5)));
    }
    keep(table->fontsets, number, size, simple);
    return PANGO_FONTSET(simple);
}

static void map_list_families(PangoFontMap *base, PangoFontFamily ***families, int *count) {
    if (families) *families = NULL;
    *count = 0;
}

static void fanpai_font_map_class_init(FanpaiFontMapClass *type) {
    type->parent.load_font = map_load_font;
    type->parent.load_fontset = map_load_fontset;
    type->parent.list_families = map_list_families;
}

static void fanpai_font_map_init(FanpaiFontMap *map) {}

/* ---- the table ---- */

FanpaiFontTable *fanpai_font_table_new(void) {
    FanpaiFontTable *table = g_new0(FanpaiFontTable, 1);
    table->faces = g_array_new(FALSE, TRUE, sizeof(Face));
    table->chains = g_array_new(FALSE, TRUE, sizeof(Chain));
    table->fonts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_object_unref);
    table->fontsets = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_object_unref);
    table->map = g_object_new(fanpai_font_map_get_type(), NULL);
    ((FanpaiFontMap *)table->map)->table = table;
    return table;
}

void fanpai_font_table_free(FanpaiFontTable *table) {
    if (!table) return;
    g_hash_table_destroy(table->fontsets);
    g_hash_table_destroy(table->fonts);
    g_object_unref(table->map);
    for (guint i = 0; i < table->faces->len; i++) {
        Face *face = &g_array_index(table->faces, Face, i);
        g_clear_object(&face->coverage);
        hb_face_destroy(face->face);
    }
    for (guint i = 0; i < table->chains->len; i++) g_free(g_array_index(table->chains, Chain, i).faces);
    g_array_free(table->faces, TRUE);
    g_array_free(table->chains, TRUE);
    g_free(table);
}

int32_t fanpai_font_table_add_face(
    FanpaiFontTable *table, const void *bytes, size_t length, uint32_t index, double ascent, double descent,
    double scale) {
    Face face = {.ascent = ascent, .descent = descent, .scale = scale};
    hb_blob_t *blob = hb_blob_create(bytes, (unsigned)length, HB_MEMORY_MODE_READONLY, NULL, NULL);
    face.face = hb_face_create(blob, index);
    hb_blob_destroy(blob);
    hb_face_make_immutable(face.face);
    g_array_append_val(table->faces, face);
    return (int32_t)table->faces->len - 1;
}

int32_t fanpai_font_table_add_chain(FanpaiFontTable *table, const int32_t *faces, int32_t count) {
    Chain chain = {g_new(int32_t, count), count};
    memcpy(chain.faces, faces, sizeof(int32_t) * (size_t)count);
    g_array_append_val(table->chains, chain);
    return (int32_t)table->chains->len - 1;
}

void fanpai_font_table_set_emoji(FanpaiFontTable *table, int32_t chain, int32_t is_drawn) {
    table->emoji = chain;
    table->draws_emoji = is_drawn && chain >= 0 && chain < (int32_t)table->chains->len;
}

void *fanpai_font_table_map(FanpaiFontTable *table) { return table->map; }

static FanpaiFont *ours(void *font) {
    return font && G_TYPE_CHECK_INSTANCE_TYPE(font, fanpai_font_get_type()) ? (FanpaiFont *)font : NULL;
}

int32_t fanpai_font_face(void *font) {
    FanpaiFont *mine = ours(font);
    return mine ? mine->face : -1;
}

int32_t fanpai_font_size(void *font) {
    FanpaiFont *mine = ours(font);
    return mine ? mine->size : 0;
}

#include <stdlib.h>
#include <string.h>

#include "CMediaKernels.h"

// One picture of a GIF: descriptor, a palette of its own and LZW data. Index 0 is transparent, and leaves what is there.

static const uint8_t bayer[8][8] = {
    {0, 32, 8, 40, 2, 34, 10, 42},  {48, 16, 56, 24, 50, 18, 58, 26}, {12, 44, 4, 36, 14, 46, 6, 38},
    {60, 28, 52, 20, 62, 30, 54, 22}, {3, 35, 11, 43, 1, 33, 9, 41},  {51, 19, 59, 27, 49, 17, 57, 25},
    {15, 47, 7, 39, 13, 45, 5, 37}, {63, 31, 55, 23, 61, 29, 53, 21}};

enum { CLEAR_COLOR = 1u << 24, BINS = 1 << 15, COLORS = 255, SLOTS = 1024 };

static inline uint32_t pixel_at(const uint8_t *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

/// Whether a pixel is seen: GIF knows no half alpha.
static inline int is_seen(uint32_t v) { return v >> 24 >= 128; }

/// 0xRRGGBB of a premultiplied pixel that is seen.
static inline uint32_t straight(uint32_t v) {
    uint32_t a = v >> 24, color = 0;
    for (int c = 0; c < 3; c++) {
        uint32_t s = (2 * (v >> (8 * c) & 255) * 255 + a) / (2 * a);
        color |= (s < 255 ? s : 255) << (8 * c);
    }
    return color;
}

/// Colours of a part, in rows; CLEAR_COLOR where the picture leaves what is there.
static uint32_t *part_colors(const fanpai_gif_part *p) {
    int width = p->x1 - p->x0, height = p->y1 - p->y0;
    uint32_t *colors = malloc((size_t)width * (size_t)height * sizeof(uint32_t));
    if (!colors) abort();
    for (int y = p->y0; y < p->y1; y++) {
        const uint8_t *now = p->now + (size_t)y * p->stride, *before = p->before ? p->before + (size_t)y * p->stride : NULL;
        uint32_t *out = colors + (size_t)(y - p->y0) * (size_t)width, last = 0, last_color = CLEAR_COLOR;
        for (int x = p->x0; x < p->x1; x++) {
            uint32_t v = pixel_at(now + 4 * (size_t)x), color = CLEAR_COLOR;
            int stays = before && pixel_at(before + 4 * (size_t)x) == v
                && !(x >= p->cleared_x0 && x < p->cleared_x1 && y >= p->cleared_y0 && y < p->cleared_y1);
            if (is_seen(v) && !stays) {
                if (v != last) {
                    last = v;
                    last_color = straight(v);
                }
                color = last_color;
            }
            out[x - p->x0] = color;
        }
    }
    return colors;
}

/// Gives every pixel its index when there are at most 255 colours; 0 when there are more.
static int index_exactly(const uint32_t *colors, size_t count, uint8_t *indexes, uint32_t *palette, int *used) {
    uint32_t keys[SLOTS];
    uint8_t values[SLOTS];
    memset(keys, 0xff, sizeof keys);
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        if (colors[i] == CLEAR_COLOR) {
            indexes[i] = 0;
            continue;
        }
        uint32_t slot = colors[i] * 2654435761u >> 22;
        while (keys[slot] != colors[i]) {
            if (keys[slot] == 0xffffffffu) {
                if (found == COLORS) return 0;
                keys[slot] = colors[i];
                palette[++found] = colors[i];
                values[slot] = (uint8_t)found;
                break;
            }
            slot = (slot + 1) % SLOTS;
        }
        indexes[i] = values[slot];
    }
    *used = found;
    return 1;
}

typedef struct {
    uint32_t count, red, green, blue;
} bin;

/// Bins of a box, and what is in it.
typedef struct {
    int first, last;
    int axis, span;
    uint64_t count;
} box;

static inline int channel(int key, int axis) { return key >> (5 * axis) & 31; }

static void measure(box *b, const uint16_t *keys, const bin *bins) {
    int low[3] = {31, 31, 31}, high[3] = {0, 0, 0};
    b->count = 0;
    for (int i = b->first; i < b->last; i++) {
        b->count += bins[keys[i]].count;
        for (int axis = 0; axis < 3; axis++) {
            int c = channel(keys[i], axis);
            if (c < low[axis]) low[axis] = c;
            if (c > high[axis]) high[axis] = c;
        }
    }
    b->axis = 0;
    b->span = -1;
    for (int axis = 0; axis < 3; axis++)
        if (high[axis] - low[axis] > b->span) {
            b->span = high[axis] - low[axis];
            b->axis = axis;
        }
}

/// Where every pixel is dithered to, in fifteen bits.
static inline uint32_t binned(uint32_t color, int x, int y) {
    int offset = (2 * bayer[y & 7][x & 7] - 63) / 16;  // half a bin both ways
    uint32_t key = 0;
    for (int c = 0; c < 3; c++) {
        int v = (int)(color >> (8 * c) & 255) + offset;
        key |= (uint32_t)((v < 0 ? 0 : v > 255 ? 255 : v) >> 3) << (5 * c);
    }
    return key;
}

/// Median cut over the colours that are there, with ordered dither, which stays where it is from frame to frame.
static int index_by_cuts(const fanpai_gif_part *p, const uint32_t *colors, uint8_t *indexes, uint32_t *palette) {
    int width = p->x1 - p->x0, height = p->y1 - p->y0;
    bin *bins = calloc(BINS, sizeof(bin));
    uint16_t *keys = malloc(BINS * sizeof(uint16_t)), *sorted = malloc(BINS * sizeof(uint16_t));
    uint8_t *owner = malloc(BINS);
    if (!bins || !keys || !sorted || !owner) abort();
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            uint32_t color = colors[(size_t)y * (size_t)width + x];
            if (color == CLEAR_COLOR) continue;
            bin *b = &bins[binned(color, x + p->x0, y + p->y0)];
            b->count++;
            b->blue += color & 255;
            b->green += color >> 8 & 255;
            b->red += color >> 16;
        }
    }
    box boxes[COLORS];
    int filled = 0, count = 1;
    for (int key = 0; key < BINS; key++)
        if (bins[key].count) keys[filled++] = (uint16_t)key;
    boxes[0] = (box){.first = 0, .last = filled};
    measure(&boxes[0], keys, bins);
    while (count < COLORS) {
        int best = -1;
        uint64_t weight = 0;
        for (int i = 0; i < count; i++) {
            uint64_t w = (uint64_t)boxes[i].span * (uint64_t)boxes[i].span * boxes[i].count;
            if (boxes[i].last - boxes[i].first > 1 && w > weight) {
                weight = w;
                best = i;
            }
        }
        if (best < 0) break;
        box *b = &boxes[best];
        // Sorted by counting along the longest side, then cut where half of the pixels are.
        int starts[33] = {0}, axis = b->axis;
        for (int i = b->first; i < b->last; i++) starts[channel(keys[i], axis) + 1]++;
        for (int c = 0; c < 32; c++) starts[c + 1] += starts[c];
        for (int i = b->first; i < b->last; i++) sorted[starts[channel(keys[i], axis)]++] = keys[i];
        memcpy(keys + b->first, sorted, (size_t)(b->last - b->first) * sizeof(uint16_t));
        uint64_t sum = 0;
        int cut = b->first;
        while (cut < b->last - 1 && (cut == b->first || 2 * sum < b->count)) sum += bins[keys[cut++]].count;
        box other = {.first = cut, .last = b->last};
        b->last = cut;
        measure(b, keys, bins);
        measure(&other, keys, bins);
        boxes[count++] = other;
    }
    for (int i = 0; i < count; i++) {
        uint64_t red = 0, green = 0, blue = 0, n = boxes[i].count ? boxes[i].count : 1;
        for (int k = boxes[i].first; k < boxes[i].last; k++) {
            const bin *b = &bins[keys[k]];
            red += b->red;
            green += b->green;
            blue += b->blue;
            owner[keys[k]] = (uint8_t)(i + 1);
        }
        palette[i + 1] = (uint32_t)((red + n / 2) / n) << 16 | (uint32_t)((green + n / 2) / n) << 8 | (uint32_t)((blue + n / 2) / n);
    }
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            size_t at = (size_t)y * (size_t)width + x;
            indexes[at] = colors[at] == CLEAR_COLOR ? 0 : owner[binned(colors[at], x + p->x0, y + p->y0)];
        }
    }
    free(bins);
    free(keys);
    free(sorted);
    free(owner);
    return count;
}

/// Bits into blocks of at most 255 bytes behind their length.
typedef struct {
    uint8_t *out, *block;
    uint32_t bits;
    int held;
} packer;

static void put_byte(packer *p, uint8_t byte) {
    if (*p->block == 255) {
        p->block = p->out++;
        *p->block = 0;
    }
    *p->out++ = byte;
    ++*p->block;
}

static void put_code(packer *p, uint32_t code, int size) {
    p->bits |= code << p->held;
    p->held += size;
    while (p->held >= 8) {
        put_byte(p, (uint8_t)p->bits);
        p->bits >>= 8;
        p->held -= 8;
    }
}

static uint8_t *compress(const uint8_t *indexes, size_t count, int depth, uint8_t *out) {
    enum { TABLE = 1 << 14 };
    uint32_t *keys = malloc(TABLE * sizeof(uint32_t));
    uint16_t *codes = malloc(TABLE * sizeof(uint16_t));
    if (!keys || !codes) abort();
    const uint32_t clear = 1u << depth;
    uint32_t next = clear + 2;
    int size = depth + 1;
    *out++ = (uint8_t)depth;
    packer p = {.out = out + 1, .block = out};
    *p.block = 0;
    memset(keys, 0xff, TABLE * sizeof(uint32_t));
    put_code(&p, clear, size);
    uint32_t prefix = indexes[0];
    for (size_t i = 1; i < count; i++) {
        uint32_t key = prefix << 8 | indexes[i], slot = key * 2654435761u >> 18;
        while (keys[slot] != 0xffffffffu && keys[slot] != key) slot = (slot + 1) % TABLE;
        if (keys[slot] == key) {
            prefix = codes[slot];
            continue;
        }
        put_code(&p, prefix, size);
        prefix = indexes[i];
        if (next == 4096) {
            put_code(&p, clear, size);
            memset(keys, 0xff, TABLE * sizeof(uint32_t));
            next = clear + 2;
            size = depth + 1;
            continue;
        }
        keys[slot] = key;
        codes[slot] = (uint16_t)next;
        // The decoder makes the entry one code later: it grows when this one is named.
        if (next == 1u << size && size < 12) size++;
        next++;
    }
    put_code(&p, prefix, size);
    // The decoder made one more entry with that code.
    if (next == 1u << size && size < 12) size++;
    put_code(&p, clear + 1, size);
    if (p.held > 0) put_byte(&p, (uint8_t)p.bits);
    if (*p.block > 0) *p.out++ = 0;
    free(keys);
    free(codes);
    return p.out;
}

/// Adds a part to what is shown.
static void show(const fanpai_gif_part *p, const uint8_t *indexes, const uint32_t *palette) {
    for (int y = p->cleared_y0; y < p->cleared_y1; y++)
        memset(p->shown + (size_t)y * p->stride + 4 * (size_t)p->cleared_x0, 0, 4 * (size_t)(p->cleared_x1 - p->cleared_x0));
    for (int y = p->y0; y < p->y1; y++) {
        uint8_t *out = p->shown + (size_t)y * p->stride + 4 * (size_t)p->x0;
        for (int x = p->x0; x < p->x1; x++, out += 4, indexes++) {
            uint32_t v = 0xff000000u | palette[*indexes];
            if (*indexes) memcpy(out, &v, 4);
        }
    }
}

size_t fanpai_gif_bound(int width, int height) { return 2 * (size_t)width * (size_t)height + 2048; }

size_t fanpai_gif_image(const fanpai_gif_part *p, uint8_t *out, int *is_exact) {
    const uint8_t *start = out;
    int width = p->x1 - p->x0, height = p->y1 - p->y0, used = 0, depth = 2;
    size_t count = (size_t)width * (size_t)height;
    uint32_t *colors = part_colors(p), palette[256] = {0};
    uint8_t *indexes = malloc(count);
    if (!indexes) abort();
    *is_exact = index_exactly(colors, count, indexes, palette, &used);
    if (!*is_exact) used = index_by_cuts(p, colors, indexes, palette);
    show(p, indexes, palette);
    while (1 << depth <= used) depth++;
    *out++ = 0x2c;
    const int fields[4] = {p->x0, p->y0, width, height};
    for (int i = 0; i < 4; i++) {
        *out++ = (uint8_t)fields[i];
        *out++ = (uint8_t)(fields[i] >> 8);
    }
    *out++ = (uint8_t)(0x80 | (depth - 1));
    for (int i = 0; i < 1 << depth; i++) {
        *out++ = (uint8_t)(palette[i] >> 16);
        *out++ = (uint8_t)(palette[i] >> 8);
        *out++ = (uint8_t)palette[i];
    }
    out = compress(indexes, count, depth, out);
    free(indexes);
    free(colors);
    return (size_t)(out - start);
}

uint64_t fanpai_gif_differences(const uint8_t *shown, size_t shown_stride, const uint8_t *decoded, size_t decoded_stride,
                                int width, int height) {
    uint64_t count = 0;
    for (int y = 0; y < height; y++) {
        const uint8_t *a = shown + (size_t)y * shown_stride, *b = decoded + (size_t)y * decoded_stride;
        for (int x = 0; x < width; x++) {
            uint32_t v = pixel_at(a + 4 * (size_t)x), w = pixel_at(b + 4 * (size_t)x);
            count += v >> 24 ? v != w : w >> 24 != 0;
        }
    }
    return count;
}

fanpai_gif_errors fanpai_gif_compare(const uint8_t *drawn, size_t drawn_stride, const uint8_t *shown, size_t shown_stride,
                                     int width, int height) {
    fanpai_gif_errors errors = {0};
    for (int y = 0; y < height; y++) {
        const uint8_t *a = drawn + (size_t)y * drawn_stride, *b = shown + (size_t)y * shown_stride;
        uint32_t last = 0, color = 0;
        for (int x = 0; x < width; x++) {
            uint32_t v = pixel_at(a + 4 * (size_t)x), w = pixel_at(b + 4 * (size_t)x);
            if (w >> 24 != (is_seen(v) ? 255 : 0)) {
                errors.coverage++;
                continue;
            }
            if (!is_seen(v)) continue;
            if (v != last) {
                last = v;
                color = straight(v);
            }
            errors.seen++;
            if (color == (w & 0xffffff)) continue;
            for (int c = 0; c < 24; c += 8) {
                int error = (int)(color >> c & 255) - (int)(w >> c & 255);
                errors.squared += (uint64_t)(error * error);
            }
        }
    }
    return errors;
}

/// The smallest part of a rectangle in which two pictures differ, and in which seen pixels go; edges after the last, 0 0 0 0 for none.
void fanpai_changes(const uint8_t *now, const uint8_t *before, size_t stride, int x0, int x1, int y0, int y1, int changed[4],
                    int gone[4]) {
    int *rects[2] = {changed, gone};
    for (int i = 0; i < 2; i++) rects[i][0] = rects[i][1] = rects[i][2] = rects[i][3] = 0;
    for (int y = y0; y < y1; y++) {
        const uint8_t *a = now + (size_t)y * stride, *b = before + (size_t)y * stride;
        if (!memcmp(a + 4 * (size_t)x0, b + 4 * (size_t)x0, 4 * (size_t)(x1 - x0))) continue;
        for (int x = x0; x < x1; x++) {
            uint32_t v = pixel_at(a + 4 * (size_t)x), w = pixel_at(b + 4 * (size_t)x);
            if (v == w) continue;
            for (int i = 0; i < (is_seen(w) && !is_seen(v) ? 2 : 1); i++) {
                int *r = rects[i];
                if (r[1] == r[0]) {
                    r[0] = x, r[1] = x + 1, r[2] = y;
                } else {
                    if (x < r[0]) r[0] = x;
                    if (x >= r[1]) r[1] = x + 1;
                }
                r[3] = y + 1;
            }
        }
    }
}

// One slice of a ProRes 4444 frame with 16-bit alpha (SMPTE RDD 36), compiled once for each kind of processor. No include
// guard: the includer sets PRORES_NAME and perhaps PRORES_AVX2.
//
// Eight blocks go through the transform at once, one a lane, so that coefficients leave it in the order of the slice scan.
#include <string.h>

#include "CMediaKernels.h"
#include "prores_codes.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))

typedef float f32x8 __attribute__((ext_vector_type(8)));
typedef int32_t i32x8 __attribute__((ext_vector_type(8)));
typedef uint32_t u32x8 __attribute__((ext_vector_type(8)));
typedef int16_t i16x8 __attribute__((ext_vector_type(8)));

enum { SLICE_WIDTH = 128, MARGIN = 8, REGION_WIDTH = SLICE_WIDTH + 2 * MARGIN, REGION_HEIGHT = 16 + 2 * MARGIN };

/// Pixels of a slice with a margin on all sides, and what they mean.
typedef struct {
    _Alignas(32) uint32_t pixels[REGION_HEIGHT][REGION_WIDTH];
    /// Straight colours of the slice alone, 0 to 255: blue, green, red; then Y', Cb and Cr about 2048 at 12 bits.
    _Alignas(32) float planes[3][16][SLICE_WIDTH];
    _Alignas(32) int16_t coefficients[64 * 4 * 8];
} work;

INLINE f32x8 to_float(u32x8 v) { return __builtin_convertvector((i32x8)v, f32x8); }

INLINE u32x8 load8(const uint32_t *p) {
    u32x8 v;
    memcpy(&v, p, 32);
    return v;
}

INLINE f32x8 load_floats(const float *p) {
    f32x8 v;
    memcpy(&v, p, 32);
    return v;
}

INLINE void store_floats(float *p, f32x8 v) { memcpy(p, &v, 32); }

/// One picture row from column x0 on, the last columns repeated beyond the picture.
INLINE void copy_row(uint32_t *out, const uint8_t *row, int x0, int count, int width) {
    int inside = width - x0 < count ? width - x0 : count;
    memcpy(out, row + 4 * (size_t)x0, 4 * (size_t)inside);
    for (int x = inside; x < count; x++) out[x] = out[inside - 1];
}

/// The slice itself, at the middle of the region. Returns the pixels' and and or.
static void load_slice(const fanpai_prores_picture *picture, int x0, int y0, int count, work *w, uint32_t *all, uint32_t *any) {
    u32x8 meet = ~(u32x8)0, join = (u32x8)0;
    for (int y = 0; y < 16; y++) {
        int row = y0 + y < picture->height ? y0 + y : picture->height - 1;
        uint32_t *out = w->pixels[MARGIN + y] + MARGIN;
        copy_row(out, picture->bgra + (size_t)row * picture->stride, x0, count, picture->width);
        for (int x = 0; x < count; x += 8) {
            u32x8 p = load8(out + x);
            meet &= p;
            join |= p;
        }
    }
    *all = *any = 0;
    *all = ~*all;
    for (int lane = 0; lane < 8; lane++) {
        *all &= meet[lane];
        *any |= join[lane];
    }
}

/// What lies around the slice; 0 outside of the picture. Returns the or of its pixels.
static uint32_t load_margin(const fanpai_prores_picture *picture, int x0, int y0, int count, work *w) {
    uint32_t any = 0;
    for (int y = 0; y < REGION_HEIGHT; y++) {
        int row = y0 + y - MARGIN;
        uint32_t *out = w->pixels[y];
        int is_inside = row >= 0 && row < picture->height;
        const uint8_t *in = picture->bgra + (size_t)(is_inside ? row : 0) * picture->stride;
        int is_slice = y >= MARGIN && y < MARGIN + 16;
        for (int x = 0; x < count + 2 * MARGIN; x++) {
            if (is_slice && x == MARGIN) x += count;
            int column = x0 + x - MARGIN;
            uint32_t pixel = 0;
            if (is_inside && column >= 0 && column < picture->width) memcpy(&pixel, in + 4 * (size_t)column, 4);
            out[x] = pixel;
            any |= pixel;
        }
    }
    return any;
}

/// Straight colours of an opaque slice.
static void split_opaque(work *w, int count) {
    for (int y = 0; y < 16; y++) {
        for (int x = 0; x < count; x += 8) {
            u32x8 p = load8(w->pixels[MARGIN + y] + MARGIN + x);
            store_floats(w->planes[0][y] + x, to_float(p & 255));
            store_floats(w->planes[1][y] + x, to_float(p >> 8 & 255));
            store_floats(w->planes[2][y] + x, to_float(p >> 16 & 255));
        }
    }
}

/// The mean colour of what is seen in a block of the region, weighted by alpha; the weight is 0 where nothing is seen.
typedef struct {
    float color[3], weight;
} mean_color;

static mean_color block_mean(const work *w, int bx, int by) {
    uint32_t sums[4] = {0, 0, 0, 0};
    for (int y = 8 * by; y < 8 * by + 8; y++) {
        for (int x = 8 * bx; x < 8 * bx + 8; x++) {
            uint32_t p = w->pixels[y][x];
            sums[0] += p & 255;
            sums[1] += p >> 8 & 255;
            sums[2] += p >> 16 & 255;
            sums[3] += p >> 24;
        }
    }
    mean_color mean = {{0, 0, 0}, (float)sums[3]};
    if (sums[3])
        for (int c = 0; c < 3; c++) mean.color[c] = (float)(sums[c] * 255) / (float)sums[3];
    return mean;
}

/// Straight colours of a slice in which some pixels are not opaque.
///
/// Any colour that gives the same premultiplied byte shows the same picture. Of those the one nearest to the mean of the
/// block is taken where alpha is small, so that rounding to bytes does not become noise; where nothing is seen at all, the
/// colour of the pixels beside it, so that whoever scales straight pixels finds no dark fringe.
static void split_translucent(work *w, int count) {
    mean_color means[REGION_HEIGHT / 8][REGION_WIDTH / 8];
    int across = (count + 2 * MARGIN) / 8;
    for (int by = 0; by < REGION_HEIGHT / 8; by++)
        for (int bx = 0; bx < across; bx++) means[by][bx] = block_mean(w, bx, by);
    for (int by = 1; by < REGION_HEIGHT / 8 - 1; by++) {
        for (int bx = 1; bx < across - 1; bx++) {
            mean_color mean = means[by][bx];
            int is_seen = mean.weight > 0;
            if (!is_seen) {
                for (int y = by - 1; y <= by + 1; y++) {
                    for (int x = bx - 1; x <= bx + 1; x++) {
                        mean.weight += means[y][x].weight;
                        for (int c = 0; c < 3; c++) mean.color[c] += means[y][x].color[c] * means[y][x].weight;
                    }
                }
                for (int c = 0; c < 3; c++) mean.color[c] = mean.weight > 0 ? mean.color[c] / mean.weight : 0;
            }
            for (int y = 0; y < 8; y++) {
                const uint32_t *row = w->pixels[8 * by + y] + 8 * bx;
                u32x8 p = load8(row);
                f32x8 alpha = to_float(p >> 24);
                i32x8 is_clear = alpha == 0;
                f32x8 factor = 255.0f / (is_clear ? (f32x8)1 : alpha);
                for (int c = 0; c < 3; c++) {
                    f32x8 value = to_float(p >> (8 * c) & 255);
                    // Alphas from 64 on keep their exact quotient; nothing is seen of the difference below.
                    f32x8 slack = alpha < 64 ? (f32x8)0.375f : (f32x8)0;
                    f32x8 low = (value - slack) * factor, high = (value + slack) * factor;
                    f32x8 color = mean.color[c];
                    color = color < low ? low : color;
                    color = color > high ? high : color;
                    color = is_clear ? (f32x8)mean.color[c] : color;
                    color = color > 255 ? (f32x8)255 : color;
                    color = color < 0 ? (f32x8)0 : color;
                    store_floats(w->planes[c][8 * (by - 1) + y] + 8 * (bx - 1), color);
                }
                // The ring of clear pixels beside seen ones continues their colour.
                const uint32_t *above = w->pixels[8 * by + y - 1] + 8 * bx, *below = w->pixels[8 * by + y + 1] + 8 * bx;
                u32x8 near = load8(above - 1) | load8(above) | load8(above + 1) | load8(row - 1) | load8(row + 1)
                    | load8(below - 1) | load8(below) | load8(below + 1);
                i32x8 is_ring = is_clear & (i32x8)((near >> 24) != 0);
                for (int x = 0; x < 8; x++) {
                    if (!is_ring[x]) continue;
                    uint32_t sums[4] = {0, 0, 0, 0};
                    for (int dy = -1; dy <= 1; dy++) {
                        for (int dx = -1; dx <= 1; dx++) {
                            uint32_t q = w->pixels[8 * by + y + dy][8 * bx + x + dx];
                            sums[0] += q & 255;
                            sums[1] += q >> 8 & 255;
                            sums[2] += q >> 16 & 255;
                            sums[3] += q >> 24;
                        }
                    }
                    for (int c = 0; c < 3; c++)
                        w->planes[c][8 * (by - 1) + y][8 * (bx - 1) + x] = (float)(sums[c] * 255) / (float)sums[3];
                }
            }
        }
    }
}

/// Straight B, G, R of 0 to 255 to BT.709 Y', Cb, Cr at 12 bits, limited range, about 2048.
static void to_ycc(work *w, int count) {
    for (int y = 0; y < 16; y++) {
        for (int x = 0; x < count; x += 8) {
            f32x8 b = load_floats(w->planes[0][y] + x), g = load_floats(w->planes[1][y] + x);
            f32x8 r = load_floats(w->planes[2][y] + x);
            f32x8 luma = 0.2126f * r + 0.7152f * g + 0.0722f * b;
            store_floats(w->planes[0][y] + x, luma * (3504.0f / 255) - 1792.0f);
            store_floats(w->planes[1][y] + x, (b - luma) * (3584.0f / 1.8556f / 255));
            store_floats(w->planes[2][y] + x, (r - luma) * (3584.0f / 1.5748f / 255));
        }
    }
}

/// Eight rows of eight become eight columns.
INLINE void transpose8(f32x8 r[8]) {
    f32x8 a[8], b[8];
    for (int i = 0; i < 8; i += 2) {
        a[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        a[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int i = 0; i < 8; i += 4) {
        for (int j = 0; j < 2; j++) {
            b[i + j] = __builtin_shufflevector(a[i + j], a[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            b[i + j + 2] = __builtin_shufflevector(a[i + j], a[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    }
    for (int i = 0; i < 4; i++) {
        r[i] = __builtin_shufflevector(b[i], b[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        r[i + 4] = __builtin_shufflevector(b[i], b[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// A one-dimensional type II transform of eight values `step` apart, scaled as Arai, Agui and Nakajima (1988) have it.
INLINE void transform8(f32x8 *v, int step) {
    f32x8 s07 = v[0] + v[7 * step], d07 = v[0] - v[7 * step], s16 = v[step] + v[6 * step], d16 = v[step] - v[6 * step];
    f32x8 s25 = v[2 * step] + v[5 * step], d25 = v[2 * step] - v[5 * step];
    f32x8 s34 = v[3 * step] + v[4 * step], d34 = v[3 * step] - v[4 * step];
    f32x8 e0 = s07 + s34, e3 = s07 - s34, e1 = s16 + s25, e2 = s16 - s25;
    v[0] = e0 + e1;
    v[4 * step] = e0 - e1;
    f32x8 z1 = (e2 + e3) * 0.707106781f;
    v[2 * step] = e3 + z1;
    v[6 * step] = e3 - z1;
    f32x8 o0 = d34 + d25, o1 = d25 + d16, o2 = d16 + d07;
    f32x8 z5 = (o0 - o2) * 0.382683433f;
    f32x8 z2 = 0.541196100f * o0 + z5, z4 = 1.306562965f * o2 + z5, z3 = o1 * 0.707106781f;
    f32x8 z11 = d07 + z3, z13 = d07 - z3;
    v[5 * step] = z13 + z2;
    v[3 * step] = z13 - z2;
    v[step] = z11 + z4;
    v[7 * step] = z11 - z4;
}

/// The quantised coefficients of one plane in the order of the slice scan: position, then block.
static void quantise_plane(work *w, int plane, int blocks, const fanpai_prores_coder *coder, const float *scales) {
    int lanes = blocks < 8 ? blocks : 8;
    for (int group = 0; group < blocks; group += 8) {
        f32x8 v[64];
        for (int row = 0; row < 8; row++) {
            for (int lane = 0; lane < lanes; lane++) {
                int block = group + lane;
                // Luma goes TL TR BL BR, chroma TL BL TR BR.
                int right = plane == 0 ? block & 1 : block >> 1 & 1, lower = plane == 0 ? block >> 1 & 1 : block & 1;
                v[8 * row + lane] = load_floats(w->planes[plane][8 * lower + row] + 16 * (block >> 2) + 8 * right);
            }
            for (int lane = lanes; lane < 8; lane++) v[8 * row + lane] = 0;
            transpose8(v + 8 * row);
        }
        for (int row = 0; row < 8; row++) transform8(v + 8 * row, 1);
        for (int column = 0; column < 8; column++) transform8(v + column, 8);
        for (int position = 0; position < 64; position++) {
            f32x8 level = v[fanpai_prores_scan[position]] * scales[position];
            f32x8 rounding = position == 0 ? 0.5f : coder->rounding;
            level = level + (level < 0 ? -rounding : rounding);
            i16x8 packed = __builtin_convertvector(__builtin_convertvector(level, i32x8), i16x8);
            memcpy(w->coefficients + position * blocks + group, &packed, 2 * (size_t)lanes);
        }
    }
}

/// One bit for each of 32 values that is not 0.
INLINE uint32_t nonzero(const int16_t *values) {
#if defined(PRORES_AVX2)
    __m256i zero = _mm256_setzero_si256();
    __m256i low = _mm256_cmpeq_epi16(_mm256_loadu_si256((const __m256i *)values), zero);
    __m256i high = _mm256_cmpeq_epi16(_mm256_loadu_si256((const __m256i *)(values + 16)), zero);
    __m256i both = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xd8);
    return ~(uint32_t)_mm256_movemask_epi8(both);
#else
    uint32_t mask = 0;
    for (int i = 0; i < 32; i++) mask |= (uint32_t)(values[i] != 0) << i;
    return mask;
#endif
}

static void code_plane(bit_writer *out, const int16_t *values, int blocks) {
    // The DCs: the first by itself, then differences, their sign seen against the one before.
    int previous = values[0], last = 3;
    put_code(out, &codebooks[BOOK_EG5], signed_code(previous));
    for (int block = 1; block < blocks; block++) {
        int difference = values[block] - previous;
        previous = values[block];
        int size = last < 0 ? -last : last;
        put_code(out, &codebooks[dc_books[size < 3 ? size : 3]], signed_code(last < 0 ? -difference : difference));
        last = difference;
    }
    int before_run = 4, before_level = 2;
    // `start` is the place behind the last value that was coded.
    int start = blocks, count = 64 * blocks;
    for (int base = blocks & ~31; base < count; base += 32) {
        uint32_t mask = nonzero(values + base);
        if (base < start) mask &= start - base < 32 ? ~0u << (start - base) : 0;
        while (mask) {
            int at = base + __builtin_ctz(mask);
            mask &= mask - 1;
            int level = values[at], size = level < 0 ? -level : level, run = at - start;
            put_code(out, &codebooks[run_books[before_run < 15 ? before_run : 15]], (uint32_t)run);
            put_code(out, &codebooks[level_books[before_level < 9 ? before_level : 9]], (uint32_t)(size - 1));
            put_bits(out, level < 0, 1);
            start = at + 1;
            before_run = run;
            before_level = size;
        }
    }
}

static void code_alpha(bit_writer *out, const work *w, int width) {
    _Alignas(32) uint8_t alpha[16 * SLICE_WIDTH];
    int count = 0;
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < width; x++) alpha[count++] = (uint8_t)(w->pixels[MARGIN + y][MARGIN + x] >> 24);
    int previous = -1;
    for (int at = 0; at < count;) {
        int value = alpha[at] * 257, difference = value - previous, end = at + 1;
        while (end + 8 <= count) {
            uint64_t eight;
            memcpy(&eight, alpha + end, 8);
            eight ^= 0x0101010101010101u * alpha[at];
            if (eight) {
                end += __builtin_ctzll(eight) >> 3;
                break;
            }
            end += 8;
        }
        if (end + 8 > count)
            while (end < count && alpha[end] == alpha[at]) end++;
        // Short only without wrapping: decoders do not agree on the rest.
        int size = difference < 0 ? -difference : difference;
        if (size >= 1 && size <= 64) {
            put_bits(out, (uint32_t)((size - 1) << 1 | (difference < 0)), 8);
        } else {
            put_bits(out, 0x10000u | (uint32_t)(difference & 0xffff), 17);
        }
        int run = end - at;
        if (run == 1) {
            put_bits(out, 1, 1);
        } else if (run <= 16) {
            put_bits(out, (uint32_t)(run - 1), 5);
        } else {
            put_bits(out, (uint32_t)(run - 1), 16);
        }
        previous = value;
        at = end;
    }
}

static size_t encode(const fanpai_prores_coder *coder, const fanpai_prores_picture *picture, int mb_x, int mb_y, int mbs,
                     uint8_t *out) {
    work w;
    int count = 16 * mbs;
    uint32_t all, any;
    load_slice(picture, 16 * mb_x, 16 * mb_y, count, &w, &all, &any);
    if (all >> 24 == 255) {
        split_opaque(&w, count);
    } else {
        uint32_t around = load_margin(picture, 16 * mb_x, 16 * mb_y, count, &w);
        if ((any | around) >> 24) {
            split_translucent(&w, count);
        } else {
            memset(w.planes, 0, sizeof w.planes);
        }
    }
    to_ycc(&w, count);
    // A coarser quantiser makes room where a size would not fit its field.
    for (int quantiser = coder->quantiser; quantiser <= 224; quantiser++) {
        float scales[64];
        fanpai_prores_scales(quantiser, scales);
        bit_writer bits = {out + 8, out + FANPAI_PRORES_SLICE_BYTES, 0, 0};
        size_t sizes[3];
        for (int plane = 0; plane < 3; plane++) {
            uint8_t *start = bits.next;
            quantise_plane(&w, plane, 4 * mbs, coder, scales);
            code_plane(&bits, w.coefficients, 4 * mbs);
            flush_bits(&bits);
            sizes[plane] = (size_t)(bits.next - start);
        }
        code_alpha(&bits, &w, count);
        flush_bits(&bits);
        size_t total = (size_t)(bits.next - out);
        if (bits.next >= bits.end || total > 65535) continue;
        out[0] = 0x40;
        out[1] = (uint8_t)quantiser;
        for (int plane = 0; plane < 3; plane++) {
            out[2 + 2 * plane] = (uint8_t)(sizes[plane] >> 8);
            out[3 + 2 * plane] = (uint8_t)sizes[plane];
        }
        return total;
    }
    return 0;
}

size_t PRORES_NAME(fanpai_prores_slice)(const fanpai_prores_coder *coder, const fanpai_prores_picture *picture, int mb_x,
                                        int mb_y, int mbs, uint8_t *out) {
    return encode(coder, picture, mb_x, mb_y, mbs, out);
}

#include <string.h>

#include "CMediaKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline uint32_t pixel(const uint8_t *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

/// The colour of what is seen around a clear pixel, as straight B, G, R, 0; 0 when nothing is.
static uint32_t beside(const uint8_t *source, size_t stride, int width, int height, int x, int y) {
    uint32_t sums[4] = {0, 0, 0, 0};
    for (int row = y > 0 ? y - 1 : 0; row <= (y + 1 < height ? y + 1 : height - 1); row++) {
        for (int column = x > 0 ? x - 1 : 0; column <= (x + 1 < width ? x + 1 : width - 1); column++) {
            const uint8_t *p = source + (size_t)row * stride + 4 * (size_t)column;
            for (int c = 0; c < 4; c++) sums[c] += p[c];
        }
    }
    if (!sums[3]) return 0;
    uint32_t color = 0;
    for (int c = 0; c < 3; c++) {
        uint32_t value = (2 * sums[c] * 255 + sums[3]) / (2 * sums[3]);
        color |= (value < 255 ? value : 255) << (8 * c);
    }
    return color;
}

static inline uint32_t ordered(uint32_t bgra, int order) {
    if (order == FANPAI_BGRA) return bgra;
    if (order == FANPAI_ARGB) return __builtin_bswap32(bgra);
    return (bgra & 0xff00ff00u) | (bgra >> 16 & 255) | (bgra & 255) << 16;
}

/// A row of pixels with those above and below it, in a picture so many wide.
typedef struct {
    const uint8_t *above, *in, *below;
    int width;
} rows3;

/// Whether there is nothing to do for eight pixels: none is clear, or nothing is seen in their rows from the pixel before them to
/// the one behind.
static inline int is_plain(const rows3 *rows, int x) {
    size_t at = 4 * (size_t)x;
    uint32_t least = 255, seen = 0;
    for (size_t i = at; i < at + 32; i += 4) {
        uint32_t alpha = rows->in[i + 3];
        least = alpha < least ? alpha : least;
    }
    if (least) return 1;
    for (size_t i = at - 4; i < at + 36; i += 4) seen |= pixel(rows->above + i) | pixel(rows->in + i) | pixel(rows->below + i);
    return seen >> 24 == 0;
}

#if defined(__x86_64__)
/// How many of the pixels from x0 on have nothing to do, in whole eights.
__attribute__((target("avx2"))) static int plain_avx2(const rows3 *rows, int x0, int x1) {
    const __m256i alpha = _mm256_set1_epi32((int)0xff000000), zero = _mm256_setzero_si256();
    int x = x0;
#define LOAD(row, at) _mm256_loadu_si256((const __m256i *)((row) + 4 * (size_t)(at)))
    for (; x + 8 <= x1 && x + 9 <= rows->width; x += 8) {
        __m256i clear = _mm256_cmpeq_epi32(_mm256_and_si256(LOAD(rows->in, x), alpha), zero);
        if (_mm256_testz_si256(clear, clear)) continue;
        // Two overlapping loads hold the ten pixels from the one before to the one behind.
        __m256i first = _mm256_or_si256(_mm256_or_si256(LOAD(rows->above, x - 1), LOAD(rows->in, x - 1)), LOAD(rows->below, x - 1));
        __m256i last = _mm256_or_si256(_mm256_or_si256(LOAD(rows->above, x + 1), LOAD(rows->in, x + 1)), LOAD(rows->below, x + 1));
        if (!_mm256_testz_si256(_mm256_or_si256(first, last), alpha)) break;
    }
#undef LOAD
    return x - x0;
}
#endif

void fanpai_straighten(const uint8_t *source, size_t stride, int width, int height, int x0, int x1, int y0, int y1,
                       uint8_t *target, size_t target_stride, int order, int level) {
    for (int y = y0; y < y1; y++) {
        const uint8_t *in = source + (size_t)y * stride;
        uint8_t *out = target + (size_t)y * target_stride;
        fanpai_unpremultiply(in + 4 * (size_t)x0, stride, out + 4 * (size_t)x0, target_stride, x1 - x0, 1,
                             order == FANPAI_RGBA, level);
        if (order == FANPAI_ARGB) {
            for (int x = x0; x < x1; x++) {
                uint32_t v = __builtin_bswap32(pixel(out + 4 * (size_t)x));
                memcpy(out + 4 * (size_t)x, &v, 4);
            }
        }
        // Clear pixels at an edge continue its colour. Where this row or those beside it are all clear or all seen there is none.
        const uint8_t *above = y > 0 ? in - stride : in, *below = y + 1 < height ? in + stride : in;
        const rows3 rows = {above, in, below, width};
        int x = x0;
        while (x < x1) {
            if (x >= 1) {
#if defined(__x86_64__)
                if (level >= FANPAI_CPU_AVX2) x += plain_avx2(&rows, x, x1);
#endif
                while (x + 8 <= x1 && x + 9 <= width && is_plain(&rows, x)) x += 8;
            }
            int end = x + 8 < x1 ? x + 8 : x1;
            for (; x < end; x++) {
                if (in[4 * (size_t)x + 3]) continue;
                uint32_t color = ordered(beside(source, stride, width, height, x, y), order);
                memcpy(out + 4 * (size_t)x, &color, 4);
            }
        }
    }
}

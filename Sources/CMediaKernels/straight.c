#include <string.h>

#include "CMediaKernels.h"

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
        uint32_t seen_before = x0 > 0 ? pixel(above + 4 * (size_t)x0 - 4) | pixel(in + 4 * (size_t)x0 - 4) | pixel(below + 4 * (size_t)x0 - 4) : 0;
        uint32_t seen = pixel(above + 4 * (size_t)x0) | pixel(in + 4 * (size_t)x0) | pixel(below + 4 * (size_t)x0);
        for (int x = x0; x < x1; x++) {
            size_t next = 4 * (size_t)(x + 1);
            uint32_t seen_after = x + 1 < width ? pixel(above + next) | pixel(in + next) | pixel(below + next) : 0;
            if ((seen_before | seen | seen_after) >> 24 && !in[4 * (size_t)x + 3]) {
                uint32_t color = ordered(beside(source, stride, width, height, x, y), order);
                memcpy(out + 4 * (size_t)x, &color, 4);
            }
            seen_before = seen;
            seen = seen_after;
        }
    }
}

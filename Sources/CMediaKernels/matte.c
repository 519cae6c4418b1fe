#include <math.h>
#include <string.h>

#include "CMediaKernels.h"

// Fill and matte in one decoded 4:2:0 picture against drawn frames, in whole numbers, so that every processor counts alike. An
// error is in 1/16 of 1/255. Squares of three channels of 16 pixels stay below 2^31: 48 * 4080^2.

enum { BLOCK = FANPAI_MATTE_BLOCK, PART = 16 };

void fanpai_mark_blocks(const uint8_t *a, size_t a_stride, const uint8_t *b, size_t b_stride, int width, int height, int side,
                        int columns, uint8_t *marks) {
    for (int y = 0; y < height; y++, a += a_stride, b += b_stride) {
        if (!memcmp(a, b, (size_t)width)) continue;
        uint8_t *row = marks + (size_t)(y / side) * (size_t)columns;
        for (int x = 0, block = 0; x < width; x += side, block++) {
            if (!row[block]) row[block] = memcmp(a + x, b + x, (size_t)(width - x < side ? width - x : side)) != 0;
        }
    }
}

/// What is found in a block.
typedef struct {
    fanpai_matte_sums sums;
    int32_t worst[3], worst_alpha;
} findings;

static inline __attribute__((always_inline)) int32_t clipped(int32_t v, int32_t most) { return v < 0 ? 0 : v > most ? most : v; }
static inline __attribute__((always_inline)) int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
static inline __attribute__((always_inline)) int32_t size_of(int32_t v) { return v < 0 ? -v : v; }

/// Straight fill (in 1/64) times alpha (in 1/32768), in 1/16.
static inline __attribute__((always_inline)) int32_t times(int32_t fill, int32_t alpha) {
    return (fill * alpha + 65536) >> 17;
}

static inline __attribute__((always_inline)) void compare_row(const fanpai_matte *picture, const uint8_t *drawn, int x0, int y, int count,
                                                              findings *s) {
    int last = picture->width / 2 - 1, last_row = picture->height / 2 - 1, row = y / 2, other = y & 1 ? row + 1 : row - 1;
    other = other < 0 ? 0 : other > last_row ? last_row : other;
    // Chroma in 1/8, between two rows; then on the left pixel of two.
    int32_t between[2][PART / 2 + 1], chroma[2][PART];
    for (int plane = 0; plane < 2; plane++) {
        const uint8_t *near = picture->chroma[plane] + (size_t)row * picture->chroma_stride;
        const uint8_t *far = picture->chroma[plane] + (size_t)other * picture->chroma_stride;
        for (int i = 0; i <= PART / 2; i++) {
            int x = x0 / 2 + i < last ? x0 / 2 + i : last;
            between[plane][i] = 3 * near[x] + far[x] - 512;
        }
        for (int i = 0; i < PART / 2; i++) {
            chroma[plane][2 * i] = 2 * between[plane][i];
            chroma[plane][2 * i + 1] = between[plane][i] + between[plane][i + 1];
        }
    }
    // A part at the right edge is padded: its last pixels count nothing.
    uint8_t fill[PART] = {0}, matte[PART] = {0}, pixels[4 * PART] = {0};
    memcpy(fill, picture->fill + (size_t)y * picture->stride + x0, (size_t)count);
    memcpy(matte, picture->matte + (size_t)y * picture->stride + x0, (size_t)count);
    memcpy(pixels, drawn, 4 * (size_t)count);
    int32_t squared[3] = {0}, bright[3] = {0}, soft[3] = {0}, seens = 0, softs[2] = {0}, worst[3] = {s->worst[0], s->worst[1], s->worst[2]}, worst_alpha = s->worst_alpha;
    for (int i = 0; i < PART; i++) {
        int32_t here = i < count ? -1 : 0, a = pixels[4 * i + 3];
        // 255/219 and the factors of BT.709 for limited range.
        int32_t grey = ((fill[i] - 16) * 76309 + 512) >> 10, cb = chroma[0][i], cr = chroma[1][i];
        int32_t alpha = (clipped(matte[i] - 16, 219) * 19152 + 64) >> 7;
        int32_t missing = (16 * a - times(255 * 64, alpha)) & here;
        int32_t blue = times(clipped(grey + ((cb * 17304) >> 10), 255 * 64), alpha) - 16 * pixels[4 * i];
        int32_t green = times(clipped(grey - ((cr * 4366 + cb * 1747) >> 10), 255 * 64), alpha) - 16 * pixels[4 * i + 1];
        int32_t red = times(clipped(grey + ((cr * 14686) >> 10), 255 * 64), alpha) - 16 * pixels[4 * i + 2];
        blue &= here, green &= here, red &= here;
        int32_t white[3] = {blue + missing, green + missing, red + missing};
        squared[0] += blue * blue + green * green + red * red;
        squared[1] += white[0] * white[0] + white[1] * white[1] + white[2] * white[2];
        squared[2] += blue * blue + white[1] * white[1] + red * red;
        worst[0] = larger(worst[0], larger(size_of(blue), larger(size_of(green), size_of(red))));
        worst[1] = larger(worst[1], larger(size_of(white[0]), larger(size_of(white[1]), size_of(white[2]))));
        worst[2] = larger(worst[2], larger(size_of(blue), larger(size_of(white[1]), size_of(red))));
        worst_alpha = larger(worst_alpha, size_of(missing));
        // 1/16 of 0.0722 B + 0.7152 G + 0.2126 R.
        int32_t drawn_grey = (296 * pixels[4 * i] + 2929 * pixels[4 * i + 1] + 871 * pixels[4 * i + 2] + 128) >> 8;
        int32_t is_seen = a > 0 ? here : 0, is_soft = a < 255 ? is_seen : 0;
        int32_t is_shown = drawn_grey * (255 - a) >= 16 * FANPAI_SHOWN ? is_soft : 0;
        int32_t black = times(clipped(grey, 255 * 64), alpha) - drawn_grey, light = black + missing;
        int32_t lit = black + ((missing * 183 + 128) >> 8);
        int32_t squares[3] = {black * black, light * light, lit * lit};
        for (int ground = 0; ground < 3; ground++) bright[ground] += squares[ground] & is_seen;
        soft[0] += squares[0] & is_shown;
        soft[1] += squares[1] & is_soft;
        soft[2] += squares[2] & is_soft;
        seens -= is_seen;
        softs[0] -= is_shown;
        softs[1] -= is_soft;
    }
    for (int ground = 0; ground < 3; ground++) {
        s->sums.squared[ground] += (uint64_t)squared[ground];
        s->sums.bright[ground] += (uint64_t)bright[ground];
        s->sums.soft[ground] += (uint64_t)soft[ground];
        s->sums.soft_samples[ground] += (uint64_t)softs[ground > 0];
        s->worst[ground] = worst[ground];
    }
    s->sums.bright_samples += (uint64_t)seens;
    s->sums.samples += 3 * (uint64_t)count;
    s->worst_alpha = worst_alpha;
}

static inline __attribute__((always_inline)) void compare_block(const fanpai_matte *picture, const uint8_t *drawn, size_t stride, int x0,
                                                                int y0, findings *s) {
    int y1 = y0 + BLOCK < picture->height ? y0 + BLOCK : picture->height;
    int count = picture->width - x0 < PART ? picture->width - x0 : PART;
    for (int y = y0; y < y1; y++) compare_row(picture, drawn + (size_t)y * stride + 4 * (size_t)x0, x0, y, count, s);
}

static void block_baseline(const fanpai_matte *picture, const uint8_t *drawn, size_t stride, int x0, int y0, findings *s) {
    compare_block(picture, drawn, stride, x0, y0, s);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void block_avx2(const fanpai_matte *picture, const uint8_t *drawn, size_t stride, int x0, int y0,
                                                       findings *s) {
    compare_block(picture, drawn, stride, x0, y0, s);
}
#endif

void fanpai_compare_matte(const fanpai_matte *picture, const uint8_t *drawn, size_t stride, const uint8_t *marks,
                          fanpai_matte_sums *blocks, fanpai_matte_sums *total, fanpai_composite_errors *errors, int level) {
    int columns = (picture->width + BLOCK - 1) / BLOCK;
    for (int y0 = 0; y0 < picture->height; y0 += BLOCK) {
        for (int column = 0; column < columns; column++, marks++, blocks++) {
            if (!*marks) continue;
            findings found;
            memset(&found, 0, sizeof found);
#if defined(__x86_64__)
            if (level >= FANPAI_CPU_AVX2) block_avx2(picture, drawn, stride, column * BLOCK, y0, &found);
            else
#endif
                block_baseline(picture, drawn, stride, column * BLOCK, y0, &found);
            const fanpai_matte_sums *sums = &found.sums;
            for (int ground = 0; ground < 3; ground++) {
                total->squared[ground] += sums->squared[ground] - blocks->squared[ground];
                total->bright[ground] += sums->bright[ground] - blocks->bright[ground];
                total->soft[ground] += sums->soft[ground] - blocks->soft[ground];
                total->soft_samples[ground] += sums->soft_samples[ground] - blocks->soft_samples[ground];
                errors->squared[ground] += (double)sums->squared[ground] * (1.0 / 256);
                errors->bright[ground] += (double)sums->bright[ground] * (1.0 / 256);
                errors->soft[ground] += (double)sums->soft[ground] * (1.0 / 256);
                errors->soft_samples[ground] += sums->soft_samples[ground];
                float worst = (float)found.worst[ground] * (1.0f / 16);
                if (worst > errors->worst[ground]) errors->worst[ground] = worst;
            }
            total->samples += sums->samples - blocks->samples;
            total->bright_samples += sums->bright_samples - blocks->bright_samples;
            errors->samples += sums->samples;
            errors->bright_samples += sums->bright_samples;
            int worst_alpha = (found.worst_alpha + 8) / 16;
            if (worst_alpha > errors->worst_alpha) errors->worst_alpha = worst_alpha;
            *blocks = *sums;
        }
    }
    (void)level;
}

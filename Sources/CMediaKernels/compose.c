#include <stdlib.h>
#include <string.h>

#include "CMediaKernels.h"

void fanpai_over_ground(const uint8_t *source, size_t stride, uint8_t *target, size_t target_stride, int width, int height,
                        uint8_t blue, uint8_t green, uint8_t red) {
    const uint32_t ground[3] = {blue, green, red};
    for (int y = 0; y < height; y++) {
        const uint8_t *in = source + (size_t)y * stride;
        uint8_t *out = target + (size_t)y * target_stride;
        for (int x = 0; x < width; x++) {
            uint32_t clear = 255u - in[4 * x + 3];
            for (int c = 0; c < 3; c++) {
                // Exact round(g * clear / 255); the sum cannot pass 255, for a premultiplied colour is at most alpha.
                uint32_t v = ground[c] * clear + 128, sum = in[4 * x + c] + ((v + (v >> 8)) >> 8);
                out[4 * x + c] = (uint8_t)(sum < 255 ? sum : 255);
            }
            out[4 * x + 3] = 255;
        }
    }
}

void fanpai_split_matte(const uint8_t *straight, size_t stride, uint8_t *fill, uint8_t *matte, size_t target_stride, int width,
                        int height) {
    for (int y = 0; y < height; y++) {
        const uint8_t *in = straight + (size_t)y * stride;
        uint8_t *colors = fill + (size_t)y * target_stride, *greys = matte + (size_t)y * target_stride;
        for (int x = 0; x < width; x++) {
            uint32_t v;
            memcpy(&v, in + 4 * (size_t)x, 4);
            uint32_t grey = (v >> 24) * 0x010101u | 0xff000000u;
            v |= 0xff000000u;
            memcpy(colors + 4 * (size_t)x, &v, 4);
            memcpy(greys + 4 * (size_t)x, &grey, 4);
        }
    }
}

void fanpai_alpha_plane(const uint8_t *pixels, size_t stride, uint8_t *target, size_t target_stride, int width, int height) {
    for (int y = 0; y < height; y++) {
        const uint8_t *in = pixels + (size_t)y * stride + 3;
        uint8_t *out = target + (size_t)y * target_stride;
        for (int x = 0; x < width; x++) out[x] = in[4 * (size_t)x];
    }
}

enum { REACH = 8 };

/// Goes on to the next pixel: the last colour that was seen, and how many pixels ago.
static inline void pass(const uint8_t *pixel, uint32_t *color, int *far) {
    uint32_t v;
    memcpy(&v, pixel, 4);
    if (v >> 24) {
        *color = v & 0xffffffu;
        *far = 0;
    } else if (*far <= REACH) {
        (*far)++;
    }
}

void fanpai_bleed(const uint8_t *source, size_t stride, int width, int height, int x0, int x1, int y0, int y1, uint8_t *target,
                  size_t target_stride, int level) {
    fanpai_unpremultiply(source + (size_t)y0 * stride + 4 * (size_t)x0, stride, target + (size_t)y0 * target_stride + 4 * (size_t)x0,
                         target_stride, x1 - x0, y1 - y0, 0, level);
    // Colours after the pass along rows, of the rows from top to bottom; the upper byte says how far the seen pixel is, 255: none.
    int top = y0 > REACH ? y0 - REACH : 0, bottom = y1 + REACH < height ? y1 + REACH : height;
    int left = x0 > REACH ? x0 - REACH : 0, right = x1 + REACH < width ? x1 + REACH : width;
    int columns = x1 - x0;
    uint32_t *rows = malloc((size_t)(bottom - top) * (size_t)columns * sizeof(uint32_t));
    uint8_t *line = malloc((size_t)(right - left) * 4);
    if (!rows || !line) abort();
    for (int y = top; y < bottom; y++) {
        const uint8_t *in = source + (size_t)y * stride;
        uint32_t *out = rows + (size_t)(y - top) * (size_t)columns;
        fanpai_unpremultiply(in + 4 * (size_t)left, stride, line, (size_t)(right - left) * 4, right - left, 1, 0, level);
        // From the left, then from the right where that is nearer.
        uint32_t color = 0;
        int far = REACH + 1;
        for (int x = left; x < x1; x++) {
            pass(line + 4 * (size_t)(x - left), &color, &far);
            if (x >= x0) out[x - x0] = far <= REACH ? color | (uint32_t)far << 24 : 255u << 24;
        }
        far = REACH + 1;
        for (int x = right - 1; x >= x0; x--) {
            pass(line + 4 * (size_t)(x - left), &color, &far);
            if (x < x1 && far <= REACH && (uint32_t)far < out[x - x0] >> 24) out[x - x0] = color | (uint32_t)far << 24;
        }
    }
    for (int y = y0; y < y1; y++) {
        uint8_t *out = target + (size_t)y * target_stride + 4 * (size_t)x0;
        const uint8_t *alpha = source + (size_t)y * stride + 4 * (size_t)x0 + 3;
        for (int x = 0; x < columns; x++) {
            if (alpha[4 * x]) continue;
            uint32_t found = rows[(size_t)(y - top) * (size_t)columns + x];
            for (int step = 1; found >> 24 == 255 && step <= REACH; step++) {
                if (y - step >= top) found = rows[(size_t)(y - step - top) * (size_t)columns + x];
                if (found >> 24 == 255 && y + step < bottom) found = rows[(size_t)(y + step - top) * (size_t)columns + x];
            }
            found = found >> 24 == 255 ? 0 : found & 0xffffffu;
            memcpy(out + 4 * (size_t)x, &found, 4);
        }
    }
    free(rows);
    free(line);
}

#include "CMediaKernels.h"
#include "deflate.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct fanpai_png {
    fanpai_deflate *deflate;
    size_t pitch;
    int height;
    /* Rows as PNG has them, each behind the number of its filter, which is 0, and the room that repeats are compared in beyond
       the end. */
    uint8_t *rows;
    /* Whether a row became another one. */
    uint8_t *changed;
};

enum { beyond = 8 };

/* Rows that a band at a row refers to. */
static int before(const fanpai_png *png, int first) {
    size_t needed = (fanpai_deflate_window + png->pitch - 1) / png->pitch;
    return needed < (size_t)first ? (int)needed : first;
}

fanpai_png *fanpai_png_make(int width, int height) {
    fanpai_png *png = calloc(1, sizeof *png);
    if (!png) return NULL;
    png->pitch = 4 * (size_t)width + 1;
    png->height = height;
    png->deflate = fanpai_deflate_make();
    png->rows = calloc(png->pitch * (size_t)height + beyond, 1);
    png->changed = calloc((size_t)height, 1);
    if (png->deflate && png->rows && png->changed) return png;
    fanpai_png_free(png);
    return NULL;
}

void fanpai_png_free(fanpai_png *png) {
    if (png->deflate) fanpai_deflate_free(png->deflate);
    free(png->rows);
    free(png->changed);
    free(png);
}

void fanpai_png_take(fanpai_png *png, const uint8_t *rgba, ptrdiff_t stride, int x0, int x1, int y0, int y1) {
    size_t count = 4 * (size_t)(x1 - x0);
    for (int y = y0; y < y1; y++) {
        uint8_t *row = png->rows + png->pitch * (size_t)y + 1 + 4 * (size_t)x0;
        const uint8_t *now = rgba + y * stride + 4 * (ptrdiff_t)x0;
        if (!memcmp(row, now, count)) continue;
        memcpy(row, now, count);
        png->changed[y] = 1;
    }
}

int fanpai_png_is_stale(const fanpai_png *png, int first, int rows) {
    int from = first - before(png, first);
    return memchr(png->changed + from, 1, (size_t)(first + rows - from)) != NULL;
}

void fanpai_png_settle(fanpai_png *png) { memset(png->changed, 0, (size_t)png->height); }

static void put32(uint8_t *target, uint32_t value) {
    for (int byte = 0; byte < 4; byte++) target[byte] = (uint8_t)(value >> (24 - 8 * byte));
}

size_t fanpai_png_chunk(const char *type, const uint8_t *data, size_t count, uint8_t *target) {
    put32(target, (uint32_t)count);
    memcpy(target + 4, type, 4);
    if (count && data != target + 8) memcpy(target + 8, data, count);
    put32(target + 8 + count, (uint32_t)crc32(0, target + 4, (uInt)(4 + count)));
    return count + 12;
}

size_t fanpai_png_bound(const fanpai_png *png, int rows) {
    return fanpai_deflate_bound(png->pitch * (size_t)rows) + 16;
}

size_t fanpai_png_band(fanpai_png *png, int first, int rows, uint8_t *target, fanpai_png_sums *sums) {
    size_t count = png->pitch * (size_t)rows, old = png->pitch * (size_t)before(png, first);
    size_t seen = old < fanpai_deflate_window ? old : fanpai_deflate_window;
    uint8_t *start = png->rows + png->pitch * (size_t)first;
    size_t head = 0;
    if (first == 0) {
        /* Deflate with the largest window, as fast as it comes. */
        target[0] = 0x78;
        target[1] = 0x01;
        head = 2;
    }
    /* What lies behind the band is none of its business, and may be looked at: it is 0 meanwhile. */
    uint8_t behind[beyond];
    memcpy(behind, start + count, beyond);
    memset(start + count, 0, beyond);
    size_t size = fanpai_deflate_block(png->deflate, start - seen, (uint32_t)seen, (uint32_t)(seen + count),
                                       (uint32_t)png->pitch, first + rows == png->height, target + head);
    memcpy(start + count, behind, beyond);
    if (!size) return 0;
    sums->adler = (uint32_t)adler32(adler32(0, NULL, 0), start, (uInt)count);
    sums->crc = (uint32_t)crc32(0, target, (uInt)(head + size));
    sums->count = count;
    sums->size = head + size;
    return head + size;
}

void fanpai_png_add(fanpai_png_sums *first, const fanpai_png_sums *second) {
    first->adler = (uint32_t)adler32_combine(first->adler, second->adler, (z_off_t)second->count);
    first->crc = (uint32_t)crc32_combine(first->crc, second->crc, (z_off_t)second->size);
    first->count += second->count;
    first->size += second->size;
}

fanpai_png_sums fanpai_png_start(const uint8_t *bytes, size_t size) {
    return (fanpai_png_sums){1, (uint32_t)crc32(0, bytes, (uInt)size), 0, size};
}

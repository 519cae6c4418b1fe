#include "CMediaKernels.h"
#include "deflate.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct fanpai_png {
    fanpai_deflate *deflate;
    size_t pitch;
    /* Rows as PNG has them, each behind the number of its filter, which is 0: the window before a band, and the band. */
    uint8_t *rows;
    size_t capacity;
};

static int before(const fanpai_png *png, int first) {
    size_t needed = (fanpai_deflate_window + png->pitch - 1) / png->pitch;
    return needed < (size_t)first ? (int)needed : first;
}

fanpai_png *fanpai_png_make(int width) {
    fanpai_png *png = calloc(1, sizeof *png);
    if (!png) return NULL;
    png->pitch = 4 * (size_t)width + 1;
    png->deflate = fanpai_deflate_make();
    if (png->deflate) return png;
    free(png);
    return NULL;
}

void fanpai_png_free(fanpai_png *png) {
    fanpai_deflate_free(png->deflate);
    free(png->rows);
    free(png);
}

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

size_t fanpai_png_band(fanpai_png *png, const uint8_t *rgba, ptrdiff_t stride, int first, int rows, int last,
                       uint8_t *target, uint32_t *adler) {
    int known = before(png, first);
    size_t count = png->pitch * (size_t)rows, old = png->pitch * (size_t)known;
    /* Repeats are compared eight bytes at a time, beyond the end as well. */
    size_t needed = old + count + 8;
    if (needed > png->capacity) {
        uint8_t *grown = realloc(png->rows, needed);
        if (!grown) return 0;
        png->rows = grown;
        png->capacity = needed;
    }
    memset(png->rows + old + count, 0, 8);
    uint8_t *row = png->rows;
    for (int y = first - known; y < first + rows; y++, row += png->pitch) {
        row[0] = 0;
        memcpy(row + 1, rgba + y * stride, png->pitch - 1);
    }
    *adler = (uint32_t)adler32(adler32(0, NULL, 0), png->rows + old, (uInt)count);
    size_t seen = old < fanpai_deflate_window ? old : fanpai_deflate_window;
    uint8_t *data = target + 8;
    size_t head = 0;
    if (first == 0) {
        /* Deflate with the largest window, as fast as it comes. */
        data[0] = 0x78;
        data[1] = 0x01;
        head = 2;
    }
    size_t size = fanpai_deflate_block(png->deflate, png->rows + old - seen, (uint32_t)seen, (uint32_t)(seen + count),
                                       (uint32_t)png->pitch, last, data + head);
    return size ? fanpai_png_chunk("IDAT", data, head + size, target) : 0;
}

uint32_t fanpai_png_adler(uint32_t first, uint32_t second, size_t count) {
    return (uint32_t)adler32_combine(first, second, (z_off_t)count);
}

#include "CMediaKernels.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Deflate looks back no further. */
enum { window = 32768 };

struct fanpai_png {
    z_stream stream;
    size_t pitch;
    /* Rows as PNG has them, each behind the number of its filter, which is 0: the window before a band, and the band. */
    uint8_t *rows;
    size_t capacity;
};

static int before(const fanpai_png *png, int first) {
    size_t needed = (window + png->pitch - 1) / png->pitch;
    return needed < (size_t)first ? (int)needed : first;
}

fanpai_png *fanpai_png_make(int width, int level) {
    fanpai_png *png = calloc(1, sizeof *png);
    if (!png) return NULL;
    png->pitch = 4 * (size_t)width + 1;
    if (deflateInit2(&png->stream, level, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(png);
        return NULL;
    }
    return png;
}

void fanpai_png_free(fanpai_png *png) {
    deflateEnd(&png->stream);
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

size_t fanpai_png_bound(fanpai_png *png, int rows) {
    return deflateBound(&png->stream, (uLong)(png->pitch * (size_t)rows)) + 64;
}

size_t fanpai_png_band(fanpai_png *png, const uint8_t *rgba, ptrdiff_t stride, int first, int rows, int last,
                       uint8_t *target, size_t capacity, uint32_t *adler) {
    int known = before(png, first);
    size_t count = png->pitch * (size_t)rows, old = png->pitch * (size_t)known;
    if (old + count > png->capacity) {
        uint8_t *grown = realloc(png->rows, old + count);
        if (!grown) return 0;
        png->rows = grown;
        png->capacity = old + count;
    }
    uint8_t *row = png->rows;
    for (int y = first - known; y < first + rows; y++, row += png->pitch) {
        row[0] = 0;
        memcpy(row + 1, rgba + y * stride, png->pitch - 1);
    }
    *adler = (uint32_t)adler32(adler32(0, NULL, 0), png->rows + old, (uInt)count);
    z_stream *stream = &png->stream;
    if (deflateReset(stream) != Z_OK) return 0;
    size_t seen = old < window ? old : window;
    if (seen && deflateSetDictionary(stream, png->rows + old - seen, (uInt)seen) != Z_OK) return 0;
    uint8_t *data = target + 8;
    size_t head = 0;
    if (first == 0) {
        /* Deflate with the largest window, as fast as it comes. */
        data[0] = 0x78;
        data[1] = 0x01;
        head = 2;
    }
    stream->next_in = png->rows + old;
    stream->avail_in = (uInt)count;
    stream->next_out = data + head;
    stream->avail_out = (uInt)(capacity - 12 - head);
    int status = deflate(stream, last ? Z_FINISH : Z_SYNC_FLUSH);
    if (status != (last ? Z_STREAM_END : Z_OK) || stream->avail_in || !stream->avail_out) return 0;
    return fanpai_png_chunk("IDAT", data, (size_t)(stream->next_out - data), target);
}

uint32_t fanpai_png_adler(uint32_t first, uint32_t second, size_t count) {
    return (uint32_t)adler32_combine(first, second, (z_off_t)count);
}

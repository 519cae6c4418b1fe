#pragma once
#include <stddef.h>
#include <stdint.h>

/* Deflate (RFC 1951) for straight pixels: repeats are looked for at the pixel before, at the row above and along chains of hashes. */
typedef struct fanpai_deflate fanpai_deflate;

/* The most bytes that a repeat refers back. */
enum { fanpai_deflate_window = 32768 };

fanpai_deflate *fanpai_deflate_make(void);
void fanpai_deflate_free(fanpai_deflate *deflate);

/* The most bytes that so many become. */
static inline size_t fanpai_deflate_bound(size_t count) { return 2 * count + 1024; }

/* Writes bytes from..<end as one block, and an empty stored block that ends at a byte; repeats may refer to 0..<from, at most a
   window. `pitch` is from row to row. Eight bytes behind `end` may be read. Returns the bytes written, 0 when there is no memory. */
size_t fanpai_deflate_block(fanpai_deflate *deflate, const uint8_t *bytes, uint32_t from, uint32_t end, uint32_t pitch,
                            int is_last, uint8_t *target);

#include <string.h>

#include "CMediaKernels.h"
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

// A line of QuickTime Animation at 32 bits: a skip, then operations until -1. An operation is n > 0: n pixels as they are;
// n < -1: one pixel -n times; 0: another skip. A skip of n pixels is the byte n + 1.
//
// Two rows of bits say all that decides: where the line differs from what is shown, and where a pixel differs from the next
// one. Every operation goes as far as its bits do, so most of a line is never looked at pixel by pixel.

enum { SKIP_LIMIT = 254, LITERAL_LIMIT = 127, REPEAT_LIMIT = 128 };
enum { SKIP_BYTES = 2, REPEAT_BYTES = 5 };

/// Which of up to 64 pixels differ, the first in the lowest bit.
static inline uint64_t differences(const uint32_t *a, const uint32_t *b, int count) {
    uint64_t bits = 0;
    int x = 0;
#if defined(__x86_64__)
#define EQUAL(at) _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)(a + (at))), _mm_loadu_si128((const __m128i *)(b + (at))))
    for (; x + 16 <= count; x += 16) {
        __m128i low = _mm_packs_epi32(EQUAL(x), EQUAL(x + 4)), high = _mm_packs_epi32(EQUAL(x + 8), EQUAL(x + 12));
        bits |= (uint64_t)(~_mm_movemask_epi8(_mm_packs_epi16(low, high)) & 0xffff) << x;
    }
#undef EQUAL
#endif
    for (; x < count; x++) bits |= (uint64_t)(a[x] != b[x]) << x;
    return bits;
}

/// The first place from `x` on where a bit is set, or not set when `flip` is all ones; `end` when there is none before it.
static inline int next(const uint64_t *bits, uint64_t flip, int x, int end) {
    if (x >= end) return end;
    uint64_t word = (bits[x >> 6] ^ flip) >> (x & 63);
    if (word) {
        int found = x + __builtin_ctzll(word);
        return found < end ? found : end;
    }
    for (x = (x | 63) + 1; x < end; x += 64) {
        word = bits[x >> 6] ^ flip;
        if (!word) continue;
        int found = x + __builtin_ctzll(word);
        return found < end ? found : end;
    }
    return end;
}

static inline int smaller(int a, int b) { return a < b ? a : b; }
static inline int times(int count, int limit) { return (count + limit - 1) / limit; }

static uint8_t *put_skips(uint8_t *at, int count) {
    while (count > 0) {
        int part = smaller(count, SKIP_LIMIT);
        *at++ = 0;
        *at++ = (uint8_t)(part + 1);
        count -= part;
    }
    return at;
}

size_t fanpai_animation_line(const uint32_t *pixels, uint32_t *shown, int is_first, int x0, int x1, int width, void *scratch,
                             uint8_t *out) {
    uint64_t *differs = scratch, *turns = differs + (width + 63) / 64;
    uint8_t *at = out;
    int first = 0, end = width;
    if (is_first) {
        memset(differs, 0xff, sizeof *differs * (size_t)((width + 63) / 64));
    } else {
        int from = x0 & ~63, to = smaller((x1 + 63) & ~63, width);
        for (int x = from; x < to; x += 64) differs[x >> 6] = differences(pixels + x, shown + x, smaller(64, width - x));
        first = next(differs, 0, from, to);
        if (first == to) {
            *at++ = 1;
            *at++ = 0xff;
            return 2;
        }
        int word = (to - 1) >> 6;
        while (!differs[word]) word--;
        end = word * 64 + 64 - __builtin_clzll(differs[word]);
    }
    for (int x = first & ~63; x < end; x += 64) {
        int count = smaller(64, width - 1 - x);
        turns[x >> 6] = differences(pixels + x, pixels + x + 1, count);
        if (count < 64) turns[x >> 6] |= 1ull << count;
    }

    int x = smaller(first, SKIP_LIMIT);
    *at++ = (uint8_t)(x + 1);
    at = put_skips(at, first - x);
    x = first;
    while (x < end) {
        int run = next(turns, 0, x, end - 1) + 1 - x;
        int same = next(differs, 0, x, end) - x;
        if (same) {
            // A run of one pixel that goes on where the line differs may take what is the same along.
            int rest = run - same;
            int apart = SKIP_BYTES * times(same, SKIP_LIMIT) + (rest > 0 ? REPEAT_BYTES * times(rest, REPEAT_LIMIT) : 0);
            if (rest <= 0 || apart < REPEAT_BYTES * times(run, REPEAT_LIMIT)) {
                at = put_skips(at, same);
                x += same;
                continue;
            }
        }
        if (run > 1) {
            run = smaller(run, REPEAT_LIMIT);
            *at++ = (uint8_t)-run;
            memcpy(at, pixels + x, 4);
            at += 4;
            x += run;
            continue;
        }
        // Pixels as they are, up to one that is the same or begins a run.
        int stop = x + 1;
        while (stop < end && stop - x < LITERAL_LIMIT && (differs[stop >> 6] & turns[stop >> 6]) >> (stop & 63) & 1) stop++;
        *at++ = (uint8_t)(stop - x);
        memcpy(at, pixels + x, 4 * (size_t)(stop - x));
        at += 4 * (stop - x);
        x = stop;
    }
    *at++ = 0xff;
    memcpy(shown + first, pixels + first, 4 * (size_t)(end - first));
    return (size_t)(at - out);
}

size_t fanpai_animation_scratch(int width) { return 2 * sizeof(uint64_t) * (size_t)((width + 63) / 64); }

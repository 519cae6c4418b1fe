#include <stdlib.h>
#include <string.h>

#include "CMediaKernels.h"

// A line of QuickTime Animation at 32 bits: a skip, then operations until -1. An operation is n > 0: n pixels as they are;
// n < -1: one pixel -n times; 0: another skip. A skip of n pixels is the byte n + 1.
//
// The cheapest line is found from its end: for every place the cheapest rest, once when an operation of literal pixels is
// open there and once when none is.

enum { SKIP_LIMIT = 254, LITERAL_LIMIT = 127, REPEAT_LIMIT = 128 };

typedef struct {
    uint32_t cost;
    /// Cost when a run of literal pixels begins here or goes on.
    uint32_t literal_cost;
    /// Pixels of the operation that is cheapest here, and its kind.
    uint16_t count;
    uint16_t literal_count;
    uint8_t kind;
} place;

enum { END, SKIP, REPEAT, LITERAL };

size_t fanpai_animation_line(const uint32_t *pixels, const uint32_t *before, int width, void *scratch, uint8_t *out) {
    place *places = scratch;
    places[width] = (place){.cost = 1, .literal_cost = UINT32_MAX / 2, .kind = END};
    int same = 0, equal = 0;
    for (int x = width - 1; x >= 0; x--) {
        place *here = places + x;
        same = before && pixels[x] == before[x] ? same + 1 : 0;
        equal = x + 1 < width && pixels[x] == pixels[x + 1] ? equal + 1 : 1;
        // Literal pixels: join those that follow, unless they are too many, or open a new operation.
        uint32_t joined = places[x + 1].literal_count < LITERAL_LIMIT ? places[x + 1].literal_cost + 4 : UINT32_MAX / 2;
        uint32_t opened = places[x + 1].cost + 5;
        here->literal_cost = joined <= opened ? joined : opened;
        here->literal_count = joined <= opened ? (uint16_t)(places[x + 1].literal_count + 1) : 1;
        here->cost = here->literal_cost;
        here->count = here->literal_count;
        here->kind = LITERAL;
        if (equal > 1) {
            int run = equal < REPEAT_LIMIT ? equal : REPEAT_LIMIT;
            uint32_t cost = places[x + run].cost + 5;
            if (cost <= here->cost) *here = (place){cost, here->literal_cost, (uint16_t)run, here->literal_count, REPEAT};
        }
        if (same) {
            // What is the same up to the end of the line costs nothing but the end.
            int run = same < SKIP_LIMIT ? same : SKIP_LIMIT;
            uint32_t cost = x + same == width ? 1 : places[x + run].cost + 2;
            if (cost <= here->cost)
                *here = (place){cost, here->literal_cost, (uint16_t)run, here->literal_count, x + same == width ? END : SKIP};
        }
    }
    uint8_t *at = out;
    int x = 0;
    if (places[0].kind == SKIP) {
        *at++ = (uint8_t)(places[0].count + 1);
        x = places[0].count;
    } else {
        *at++ = 1;
    }
    while (places[x].kind != END) {
        int count = places[x].count;
        switch (places[x].kind) {
        case SKIP:
            *at++ = 0;
            *at++ = (uint8_t)(count + 1);
            break;
        case REPEAT:
            *at++ = (uint8_t)-count;
            memcpy(at, pixels + x, 4);
            at += 4;
            break;
        default:
            *at++ = (uint8_t)count;
            memcpy(at, pixels + x, 4 * (size_t)count);
            at += 4 * count;
        }
        x += count;
    }
    *at++ = 0xff;
    return (size_t)(at - out);
}

size_t fanpai_animation_scratch(int width) { return sizeof(place) * ((size_t)width + 1); }

#pragma once
#include <stdint.h>

// The variable-length codes of SMPTE RDD 36, and a writer of bits, most significant first.

typedef struct {
    uint8_t *next, *end;
    uint64_t pending;
    int count;
} bit_writer;

/// Appends up to 32 bits; the rest of `value` must be 0. Nothing is written behind the end, which is then reached.
static inline void put_bits(bit_writer *out, uint32_t value, int count) {
    out->pending = out->pending << count | value;
    out->count += count;
    if (out->count >= 32) {
        out->count -= 32;
        uint32_t word = __builtin_bswap32((uint32_t)(out->pending >> out->count));
        if (out->end - out->next < 8) {
            out->next = out->end;
            return;
        }
        __builtin_memcpy(out->next, &word, 4);
        out->next += 4;
    }
}

/// Fills the last byte with zeros.
static inline void flush_bits(bit_writer *out) {
    int bytes = (out->count + 7) / 8;
    uint64_t left = out->pending << (8 * bytes - out->count);
    for (int i = bytes - 1; i >= 0; i--) {
        if (out->next < out->end) *out->next++ = (uint8_t)(left >> (8 * i));
    }
    out->pending = 0;
    out->count = 0;
}

/// Numbers below `limit` as Rice codes of an order, from there on as exponential-Golomb codes.
typedef struct {
    uint32_t limit;
    uint8_t last, rice, golomb;
} codebook;

#define CODEBOOK(last, rice, golomb) {((last) + 1u) << (rice), last, rice, golomb}
enum { BOOK_C201, BOOK_C101, BOOK_EG0, BOOK_C112, BOOK_EG1, BOOK_EG2, BOOK_C202, BOOK_C123, BOOK_EG3, BOOK_EG5 };
static const codebook codebooks[] = {
    CODEBOOK(2, 0, 1), CODEBOOK(1, 0, 1), CODEBOOK(0, 0, 1), CODEBOOK(1, 1, 2), CODEBOOK(0, 1, 2),
    CODEBOOK(0, 2, 3), CODEBOOK(2, 0, 2), CODEBOOK(1, 2, 3), CODEBOOK(0, 3, 4), CODEBOOK(0, 5, 6),
};
/// By the size of the difference before.
static const uint8_t dc_books[4] = {BOOK_EG0, BOOK_EG1, BOOK_C123, BOOK_EG3};
/// By the run before.
static const uint8_t run_books[16] = {BOOK_C201, BOOK_C201, BOOK_C101, BOOK_C101, BOOK_EG0, BOOK_C112, BOOK_C112, BOOK_C112,
                                      BOOK_C112, BOOK_EG1,  BOOK_EG1,  BOOK_EG1,  BOOK_EG1, BOOK_EG1,  BOOK_EG1,  BOOK_EG2};
/// By the size of the level before; the first is never looked up.
static const uint8_t level_books[10] = {BOOK_C202, BOOK_C202, BOOK_C101, BOOK_C201, BOOK_EG0,
                                        BOOK_EG1,  BOOK_EG1,  BOOK_EG1,  BOOK_EG1,  BOOK_EG2};

static inline void put_code(bit_writer *out, const codebook *book, uint32_t number) {
    if (number < book->limit) {
        uint32_t low = number & ((1u << book->rice) - 1);
        put_bits(out, 1u << book->rice | low, (int)(number >> book->rice) + 1 + book->rice);
    } else {
        uint32_t x = number - book->limit + (1u << book->golomb);
        int top = 31 - __builtin_clz(x);
        put_bits(out, x, book->last + 1 + top - book->golomb + top + 1);
    }
}

/// 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …
static inline uint32_t signed_code(int number) { return number >= 0 ? 2u * (uint32_t)number : 2u * (uint32_t)-number - 1; }

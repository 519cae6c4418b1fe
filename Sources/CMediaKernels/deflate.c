#include "deflate.h"
#include <stdlib.h>
#include <string.h>

enum {
    window = fanpai_deflate_window,
    longest = 258,
    hash_bits = 14,
    short_hash_bits = 12,
    /* A repeat of three bytes pays only when it is near. */
    short_reach = 4096,
    /* Candidates that are looked at, and how many when there is a good repeat already. */
    depth = 48,
    few = depth / 8,
    good = 8,
    /* So long a repeat at a distance that was used lately is seldom beaten by far. */
    near_good = 16,
    near_depth = depth / 4,
    /* Distances that are tried before any other: dither repeats itself at a handful of them. */
    recents = 4,
    /* Nobody looks for a better repeat than one of this length, nor at the next byte for one. */
    nice = 64,
    lazy = 16,
    /* What a byte and a repeat cost, in bits, as far as one can tell before the codes are known. */
    literal_bits = 6,
    match_bits = 6,
    /* In repeats longer than this only the ends are remembered. */
    remembered = 300,
    literals = 286,
    distances = 30,
    end_of_block = 256,
};
static const uint32_t none = UINT32_MAX;

struct fanpai_deflate {
    /* The last place of every hash, and from each place of the window to the one before with the same hash. */
    uint32_t head[1 << hash_bits], short_head[1 << short_hash_bits];
    uint16_t back[window];
    /* Bytes below 256; repeats as distance << 9 | length. */
    uint32_t *tokens;
    size_t capacity;
    uint32_t literal_counts[literals], distance_counts[distances];
    uint8_t length_codes[longest + 1];
    /* The distances of the last repeats, the latest first, without one pixel and one row. */
    uint32_t recent[recents];
};

typedef struct {
    uint32_t length, distance;
    int gain;
} match;

typedef struct {
    uint8_t length;
    uint16_t bits;
} code;

typedef struct {
    uint8_t *at;
    uint64_t bits;
    int count;
} writer;

/* RFC 1951, 3.2.5. */
static int length_extra(int code) { return code < 8 || code == 28 ? 0 : (code - 4) / 4; }
static int length_base(int code) {
    if (code == 28) return longest;
    return code < 8 ? 3 + code : 3 + ((4 + (code & 3)) << length_extra(code));
}
static int distance_extra(int code) { return code < 4 ? 0 : (code - 2) / 2; }
static uint32_t distance_base(int code) { return code < 4 ? 1 + (uint32_t)code : 1 + ((2u + (code & 1)) << distance_extra(code)); }
static int distance_code(uint32_t distance) {
    distance--;
    if (distance < 4) return (int)distance;
    int top = 31 - __builtin_clz(distance);
    return 2 * top + (int)(distance >> (top - 1) & 1);
}

fanpai_deflate *fanpai_deflate_make(void) {
    fanpai_deflate *deflate = calloc(1, sizeof *deflate);
    if (!deflate) return NULL;
    for (int code = 0; code < 28; code++)
        for (int length = length_base(code); length < length_base(code) + (1 << length_extra(code)); length++)
            if (length <= longest) deflate->length_codes[length] = (uint8_t)code;
    deflate->length_codes[longest] = 28;
    return deflate;
}

void fanpai_deflate_free(fanpai_deflate *deflate) {
    free(deflate->tokens);
    free(deflate);
}

static inline uint32_t load32(const uint8_t *bytes) {
    uint32_t value;
    memcpy(&value, bytes, 4);
    return value;
}

static inline uint64_t load64(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, 8);
    return value;
}

static inline uint32_t hash(const uint8_t *bytes) { return load32(bytes) * 0x9e3779b1u >> (32 - hash_bits); }
static inline uint32_t short_hash(const uint8_t *bytes) {
    return (load32(bytes) << 8) * 0x9e3779b1u >> (32 - short_hash_bits);
}

/* How far two runs are equal, of which `count` bytes are known to be. */
static inline uint32_t extend(const uint8_t *a, const uint8_t *b, uint32_t count, uint32_t most) {
    while (count + 8 <= most) {
        uint64_t difference = load64(a + count) ^ load64(b + count);
        if (difference) return count + (uint32_t)(__builtin_ctzll(difference) >> 3);
        count += 8;
    }
    while (count < most && a[count] == b[count]) count++;
    return count;
}

static inline void remember_four(fanpai_deflate *deflate, const uint8_t *bytes, uint32_t at) {
    uint32_t *head = deflate->head + hash(bytes + at);
    uint32_t back = at - *head;
    deflate->back[at & (window - 1)] = (uint16_t)(back < UINT16_MAX ? back : UINT16_MAX);
    *head = at;
}

static inline void remember(fanpai_deflate *deflate, const uint8_t *bytes, uint32_t at) {
    remember_four(deflate, bytes, at);
    deflate->short_head[short_hash(bytes + at)] = at;
}

/* Takes a repeat that saves more than the best so far. */
static inline void take(match *best, uint32_t length, uint32_t distance) {
    if (length <= best->length && distance >= best->distance) return;
    int gain = (int)length * literal_bits - match_bits - distance_extra(distance_code(distance));
    if (gain > best->gain) *best = (match){length, distance, gain};
}

static inline void consider(const uint8_t *bytes, uint32_t at, uint32_t distance, uint32_t most, match *best) {
    if (distance == 0 || distance > at || distance > window) return;
    const uint8_t *a = bytes + at, *b = a - distance;
    uint32_t difference = load32(a) ^ load32(b);
    if (difference << 8) return;
    take(best, difference ? 3 : extend(a, b, 4, most), distance);
}

/* The best repeat at a place with at least four bytes left. */
static inline match find(const fanpai_deflate *deflate, const uint8_t *bytes, uint32_t at, uint32_t most,
                         uint32_t pitch, int tries) {
    match best = {0, 0, 0};
    consider(bytes, at, 4, most, &best);
    if (best.length >= nice) return best;
    consider(bytes, at, pitch, most, &best);
    const uint8_t *a = bytes + at;
    uint32_t value = load32(a), limit = at > window ? at - window : 0;
    for (int index = 0; index < recents; index++) {
        uint32_t distance = deflate->recent[index];
        if (distance > at) continue;
        if (best.length >= 4 && load32(a - distance + best.length - 3) != load32(a + best.length - 3)) continue;
        consider(bytes, at, distance, most, &best);
    }
    if (best.length >= nice) return best;
    if (best.length >= near_good && tries > near_depth) tries = near_depth;
    uint32_t place = deflate->head[hash(a)];
    for (int tried = 0; tried < tries && place != none && place >= limit && place < at; tried++) {
        const uint8_t *b = bytes + place;
        uint32_t tail = best.length < 4 ? 0 : best.length - 3;
        if (load32(b + tail) == load32(a + tail) && load32(b) == value) {
            take(&best, extend(a, b, 4, most), at - place);
            if (best.length >= nice) break;
        }
        uint32_t back = deflate->back[place & (window - 1)];
        if (back == UINT16_MAX || back > place || back == 0) break;
        place -= back;
    }
    if (best.length < 3) {
        place = deflate->short_head[short_hash(a)];
        if (place != none && place < at && at - place <= short_reach) consider(bytes, at, at - place, most, &best);
    }
    return best;
}

/* Remembers what a block may refer to; of long runs of one pixel only the ends. */
static void prime(fanpai_deflate *deflate, const uint8_t *bytes, uint32_t from) {
    for (uint32_t at = 0; at < from;) {
        uint32_t end = at + 1;
        if (at >= 4 && load64(bytes + at) == load64(bytes + at - 4)) {
            uint32_t run = extend(bytes + at, bytes + at - 4, 0, from - at);
            if (run > 16) {
                end = at + run;
                at = end - 8;
            }
        }
        /* Of three bytes nobody looks so far back. */
        for (; at < end && from - at > short_reach; at++) remember_four(deflate, bytes, at);
        while (at < end) remember(deflate, bytes, at++);
    }
}

static inline size_t literal(fanpai_deflate *deflate, size_t count, uint8_t byte) {
    deflate->literal_counts[byte]++;
    deflate->tokens[count] = byte;
    return count + 1;
}

static inline size_t repeat(fanpai_deflate *deflate, size_t count, uint32_t length, uint32_t distance) {
    deflate->literal_counts[end_of_block + 1 + deflate->length_codes[length]]++;
    deflate->distance_counts[distance_code(distance)]++;
    deflate->tokens[count] = distance << 9 | length;
    return count + 1;
}

/* Puts the distance of a repeat before those of earlier ones. */
static inline void note(fanpai_deflate *deflate, uint32_t distance, uint32_t pitch) {
    if (distance == 4 || distance == pitch) return;
    uint32_t moved = distance;
    for (int index = 0; index < recents; index++) {
        uint32_t old = deflate->recent[index];
        deflate->recent[index] = moved;
        if (old == distance) return;
        moved = old;
    }
}

/* Fills the tokens, counts them by kind and returns how many there are. */
static size_t tokenise(fanpai_deflate *deflate, const uint8_t *bytes, uint32_t at, uint32_t end, uint32_t pitch) {
    size_t count = 0;
    match found = {0, 0, 0};
    int is_known = 0;
    while (at < end) {
        uint32_t left = end - at, most = left < longest ? left : longest;
        if (left < 4) {
            count = literal(deflate, count, bytes[at++]);
            continue;
        }
        if (!is_known) found = find(deflate, bytes, at, most, pitch, depth);
        is_known = 0;
        remember(deflate, bytes, at);
        if (found.length < 3 || found.gain <= 0) {
            count = literal(deflate, count, bytes[at++]);
            continue;
        }
        if (found.length <= lazy && left > 5) {
            match next = find(deflate, bytes, at + 1, left - 1 < longest ? left - 1 : longest, pitch,
                              found.length >= good ? few : depth);
            if (next.gain > found.gain) {
                count = literal(deflate, count, bytes[at++]);
                found = next;
                is_known = 1;
                continue;
            }
        }
        note(deflate, found.distance, pitch);
        uint32_t length = found.length;
        /* A run of one pixel goes on; what is further away is looked for again. */
        if (length == longest && found.distance <= 4)
            length = extend(bytes + at, bytes + at - found.distance, longest, left);
        uint32_t rest = length;
        for (; rest >= longest; rest -= longest) count = repeat(deflate, count, longest, found.distance);
        if (rest >= 3) {
            count = repeat(deflate, count, rest, found.distance);
            rest = 0;
        }
        uint32_t stop = at + length - rest;
        at++;
        if (length > remembered) {
            for (uint32_t near = at; near < at + 7; near++) remember(deflate, bytes, near);
            at = stop - 16;
        }
        /* Repeats of three bytes begin where repeats do. */
        while (at < stop) remember_four(deflate, bytes, at++);
    }
    return count;
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Lengths of the codes of least redundancy for so many symbols (Moffat and Katajainen, in place), none longer than `limit`. */
static void code_lengths(const uint32_t *counts, int symbols, int limit, uint8_t *lengths) {
    uint32_t sorted[literals], work[literals];
    int used = 0;
    memset(lengths, 0, (size_t)symbols);
    for (int symbol = 0; symbol < symbols; symbol++) {
        if (!counts[symbol]) continue;
        uint32_t most = (1u << 22) - 1;
        sorted[used++] = (counts[symbol] < most ? counts[symbol] : most) << 9 | (uint32_t)symbol;
    }
    if (used == 0) return;
    if (used == 1) {
        lengths[sorted[0] & 511] = 1;
        return;
    }
    qsort(sorted, (size_t)used, sizeof *sorted, ascending);
    for (int index = 0; index < used; index++) work[index] = sorted[index] >> 9;
    int root = 0, leaf = 2;
    work[0] += work[1];
    for (int next = 1; next < used - 1; next++) {
        for (int half = 0; half < 2; half++) {
            int is_root = leaf >= used || (root < next && work[root] < work[leaf]);
            uint32_t weight = is_root ? work[root] : work[leaf];
            if (is_root) work[root++] = (uint32_t)next;
            else leaf++;
            work[next] = half ? work[next] + weight : weight;
        }
    }
    work[used - 2] = 0;
    for (int next = used - 3; next >= 0; next--) work[next] = work[work[next]] + 1;
    int available = 1, inner = 0, level = 0, next = used - 1;
    root = used - 2;
    while (available > 0) {
        while (root >= 0 && (int)work[root] == level) {
            inner++;
            root--;
        }
        while (available > inner) {
            work[next--] = (uint32_t)level;
            available--;
        }
        available = 2 * inner;
        level++;
        inner = 0;
    }
    int by_length[64] = {0};
    for (int index = 0; index < used; index++) by_length[(int)work[index] > limit ? limit : (int)work[index]]++;
    uint32_t total = 0;
    for (int length = 1; length <= limit; length++) total += (uint32_t)by_length[length] << (limit - length);
    /* Codes that were cut take more than there is: shorter ones give way until the code is just full. */
    for (; total > 1u << limit; total--) {
        int length = limit - 1;
        while (!by_length[length]) length--;
        by_length[length]--;
        by_length[length + 1] += 2;
        by_length[limit]--;
    }
    int index = 0;
    for (int length = limit; length >= 1; length--)
        for (int number = 0; number < by_length[length]; number++) lengths[sorted[index++] & 511] = (uint8_t)length;
}

/* Codes of given lengths (3.2.2), their bits in the order in which they are written. */
static void assign(const uint8_t *lengths, int symbols, code *codes) {
    int by_length[16] = {0}, next[16] = {0}, value = 0;
    for (int symbol = 0; symbol < symbols; symbol++) by_length[lengths[symbol]]++;
    by_length[0] = 0;
    for (int length = 1; length < 16; length++) next[length] = value = (value + by_length[length - 1]) << 1;
    for (int symbol = 0; symbol < symbols; symbol++) {
        int length = lengths[symbol], bits = length ? next[length]++ : 0, turned = 0;
        for (int bit = 0; bit < length; bit++) turned |= (bits >> bit & 1) << (length - 1 - bit);
        codes[symbol] = (code){(uint8_t)length, (uint16_t)turned};
    }
}

static inline void put(writer *writer, uint32_t value, int count) {
    writer->bits |= (uint64_t)value << writer->count;
    writer->count += count;
}

static inline void put_code(writer *writer, code code) { put(writer, code.bits, code.length); }

/* Moves whole bytes out; fewer than eight bits stay. */
static inline void flush(writer *writer) {
    memcpy(writer->at, &writer->bits, 8);
    int bytes = writer->count >> 3;
    writer->at += bytes;
    writer->bits >>= 8 * bytes;
    writer->count &= 7;
}

/* The head of a block with codes of its own (3.2.7). */
static void put_head(writer *writer, const uint8_t *literal_lengths, int literal_count,
                     const uint8_t *distance_lengths, int distance_count) {
    static const uint8_t order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    uint8_t all[literals + distances], lengths[19];
    uint16_t runs[literals + distances];
    uint32_t counts[19] = {0};
    code codes[19];
    int total = literal_count + distance_count, used = 0;
    memcpy(all, literal_lengths, (size_t)literal_count);
    memcpy(all + literal_count, distance_lengths, (size_t)distance_count);
    for (int at = 0; at < total;) {
        int run = 1, symbol = all[at], extra = 0;
        while (at + run < total && all[at + run] == all[at]) run++;
        if (all[at] == 0 && run >= 3) {
            if (run > 138) run = 138;
            symbol = run < 11 ? 17 : 18;
            extra = run - (run < 11 ? 3 : 11);
        } else if (run >= 4) {
            /* The length itself, then how often it comes again. */
            runs[used++] = (uint16_t)symbol;
            counts[symbol]++;
            run = run > 7 ? 7 : run;
            symbol = 16;
            extra = run - 1 - 3;
        } else {
            run = 1;
        }
        runs[used++] = (uint16_t)(symbol | extra << 5);
        counts[symbol]++;
        at += run;
    }
    code_lengths(counts, 19, 7, lengths);
    assign(lengths, 19, codes);
    int shown = 19;
    while (shown > 4 && !lengths[order[shown - 1]]) shown--;
    put(writer, (uint32_t)literal_count - 257, 5);
    put(writer, (uint32_t)distance_count - 1, 5);
    put(writer, (uint32_t)shown - 4, 4);
    flush(writer);
    for (int index = 0; index < shown; index++) {
        put(writer, lengths[order[index]], 3);
        flush(writer);
    }
    for (int index = 0; index < used; index++) {
        int symbol = runs[index] & 31;
        put_code(writer, codes[symbol]);
        if (symbol >= 16) put(writer, runs[index] >> 5, symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
        flush(writer);
    }
}

size_t fanpai_deflate_block(fanpai_deflate *deflate, const uint8_t *bytes, uint32_t from, uint32_t end, uint32_t pitch,
                            int is_last, uint8_t *target) {
    if (end - from > deflate->capacity) {
        uint32_t *grown = realloc(deflate->tokens, (end - from) * sizeof *grown);
        if (!grown) return 0;
        deflate->tokens = grown;
        deflate->capacity = end - from;
    }
    memset(deflate->head, 0xff, sizeof deflate->head);
    memset(deflate->short_head, 0xff, sizeof deflate->short_head);
    memset(deflate->literal_counts, 0, sizeof deflate->literal_counts);
    memset(deflate->distance_counts, 0, sizeof deflate->distance_counts);
    for (int index = 0; index < recents; index++) deflate->recent[index] = 8 + 4 * (uint32_t)index;
    prime(deflate, bytes, from);
    size_t count = tokenise(deflate, bytes, from, end, pitch);
    deflate->literal_counts[end_of_block] = 1;

    uint8_t literal_lengths[literals], distance_lengths[distances];
    code literal_codes[literals], distance_codes[distances];
    code_lengths(deflate->literal_counts, literals, 15, literal_lengths);
    code_lengths(deflate->distance_counts, distances, 15, distance_lengths);
    int literal_count = literals, distance_count = distances;
    while (literal_count > 257 && !literal_lengths[literal_count - 1]) literal_count--;
    while (distance_count > 1 && !distance_lengths[distance_count - 1]) distance_count--;
    assign(literal_lengths, literals, literal_codes);
    assign(distance_lengths, distances, distance_codes);

    writer writer = {target, 0, 0};
    /* A block with codes of its own, not the last one. */
    put(&writer, 4, 3);
    put_head(&writer, literal_lengths, literal_count, distance_lengths, distance_count);
    for (size_t index = 0; index < count; index++) {
        uint32_t token = deflate->tokens[index];
        if (token < 256) {
            put_code(&writer, literal_codes[token]);
            if (writer.count > 40) flush(&writer);
            continue;
        }
        if (writer.count > 15) flush(&writer);
        int length = token & 511, kind = deflate->length_codes[length];
        uint32_t distance = token >> 9;
        int far = distance_code(distance);
        put_code(&writer, literal_codes[end_of_block + 1 + kind]);
        put(&writer, (uint32_t)(length - length_base(kind)), length_extra(kind));
        put_code(&writer, distance_codes[far]);
        put(&writer, distance - distance_base(far), distance_extra(far));
        flush(&writer);
    }
    flush(&writer);
    put_code(&writer, literal_codes[end_of_block]);
    flush(&writer);
    /* An empty stored block, up to the next byte. */
    put(&writer, is_last ? 1 : 0, 3);
    writer.count = (writer.count + 7) & ~7;
    flush(&writer);
    memcpy(writer.at, "\0\0\xff\xff", 4);
    return (size_t)(writer.at + 4 - target);
}

// Layers that are turned about a level axis alone, as flaps are, or only scaled.

typedef int16_t i16x16 __attribute__((ext_vector_type(16)));
typedef int32_t i32x16 __attribute__((ext_vector_type(16)));
typedef uint64_t u64x2 __attribute__((ext_vector_type(2)));

/// (a b + 16384) / 32768, rounded down.
INLINE u16x16 multiply_rounded(u16x16 a, u16x16 b) {
#ifdef FP_AVX2
    return (u16x16)_mm256_mulhrs_epi16((__m256i)a, (__m256i)b);
#else
    i32x16 product = __builtin_convertvector((i16x16)a, i32x16) * __builtin_convertvector((i16x16)b, i32x16);
    return (u16x16)__builtin_convertvector((product + 16384) >> 15, i16x16);
#endif
}

/// Rows of texels, from the top, and how much each counts: 256 in all.
typedef struct {
    int32_t count;
    int32_t rows[2 * MAX_TAPS];
    uint16_t weights[2 * MAX_TAPS];
} texel_rows;

/// The rows under the taps of a footprint `length` texels high around `v`.
static texel_rows rows_under(float v, float length, int32_t height) {
    i32x8 n;
    f32x8 spaces;
    taps((f32x8)length, &n, &spaces);
    const int32_t count = n[0];
    const float last = (float)(height - 1);
    texel_rows under = {.count = 0};
    uint32_t shares[2 * MAX_TAPS];
    for (int32_t i = 0; i < count; i++) {
        float at = v + ((float)i - ((float)count - 1) * 0.5f) * spaces[0] - 0.5f;
        at = at > 0 ? at : 0;
        at = at < last ? at : last;
        int32_t row = (int32_t)at;
        uint32_t share = (uint32_t)((at - (float)row) * 256 + 0.5f);
        // Neighbouring taps may share rows.
        int32_t place = under.count;
        while (place > 0 && under.rows[place - 1] >= row) place--;
        for (int32_t part = 0; part < 2; part++, place++) {
            if (place == under.count) {
                under.rows[place] = row + part;
                shares[under.count++] = 0;
            }
            shares[place] += part ? share : 256 - share;
        }
    }
    uint32_t sum = 0, given = 0;
    for (int32_t i = 0; i < under.count; i++) {
        sum += shares[i];
        uint32_t rounded = (sum + (uint32_t)count / 2) / (uint32_t)count;
        under.weights[i] = (uint16_t)(rounded - given);
        given = rounded;
    }
    return under;
}

/// Texels first..<last of the weighted mean of rows, times 128, four 16-bit channels each; and up to seven more.
static void mean_of_rows(const fp_surface *texture, const texel_rows *under, int32_t first, int32_t last, uint16_t *out) {
    for (int32_t x = first; x < last; x += 8) {
        wide sum = {(u16x16)0, (u16x16)0};
        for (int32_t i = 0; i < under->count; i++) {
            if (under->weights[i] == 0) continue;
            wide texels = unpack(load8((const uint32_t *)(texture->bytes + under->rows[i] * texture->stride) + x));
            sum.low += texels.low * under->weights[i];
            sum.high += texels.high * under->weights[i];
        }
        sum.low >>= 1;
        sum.high >>= 1;
        u16x16 left = __builtin_shufflevector(
            sum.low, sum.high, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
        u16x16 right = __builtin_shufflevector(
            sum.low, sum.high, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
        memcpy(out + 4 * (x - first), &left, 32);
        memcpy(out + 4 * (x - first) + 16, &right, 32);
    }
}

INLINE u64x4 two_pairs(const uint16_t *a, const uint16_t *b) {
    u64x2 low, high;
    memcpy(&low, a, 16);
    memcpy(&high, b, 16);
    return __builtin_shufflevector(low, high, 0, 1, 2, 3);
}

/// A row of pixels under which a row of texels lies: no column is nearer to the eye than the next, and none is turned. Texels are
/// brought together down the columns first, all at once, and then along the row: a fraction of the work of single taps.
static void level_row(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out, uint16_t *mean) {
    const fp_surface *texture = &layer->texture;
    const float *h = layer->inverse;
    const float y = (float)(row - layer->origin_y);
    const float w = 1.0f / (h[7] * y + h[8]);
    const float step = h[0] * w, start = (h[1] * y + h[2]) * w, v = (h[4] * y + h[5]) * w;
    const float down = (h[4] - v * h[7]) * w;
    texel_rows under = rows_under(v, layer->minified_down ? (down < 0 ? -down : down) : 1, texture->height);
    // Half a step of the weights more, so that cutting rounds.
    const float shift = start - 0.5f + 1.0f / 256, last_u = (float)(texture->width - 1) + 1.0f / 256;
    const i32x8 steps = {0, 1, 2, 3, 4, 5, 6, 7};
    const f32x8 low_u = (f32x8)(1.0f / 256), high_u = (f32x8)last_u;
    const int32_t end = x0 + ((x1 - x0 + 7) & ~7) - 1;
    const f32x8 ends = {(float)(x0 - layer->origin_x), (float)(end - layer->origin_x)};
    i32x8 reach = to_int(clamp(step * ends + shift, low_u, high_u));
    const int32_t first = reach[0] < reach[1] ? reach[0] : reach[1];
    const int32_t last = reach[0] < reach[1] ? reach[1] : reach[0];
    // The texel right of the last one has no weight, but a place.
    mean_of_rows(texture, &under, first, last + 2, mean);
    for (int32_t x = x0; x < x1; x += 8) {
        f32x8 u = clamp(step * __builtin_convertvector(x - layer->origin_x + steps, f32x8) + shift, low_u, high_u);
        i32x8 left = to_int(u);
        u32x8 share = (u32x8)to_int((u - __builtin_convertvector(left, f32x8)) * 128);
        uint32_t at[8];
        i32x8 places = (left - first) * 4;
        memcpy(at, &places, 32);
        __asm__ volatile("" : : "r"(at) : "memory");
        u64x4 a = two_pairs(mean + at[0], mean + at[4]), b = two_pairs(mean + at[1], mean + at[5]);
        u64x4 c = two_pairs(mean + at[2], mean + at[6]), d = two_pairs(mean + at[3], mean + at[7]);
        u16x16 left_low = (u16x16)__builtin_shufflevector(a, b, 0, 4, 2, 6);
        u16x16 right_low = (u16x16)__builtin_shufflevector(a, b, 1, 5, 3, 7);
        u16x16 left_high = (u16x16)__builtin_shufflevector(c, d, 0, 4, 2, 6);
        u16x16 right_high = (u16x16)__builtin_shufflevector(c, d, 1, 5, 3, 7);
        wide part = spread(share << 8);
        u16x16 low = left_low + multiply_rounded(right_low - left_low, part.low);
        u16x16 high = left_high + multiply_rounded(right_high - left_high, part.high);
        store8(out + (x - x0), pack((wide){(low + 64) >> 7, (high + 64) >> 7}));
    }
}

static void warp_row(
    const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out, uint16_t *mean) {
    if (layer->level) return level_row(layer, row, x0, x1, out, mean);
    if (layer->minified_across) {
        if (layer->minified_down) return warp_span(layer, row, x0, x1, out, true, true);
        return warp_span(layer, row, x0, x1, out, true, false);
    }
    if (layer->minified_down) return warp_span(layer, row, x0, x1, out, false, true);
    warp_span(layer, row, x0, x1, out, false, false);
}

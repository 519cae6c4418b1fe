// Rows of texture samples.

typedef uint64_t u64x4 __attribute__((ext_vector_type(4)));

INLINE uint64_t load_pair(const uint32_t *texel) {
    uint64_t v;
    memcpy(&v, texel, 8);
    return v;
}

/// The texels at eight places and those right of them. Plain loads: since 2023 processors gather no faster.
/// Memory goes on for at least sixteen texels after the last.
INLINE void load_pairs(const uint32_t *texels, i32x8 index, u32x8 *left, u32x8 *right) {
    uint32_t at[8];
    memcpy(at, &index, 32);
    // Through memory: taking the numbers out of the vector one by one would be most of the work.
    __asm__ volatile("" : : "r"(at) : "memory");
    u64x4 a = {load_pair(texels + at[0]), load_pair(texels + at[1]), load_pair(texels + at[4]), load_pair(texels + at[5])};
    u64x4 b = {load_pair(texels + at[2]), load_pair(texels + at[3]), load_pair(texels + at[6]), load_pair(texels + at[7])};
    *left = __builtin_shufflevector((u32x8)a, (u32x8)b, 0, 2, 8, 10, 4, 6, 12, 14);
    *right = __builtin_shufflevector((u32x8)a, (u32x8)b, 1, 3, 9, 11, 5, 7, 13, 15);
}

/// Four texels by weights that add up to 256, rounded.
INLINE wide mix(u32x8 t00, u32x8 t01, u32x8 t10, u32x8 t11, u32x8 fx, u32x8 fy) {
    u32x8 both = (fx * fy + 128) >> 8;
    wide w11 = spread(both), w01 = spread(fx - both), w10 = spread(fy - both), w00 = spread(256 - fx - fy + both);
    wide a = unpack(t00), b = unpack(t01), c = unpack(t10), d = unpack(t11);
    return (wide){
        (a.low * w00.low + b.low * w01.low + c.low * w10.low + d.low * w11.low + 128) >> 8,
        (a.high * w00.high + b.high * w01.high + c.high * w10.high + d.high * w11.high + 128) >> 8};
}

/// The bilinear sample at texel coordinates (a texel's centre is at one half), cut to the texture.
INLINE wide tap(const fp_surface *texture, f32x8 u, f32x8 v) {
    const uint32_t *texels = (const uint32_t *)texture->bytes;
    int32_t stride = (int32_t)(texture->stride >> 2);
    f32x8 last_u = (f32x8)(float)(texture->width - 1), last_v = (f32x8)(float)(texture->height - 1);
    u = clamp(u - 0.5f, (f32x8)0, last_u);
    v = clamp(v - 0.5f, (f32x8)0, last_v);
    i32x8 x0 = to_int(u), y0 = to_int(v);
    u32x8 fx = (u32x8)to_int((u - __builtin_convertvector(x0, f32x8)) * 256 + 0.5f);
    u32x8 fy = (u32x8)to_int((v - __builtin_convertvector(y0, f32x8)) * 256 + 0.5f);
    // Right of the last column and below the last row the weight is 0: any texel will do there.
    i32x8 at = y0 * stride + x0;
    i32x8 below = at + (y0 < texture->height - 1 ? (i32x8)stride : (i32x8)0);
    u32x8 t00, t01, t10, t11;
    load_pairs(texels, at, &t00, &t01);
    load_pairs(texels, below, &t10, &t11);
    return mix(t00, t01, t10, t11, fx, fy);
}

enum { MAX_TAPS = 16 };

/// Taps along one axis of a pixel's footprint of `length` texels: as many as it has texels, spread so that the variance of
/// the taps (boxes of one texel each) is that of the box of the footprint.
INLINE void taps(f32x8 length, i32x8 *count, f32x8 *spacing) {
    i32x8 n = to_int(clamp(length + 0.75f, (f32x8)1, (f32x8)MAX_TAPS));
    f32x8 f = __builtin_convertvector(n, f32x8);
    f32x8 excess = length * length - 1;
    excess = excess > 0 ? excess : (f32x8)0;
    f32x8 room = n > 1 ? f * f - 1 : (f32x8)1;
    *count = n;
    *spacing = n > 1 ? root(excess / room) : (f32x8)0;
}

INLINE int32_t largest(i32x8 v) { return __builtin_reduce_max(v); }

/// The taps along one direction of a pixel step: how many, and their distance as a vector.
INLINE i32x8 line_of_taps(f32x8 u, f32x8 v, f32x8 *step_u, f32x8 *step_v) {
    f32x8 length = root(u * u + v * v), spacing;
    i32x8 count;
    taps(length, &count, &spacing);
    f32x8 one = (f32x8)1;
    spacing = spacing / (length > one ? length : one);
    *step_u = u * spacing;
    *step_v = v * spacing;
    return count;
}

/// The mean of taps over each pixel's footprint: one bilinear tap is the exact mean over a texel-sized box.
INLINE wide footprint(const fp_layer *layer, f32x8 u, f32x8 v, f32x8 w, bool across, bool down) {
    const float *h = layer->inverse;
    f32x8 ux = (f32x8)0, vx = (f32x8)0, uy = (f32x8)0, vy = (f32x8)0;
    i32x8 nx = (i32x8)1, ny = (i32x8)1;
    if (across) nx = line_of_taps((h[0] - u * h[6]) * w, (h[3] - v * h[6]) * w, &ux, &vx);
    if (down) ny = line_of_taps((h[1] - u * h[7]) * w, (h[4] - v * h[7]) * w, &uy, &vy);
    int32_t columns = across ? largest(nx) : 1, rows = down ? largest(ny) : 1;
    if (columns == 1 && rows == 1) return tap(&layer->texture, u, v);
    f32x8 middle_x = (__builtin_convertvector(nx, f32x8) - 1) * 0.5f;
    f32x8 middle_y = (__builtin_convertvector(ny, f32x8) - 1) * 0.5f;
    wide sum = {(u16x16)0, (u16x16)0};
    for (int32_t j = 0; j < rows; j++) {
        f32x8 b = (float)j - middle_y;
        for (int32_t i = 0; i < columns; i++) {
            f32x8 a = (float)i - middle_x;
            wide t = tap(&layer->texture, u + a * ux + b * uy, v + a * vx + b * vy);
            wide live = spread((u32x8)((i < nx) & (j < ny)) & 0xffff);
            sum.low += t.low & live.low;
            sum.high += t.high & live.high;
        }
    }
    // floor((sum + n / 2) * ceil(65536 / n) / 65536); n is at most 256, so that 255 n stays 255.
    i32x8 n = nx * ny;
    f32x8 share = 65536.0f / __builtin_convertvector(n, f32x8);
    i32x8 whole = to_int(share);
    whole += __builtin_convertvector(whole, f32x8) < share ? (i32x8)1 : (i32x8)0;
    wide factor = spread((u32x8)whole & 0xffff), half = spread((u32x8)(n >> 1));
    wide single = spread((u32x8)(n == 1) & 0xffff);
    u16x16 low = multiply_high(sum.low + half.low, factor.low);
    u16x16 high = multiply_high(sum.high + half.high, factor.high);
    return (wide){
        (low & ~single.low) | (sum.low & single.low), (high & ~single.high) | (sum.high & single.high)};
}

/// Columns x0..<x1 of a row of the warped texture, and up to seven more.
INLINE void warp_span(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out, bool across, bool down) {
    const float *h = layer->inverse;
    const i32x8 steps = {0, 1, 2, 3, 4, 5, 6, 7};
    float y = (float)(row - layer->origin_y);
    float cu = h[1] * y + h[2], cv = h[4] * y + h[5], cw = h[7] * y + h[8];
    for (int32_t x = x0; x < x1; x += 8) {
        f32x8 fx = __builtin_convertvector(x - layer->origin_x + steps, f32x8);
        f32x8 w = 1.0f / (h[6] * fx + cw);
        f32x8 u = (h[0] * fx + cu) * w, v = (h[3] * fx + cv) * w;
        wide t = across || down ? footprint(layer, u, v, w, across, down) : tap(&layer->texture, u, v);
        store8(out + (x - x0), pack(t));
    }
}

/// (a (256 - weight) + b weight + 128) / 256, for weights from 1 to 255.
INLINE u16x16 mix_pair(u16x16 a, u16x16 b, uint16_t weight) {
#ifdef FP_AVX2
    // The high half of a doubled product, rounded: the same number.
    return a + (u16x16)_mm256_mulhrs_epi16((__m256i)(b - a), _mm256_set1_epi16((int16_t)(weight << 7)));
#else
    return (a * (u16x16)(uint16_t)(256 - weight) + b * (u16x16)weight + 128) >> 8;
#endif
}

/// How much of a texture's texels goes into a pixel that is moved by part of one.
typedef struct {
    uint16_t fx, fy;
    u16x16 w00, w01, w10, w11;
} shift_weights;

/// Eight pixels from the texels at `low`, those above at `up`, and those left of both. Without `across` or `down` the texels on that
/// side weigh nothing and are not looked at.
INLINE u32x8 shifted8(
    const uint32_t *up, const uint32_t *low, u32x8 keep_upper, u32x8 keep_lower, const shift_weights *w, bool across,
    bool down) {
    wide d = unpack(load8(low) & keep_lower);
    if (!across) {
        wide b = unpack(load8(up) & keep_upper);
        return pack((wide){mix_pair(b.low, d.low, w->fy), mix_pair(b.high, d.high, w->fy)});
    }
    wide c = unpack(load8(low - 1) & keep_lower);
    if (!down) return pack((wide){mix_pair(c.low, d.low, w->fx), mix_pair(c.high, d.high, w->fx)});
    wide a = unpack(load8(up - 1) & keep_upper), b = unpack(load8(up) & keep_upper);
    return pack((wide){
        (a.low * w->w00 + b.low * w->w01 + c.low * w->w10 + d.low * w->w11 + 128) >> 8,
        (a.high * w->w00 + b.high * w->w01 + c.high * w->w10 + d.high * w->w11 + 128) >> 8});
}

/// Columns x0..<x1 of a row of the texture moved by part of a pixel, with nothing around it: to `out` and up to seven more, or with
/// `lays` onto the target's pixels at `out`.
INLINE void shift_span(
    const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out, bool across, bool down, bool lays) {
    const fp_surface *texture = &layer->texture;
    const int32_t width = texture->width, count = x1 - x0, at = x0 - layer->x, y = row - layer->y;
    // The pixel at 0 mixes texels -1 and 0, the nearer the fraction to nothing the more of texel 0.
    const uint16_t fx = (uint16_t)(256 - layer->fraction_x), fy = (uint16_t)(256 - layer->fraction_y);
    const uint16_t both = (uint16_t)(((uint32_t)fx * fy + 128) >> 8);
    const shift_weights weights = {
        fx, fy, (u16x16)(uint16_t)(256 - fx - fy + both), (u16x16)(uint16_t)(fx - both), (u16x16)(uint16_t)(fy - both),
        (u16x16)both};
    const bool above = y - 1 >= 0 && y - 1 < texture->height, below = y >= 0 && y < texture->height;
    const uint32_t *upper = (const uint32_t *)(texture->bytes + (above ? y - 1 : 0) * texture->stride) + at;
    const uint32_t *lower = (const uint32_t *)(texture->bytes + (below ? y : 0) * texture->stride) + at;
    const u32x8 all = ~(u32x8)0, keep_upper = above ? all : (u32x8)0, keep_lower = below ? all : (u32x8)0;
    // Rows lie on pages of their own, and processors do not look beyond a page for what is read next.
    const ptrdiff_t expected = 2 * texture->stride;
    const int32_t lowest = across ? 1 : 0;
    // Eights that begin here or later reach an edge of the texture, or the end of the row.
    const int32_t edge = above && below ? (width - 7 - at < count - 7 ? width - 7 - at : count - 7) : 0;
    for (int32_t i = 0; i < count; i += 8) {
        if (at + i >= lowest) {
            for (; i < edge; i += 8) {
                __builtin_prefetch((const uint8_t *)(lower + i) + expected);
                u32x8 pixels = shifted8(upper + i, lower + i, all, all, &weights, across, down);
                if (lays) lay(out + i, pixels);
                else store8(out + i, pixels);
            }
            if (i >= count) return;
        }
        const uint32_t *up = upper + i, *low = lower + i;
        uint32_t padded[2][9];
        if (at + i < lowest || at + i + 7 >= width) {
            // At an edge, through copies with nothing around them: most rows of small layers are edges.
            memset(padded, 0, sizeof(padded));
            int32_t first = at + i > 1 ? at + i - 1 : 0, last = at + i + 8 < width ? at + i + 8 : width;
            if (first < last) {
                size_t size = 4 * (size_t)(last - first);
                int32_t place = first - at - i + 1;
                if (above) memcpy(padded[0] + place, upper + first - at, size);
                if (below) memcpy(padded[1] + place, lower + first - at, size);
            }
            (up = padded[0] + 1, low = padded[1] + 1);
        }
        u32x8 pixels = shifted8(up, low, keep_upper, keep_lower, &weights, across, down);
        if (!lays) {
            store8(out + i, pixels);
        } else if (i + 8 <= count) {
            lay(out + i, pixels);
        } else {
            uint32_t rest[8] = {0};
            memcpy(rest, out + i, 4 * (size_t)(count - i));
            lay(rest, pixels);
            memcpy(out + i, rest, 4 * (size_t)(count - i));
        }
    }
}

static void shift_row(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out) {
    if (layer->fraction_x == 0) return shift_span(layer, row, x0, x1, out, false, true, false);
    if (layer->fraction_y == 0) return shift_span(layer, row, x0, x1, out, true, false, false);
    shift_span(layer, row, x0, x1, out, true, true, false);
}

/// The same straight onto the target.
static void lay_shifted_row(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *target) {
    if (layer->fraction_x == 0) return shift_span(layer, row, x0, x1, target, false, true, true);
    if (layer->fraction_y == 0) return shift_span(layer, row, x0, x1, target, true, false, true);
    shift_span(layer, row, x0, x1, target, true, true, true);
}

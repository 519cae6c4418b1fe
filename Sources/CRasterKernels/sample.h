// Rows of texture samples.

INLINE u32x8 gather(const uint32_t *texels, i32x8 index) {
#ifdef FP_AVX2
    return (u32x8)_mm256_i32gather_epi32((const int *)texels, (__m256i)index, 4);
#else
    u32x8 v;
    for (int i = 0; i < 8; i++) v[i] = texels[index[i]];
    return v;
#endif
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
    i32x8 right = x0 < texture->width - 1 ? (i32x8)1 : (i32x8)0;
    i32x8 down = y0 < texture->height - 1 ? (i32x8)stride : (i32x8)0;
    i32x8 at = y0 * stride + x0;
    return mix(
        gather(texels, at), gather(texels, at + right), gather(texels, at + down), gather(texels, at + right + down), fx,
        fy);
}

enum { MAX_TAPS = 16 };

/// Taps along one axis of a pixel's footprint of `length` texels: as many as it has texels, spread so that the variance of
/// the taps (boxes of one texel each) is that of the box of the footprint.
INLINE void taps(f32x8 length, i32x8 *count, f32x8 *spacing) {
    i32x8 n = to_int(clamp(length + 0.9f, (f32x8)1, (f32x8)MAX_TAPS));
    f32x8 f = __builtin_convertvector(n, f32x8);
    f32x8 excess = length * length - 1;
    excess = excess > 0 ? excess : (f32x8)0;
    f32x8 room = n > 1 ? f * f - 1 : (f32x8)1;
    *count = n;
    *spacing = n > 1 ? root(excess / room) : (f32x8)0;
}

INLINE int32_t largest(i32x8 v) {
    int32_t m = v[0];
    for (int i = 1; i < 8; i++) m = v[i] > m ? v[i] : m;
    return m;
}

/// The mean of taps over each pixel's footprint: one bilinear tap is the exact mean over a texel-sized box.
INLINE wide footprint(const fp_layer *layer, f32x8 u, f32x8 v, f32x8 w) {
    const float *h = layer->inverse;
    f32x8 ux = (h[0] - u * h[6]) * w, vx = (h[3] - v * h[6]) * w;
    f32x8 uy = (h[1] - u * h[7]) * w, vy = (h[4] - v * h[7]) * w;
    f32x8 across = root(ux * ux + vx * vx), down = root(uy * uy + vy * vy);
    i32x8 nx, ny;
    f32x8 sx, sy;
    taps(across, &nx, &sx);
    taps(down, &ny, &sy);
    int32_t columns = largest(nx), rows = largest(ny);
    if (columns == 1 && rows == 1) return tap(&layer->texture, u, v);
    f32x8 one = (f32x8)1;
    sx = sx / (across > one ? across : one);
    sy = sy / (down > one ? down : one);
    ux *= sx, vx *= sx, uy *= sy, vy *= sy;
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
    typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
#define SCALE(s, f)                                                                                                    \
    __builtin_convertvector(                                                                                           \
        (__builtin_convertvector(s, u32x16) * __builtin_convertvector(f, u32x16)) >> 16, u16x16)
    u16x16 low = SCALE(sum.low + half.low, factor.low), high = SCALE(sum.high + half.high, factor.high);
#undef SCALE
    return (wide){
        (low & ~single.low) | (sum.low & single.low), (high & ~single.high) | (sum.high & single.high)};
}

/// Columns x0..<x1 of a row of the warped texture, and up to seven more.
INLINE void warp_span(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out, bool minified) {
    const float *h = layer->inverse;
    const i32x8 steps = {0, 1, 2, 3, 4, 5, 6, 7};
    float y = (float)(row - layer->origin_y);
    float cu = h[1] * y + h[2], cv = h[4] * y + h[5], cw = h[7] * y + h[8];
    for (int32_t x = x0; x < x1; x += 8) {
        f32x8 fx = __builtin_convertvector(x - layer->origin_x + steps, f32x8);
        f32x8 w = 1.0f / (h[6] * fx + cw);
        f32x8 u = (h[0] * fx + cu) * w, v = (h[3] * fx + cv) * w;
        wide t = minified ? footprint(layer, u, v, w) : tap(&layer->texture, u, v);
        store8(out + (x - x0), pack(t));
    }
}

static void warp_row(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out) {
    if (layer->minified) return warp_span(layer, row, x0, x1, out, true);
    warp_span(layer, row, x0, x1, out, false);
}

INLINE uint32_t texel(const fp_surface *texture, int32_t x, int32_t y) {
    if (x < 0 || y < 0 || x >= texture->width || y >= texture->height) return 0;
    return ((const uint32_t *)(texture->bytes + y * texture->stride))[x];
}

/// Columns x0..<x1 of a row of the texture moved by part of a pixel, with nothing around it.
static void shift_row(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint32_t *out) {
    const fp_surface *texture = &layer->texture;
    int32_t y = row - layer->y;
    // The pixel at 0 mixes texels -1 and 0, the nearer the fraction to nothing the more of texel 0.
    u32x8 fx = (u32x8)(uint32_t)(256 - layer->fraction_x), fy = (u32x8)(uint32_t)(256 - layer->fraction_y);
    bool above = y - 1 >= 0 && y - 1 < texture->height, below = y >= 0 && y < texture->height;
    const uint32_t *upper = (const uint32_t *)(texture->bytes + (above ? y - 1 : 0) * texture->stride);
    const uint32_t *lower = (const uint32_t *)(texture->bytes + (below ? y : 0) * texture->stride);
    u32x8 keep_upper = above ? ~(u32x8)0 : (u32x8)0, keep_lower = below ? ~(u32x8)0 : (u32x8)0;
    for (int32_t x = x0; x < x1;) {
        int32_t at = x - layer->x;
        if (at >= 1 && at + 7 < texture->width) {
            wide t = mix(
                load8(upper + at - 1) & keep_upper, load8(upper + at) & keep_upper, load8(lower + at - 1) & keep_lower,
                load8(lower + at) & keep_lower, fx, fy);
            store8(out + (x - x0), pack(t));
        } else {
            u32x8 a, b, c, d;
            for (int i = 0; i < 8; i++) {
                a[i] = texel(texture, at + i - 1, y - 1);
                b[i] = texel(texture, at + i, y - 1);
                c[i] = texel(texture, at + i - 1, y);
                d[i] = texel(texture, at + i, y);
            }
            store8(out + (x - x0), pack(mix(a, b, c, d, fx, fy)));
        }
        x += 8;
    }
}

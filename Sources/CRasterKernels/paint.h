// Colours through coverage.

static void solid(uint32_t *row, const uint8_t *mask, int32_t count, uint32_t color) {
    fp_layer plain = {.opacity = 255, .multiply = 255};
    wide source = unpack((u32x8)color);
    for (int32_t i = 0; i < count; i += 8) {
        int32_t n = count - i < 8 ? count - i : 8;
        uint8_t c[8] = {0};
        memcpy(c, mask + i, (size_t)n);
        uint64_t any;
        memcpy(&any, c, 8);
        if (any == 0) continue;
        uint32_t d[8] = {0};
        memcpy(d, row + i, 4 * (size_t)n);
        store8(d, over(shade(source, &plain, false, true, covers(&plain, c)), load8(d)));
        memcpy(row + i, d, 4 * (size_t)n);
    }
}

static void gradient(
    uint32_t *row, const uint8_t *mask, int32_t count, int32_t x, int32_t y, const fp_gradient *gradient) {
    const i32x8 steps = {0, 1, 2, 3, 4, 5, 6, 7};
    float py = (float)y + 0.5f;
    for (int32_t i = 0; i < count; i += 8) {
        int32_t n = count - i < 8 ? count - i : 8;
        u8x8 bytes = (u8x8)0;
        memcpy(&bytes, mask + i, (size_t)n);
        uint64_t any;
        memcpy(&any, &bytes, 8);
        if (any == 0) continue;
        uint32_t d[8] = {0};
        memcpy(d, row + i, 4 * (size_t)n);

        f32x8 px = __builtin_convertvector(x + i + steps, f32x8) + 0.5f;
        f32x8 t;
        if (gradient->radial) {
            f32x8 a = px * gradient->ax + gradient->ac;
            float b = py * gradient->ay + gradient->bc;
            t = root(a * a + b * b);
        } else {
            t = px * gradient->ax + (py * gradient->ay + gradient->ac);
        }
        t = clamp(t, (f32x8)0, (f32x8)1);
        const float *first = gradient->colors;
        f32x8 color[4] = {(f32x8)first[0], (f32x8)first[1], (f32x8)first[2], (f32x8)first[3]};
        for (int32_t s = 1; s < gradient->count; s++) {
            float start = gradient->positions[s - 1], length = gradient->positions[s] - start;
            f32x8 part = length > 0 ? clamp((t - start) / length, (f32x8)0, (f32x8)1)
                                    : (t >= start ? (f32x8)1 : (f32x8)0);
            const float *from = first + 4 * (s - 1), *to = first + 4 * s;
            for (int c = 0; c < 4; c++) color[c] += part * (to[c] - from[c]);
        }
        f32x8 cover = to_float(__builtin_convertvector(bytes, u32x8)) / 255.0f;
        f32x8 alpha = clamp(color[3], (f32x8)0, (f32x8)255) * cover;
        f32x8 keep = 1.0f - alpha / 255.0f;
        f32x8 threshold = thresholds(x + i, y);
        u32x8 below = load8(d), out = (u32x8)0;
        f32x8 top = alpha + to_float(below >> 24) * keep + threshold;
        for (int c = 0; c < 4; c++) {
            f32x8 under = to_float(below >> (uint32_t)(8 * c) & 255);
            f32x8 v = clamp(color[c], (f32x8)0, (f32x8)255) * cover + under * keep + threshold;
            v = clamp(v, (f32x8)0, top);
            v = v < 255.0f ? v : (f32x8)255.0f;
            out |= (u32x8)to_int(v) << (uint32_t)(8 * c);
        }
        store8(d, out);
        memcpy(row + i, d, 4 * (size_t)n);
    }
}

INLINE void mask8(uint32_t *row, const uint32_t *mask, int32_t kind) {
    u32x8 m = load8(mask);
    wide k = unpack(m), p = unpack(load8(row));
    switch (kind) {
    case 0: k = (wide){alphas(k.low), alphas(k.high)}; break;
    // BT.709 in 1/256; on premultiplied values this is luminance times alpha.
    case 1: k = spread(((m >> 16 & 255) * 54 + (m >> 8 & 255) * 183 + (m & 255) * 19 + 128) >> 8); break;
    default: k = (wide){255 - alphas(k.low), 255 - alphas(k.high)}; break;
    }
    store8(row, pack((wide){div255(p.low * k.low), div255(p.high * k.high)}));
}

INLINE void mask_span(uint32_t *row, const uint32_t *mask, int32_t count, int32_t kind) {
    int32_t i = 0;
    for (; i + 8 <= count; i += 8) mask8(row + i, mask + i, kind);
    if (i < count) {
        uint32_t p[8] = {0}, m[8] = {0};
        memcpy(p, row + i, 4 * (size_t)(count - i));
        memcpy(m, mask + i, 4 * (size_t)(count - i));
        mask8(p, m, kind);
        memcpy(row + i, p, 4 * (size_t)(count - i));
    }
}

static void mask_row(uint32_t *row, const uint32_t *mask, int32_t count, int32_t kind) {
    switch (kind) {
    case 0: return mask_span(row, mask, count, 0);
    case 1: return mask_span(row, mask, count, 1);
    default: return mask_span(row, mask, count, 2);
    }
}

static void accumulate(uint32_t *sums, const uint32_t *row, int32_t count, uint32_t weight) {
    const uint8_t *bytes = (const uint8_t *)row;
    for (int32_t i = 0; i < 4 * count; i++) sums[i] += bytes[i] * weight;
}

static void mean(uint32_t *row, const uint32_t *sums, int32_t count) {
    uint8_t *bytes = (uint8_t *)row;
    for (int32_t i = 0; i < 4 * count; i++) bytes[i] = (uint8_t)((sums[i] + 32768) >> 16);
}

static void extremes(const uint32_t *row, int32_t count, uint32_t *all, uint32_t *any) {
    uint32_t a = 0xffffffff, o = 0;
    for (int32_t i = 0; i < count; i++) {
        a &= row[i];
        o |= row[i];
    }
    *all = a;
    *any = o;
}

// Blurs on four 16-bit channels, and resampling.

INLINE uint16_t box_mean(int32_t sum, int32_t ends, float edge, float share) {
    return (uint16_t)(((float)sum + edge * (float)ends) * share + 0.5f);
}

typedef int32_t i32x4 __attribute__((ext_vector_type(4)));
typedef float f32x4 __attribute__((ext_vector_type(4)));
typedef uint16_t u16x4 __attribute__((ext_vector_type(4)));

INLINE i32x4 sample16(const uint16_t *row, int32_t width, int32_t x) {
    if (x < 0 || x >= width) return (i32x4)0;
    u16x4 v;
    memcpy(&v, row + 4 * (size_t)x, 8);
    return __builtin_convertvector(v, i32x4);
}

static void box_rows(
    const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, float edge) {
    float share = 1 / ((float)(2 * radius + 1) + 2 * edge);
    for (int32_t y = 0; y < height; y++) {
        const uint16_t *from = source + (size_t)y * 4 * (size_t)width;
        uint16_t *to = target + (size_t)y * 4 * (size_t)width;
        i32x4 sum = (i32x4)0;
        for (int32_t x = 0; x < radius && x < width; x++) sum += sample16(from, width, x);
        for (int32_t x = 0; x < width; x++) {
            sum += sample16(from, width, x + radius);
            i32x4 ends = sample16(from, width, x - radius - 1) + sample16(from, width, x + radius + 1);
            f32x4 v = (__builtin_convertvector(sum, f32x4) + edge * __builtin_convertvector(ends, f32x4)) * share + 0.5f;
            u16x4 out = __builtin_convertvector(__builtin_convertvector(v, i32x4), u16x4);
            memcpy(to + 4 * (size_t)x, &out, 8);
            sum -= sample16(from, width, x - radius);
        }
    }
}

static void box_columns(
    const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, float edge,
    int32_t *sums) {
    float share = 1 / ((float)(2 * radius + 1) + 2 * edge);
    int32_t n = 4 * width;
    memset(sums, 0, (size_t)n * 4);
#define ROW(y) (source + (size_t)(y) * (size_t)n)
    for (int32_t y = 0; y < radius && y < height; y++)
        for (int32_t i = 0; i < n; i++) sums[i] += ROW(y)[i];
    for (int32_t y = 0; y < height; y++) {
        uint16_t *to = target + (size_t)y * (size_t)n;
        if (y + radius < height)
            for (int32_t i = 0; i < n; i++) sums[i] += ROW(y + radius)[i];
        const uint16_t *above = y - radius - 1 >= 0 ? ROW(y - radius - 1) : NULL;
        const uint16_t *below = y + radius + 1 < height ? ROW(y + radius + 1) : NULL;
        if (above && below) {
            for (int32_t i = 0; i < n; i++) to[i] = box_mean(sums[i], above[i] + below[i], edge, share);
        } else if (above || below) {
            const uint16_t *one = above ? above : below;
            for (int32_t i = 0; i < n; i++) to[i] = box_mean(sums[i], one[i], edge, share);
        } else {
            for (int32_t i = 0; i < n; i++) to[i] = box_mean(sums[i], 0, edge, share);
        }
        if (y - radius >= 0)
            for (int32_t i = 0; i < n; i++) sums[i] -= ROW(y - radius)[i];
    }
#undef ROW
}

static void kernel_rows(
    const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, const float *weights,
    float *line) {
    int32_t n = 4 * width, pad = 4 * radius;
    float *sum = line + n + 2 * pad;
    memset(line, 0, (size_t)(n + 2 * pad) * 4);
    for (int32_t y = 0; y < height; y++) {
        const uint16_t *from = source + (size_t)y * (size_t)n;
        uint16_t *to = target + (size_t)y * (size_t)n;
        for (int32_t i = 0; i < n; i++) line[pad + i] = from[i];
        for (int32_t i = 0; i < n; i++) sum[i] = line[pad + i] * weights[0];
        for (int32_t k = 1; k <= radius; k++) {
            const float *left = line + pad - 4 * k, *right = line + pad + 4 * k;
            float weight = weights[k];
            for (int32_t i = 0; i < n; i++) sum[i] += (left[i] + right[i]) * weight;
        }
        for (int32_t i = 0; i < n; i++) to[i] = (uint16_t)(int32_t)(sum[i] + 0.5f);
    }
}

static void kernel_columns(
    const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, const float *weights,
    float *line) {
    int32_t n = 4 * width;
    for (int32_t y = 0; y < height; y++) {
        const uint16_t *from = source + (size_t)y * (size_t)n;
        uint16_t *to = target + (size_t)y * (size_t)n;
        for (int32_t i = 0; i < n; i++) line[i] = from[i] * weights[0];
        for (int32_t k = 1; k <= radius; k++) {
            float weight = weights[k];
            if (y - k >= 0) {
                const uint16_t *row = from - (size_t)k * (size_t)n;
                for (int32_t i = 0; i < n; i++) line[i] += row[i] * weight;
            }
            if (y + k < height) {
                const uint16_t *row = from + (size_t)k * (size_t)n;
                for (int32_t i = 0; i < n; i++) line[i] += row[i] * weight;
            }
        }
        for (int32_t i = 0; i < n; i++) to[i] = (uint16_t)(int32_t)(line[i] + 0.5f);
    }
}

static void widen(uint16_t *target, const uint32_t *row, int32_t count) {
    const uint8_t *bytes = (const uint8_t *)row;
    for (int32_t i = 0; i < 4 * count; i++) target[i] = (uint16_t)(bytes[i] << 8);
}

static void narrow(uint32_t *row, const uint16_t *source, int32_t count, int32_t x, int32_t y) {
    uint8_t *bytes = (uint8_t *)row;
    for (int32_t i = 0; i < count; i++) {
        uint32_t h = (uint32_t)(x + i) * 0xC13FA9A9u + (uint32_t)y * 0x91E10DA5u;
        // 0...254: an exact multiple of 256 keeps its value, and 65280 (255) never overflows.
        uint32_t threshold = (h >> 24) * 255 >> 8;
        for (int32_t c = 0; c < 4; c++) bytes[4 * i + c] = (uint8_t)((source[4 * i + c] + threshold) >> 8);
    }
}

static void resample(
    const fp_surface *source, const fp_surface *target, const fp_axis *across, const fp_axis *down, float *line) {
    int32_t n = 4 * source->width;
    for (int32_t y = 0; y < target->height; y++) {
        if (down->cover[y] <= 0) continue;
        memset(line, 0, (size_t)n * 4);
        for (int32_t k = 0; k < down->taps; k++) {
            float weight = down->weights[y * down->taps + k];
            if (weight == 0) continue;
            const uint8_t *row = source->bytes + (down->first[y] + k) * source->stride;
            for (int32_t i = 0; i < n; i++) line[i] += row[i] * weight;
        }
        uint32_t *to = (uint32_t *)(target->bytes + y * target->stride);
        for (int32_t x = 0; x < target->width; x++) {
            float cover = across->cover[x] * down->cover[y];
            if (cover <= 0) continue;
            float sum[4] = {0, 0, 0, 0};
            for (int32_t k = 0; k < across->taps; k++) {
                float weight = across->weights[x * across->taps + k];
                const float *texel = line + 4 * (across->first[x] + k);
                for (int c = 0; c < 4; c++) sum[c] += texel[c] * weight;
            }
            float alpha = sum[3] < 0 ? 0 : sum[3] > 255 ? 255 : sum[3];
            float keep = 1 - alpha * cover / 255;
            uint32_t below = to[x], out = 0;
            for (int c = 0; c < 4; c++) {
                float v = sum[c] < 0 ? 0 : sum[c] > alpha ? alpha : sum[c];
                v = v * cover + (float)(below >> (8 * c) & 255) * keep + 0.5f;
                out |= (v < 255 ? (uint32_t)v : 255) << (8 * c);
            }
            to[x] = out;
        }
    }
}

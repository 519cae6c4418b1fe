// A row of finished source pixels onto a row of the target.

/// Light, then coverage and opacity, on one vector of pixels.
INLINE wide shade(wide s, const fp_layer *layer, bool lit, bool covered, u32x8 cover) {
    if (lit) {
        u16x16 multiply = (u16x16)(uint16_t)layer->multiply, add = (u16x16)(uint16_t)layer->add;
        u16x16 low = alphas(s.low), high = alphas(s.high);
        u16x16 a = min16(div255(s.low * multiply) + div255(low * add), low);
        u16x16 b = min16(div255(s.high * multiply) + div255(high * add), high);
        // Alpha itself is not lit.
        const u16x16 rest = {0, 0, 0, 0xffff, 0, 0, 0, 0xffff, 0, 0, 0, 0xffff, 0, 0, 0, 0xffff};
        s.low = (a & ~rest) | (s.low & rest);
        s.high = (b & ~rest) | (s.high & rest);
    }
    if (covered) {
        wide k = spread(cover);
        s.low = div255(s.low * k.low);
        s.high = div255(s.high * k.high);
    }
    return s;
}

INLINE u32x8 covers(const fp_layer *layer, const uint8_t *cover) {
    u32x8 k = (u32x8)(uint32_t)layer->opacity;
    if (cover) {
        u8x8 c;
        memcpy(&c, cover, 8);
        k *= __builtin_convertvector(c, u32x8);
        k += 128;
        k = (k + (k >> 8)) >> 8;
    }
    return k;
}

INLINE u32x8 over(wide s, u32x8 below) {
    wide d = unpack(below);
    d.low = s.low + div255(d.low * (255 - alphas(s.low)));
    d.high = s.high + div255(d.high * (255 - alphas(s.high)));
    return pack(d);
}

INLINE void normal_row(
    uint32_t *target, const uint32_t *source, const uint8_t *cover, int32_t count, const fp_layer *layer, bool lit,
    bool covered) {
    int32_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t q[4];
        memcpy(q, source + i, 32);
        if ((q[0] | q[1] | q[2] | q[3]) == 0) continue;
        bool partly = covered;
        if (cover && layer->opacity == 255) {
            uint64_t c;
            memcpy(&c, cover + i, 8);
            if (c == 0) continue;
            partly = c != ~(uint64_t)0;
        }
        if (!lit && !partly && (q[0] & q[1] & q[2] & q[3] & 0xff000000ff000000u) == 0xff000000ff000000u) {
            memcpy(target + i, q, 32);
            continue;
        }
        if (!partly) {
            store8(target + i, over(shade(unpack(load8(source + i)), layer, lit, false, (u32x8)0), load8(target + i)));
            continue;
        }
        u32x8 k = covers(layer, cover ? cover + i : NULL);
        store8(target + i, over(shade(unpack(load8(source + i)), layer, lit, true, k), load8(target + i)));
    }
    if (i < count) {
        uint32_t s[8] = {0}, d[8] = {0};
        uint8_t c[8] = {0};
        memcpy(s, source + i, 4 * (size_t)(count - i));
        memcpy(d, target + i, 4 * (size_t)(count - i));
        if (cover) memcpy(c, cover + i, (size_t)(count - i));
        u32x8 k = covered ? covers(layer, cover ? c : NULL) : (u32x8)0;
        store8(d, over(shade(unpack(load8(s)), layer, lit, covered, k), load8(d)));
        memcpy(target + i, d, 4 * (size_t)(count - i));
    }
}

/// One channel by the formulas of W3C Compositing and Blending 1, multiplied out for premultiplied values.
INLINE uint32_t blend_channel(int32_t blend, uint32_t s, uint32_t sa, uint32_t d, uint32_t da) {
    uint32_t outside = s * (255 - da) + d * (255 - sa), inside;
    switch (blend) {
    case 1: inside = s * d; break;
    case 2: return s + d - divide255(s * d);
    case 3: return s + d < 255 ? s + d : 255;
    case 4:
        inside = 2 * d <= da ? 2 * s * d : sa * da - 2 * (da - d) * (sa - s);
        break;
    case 5: inside = s * da < d * sa ? s * da : d * sa; break;
    default: inside = s * da > d * sa ? s * da : d * sa; break;
    }
    return divide255(outside + inside);
}

static void blended_row(
    uint32_t *target, const uint32_t *source, const uint8_t *cover, int32_t count, const fp_layer *layer) {
    bool lit = layer->multiply != 255 || layer->add != 0;
    for (int32_t i = 0; i < count; i += 8) {
        int32_t n = count - i < 8 ? count - i : 8;
        uint32_t s[8] = {0};
        uint8_t c[8] = {0};
        memcpy(s, source + i, 4 * (size_t)n);
        if (cover) memcpy(c, cover + i, (size_t)n);
        store8(s, pack(shade(unpack(load8(s)), layer, lit, true, covers(layer, cover ? c : NULL))));
        for (int32_t j = 0; j < n; j++) {
            uint32_t p = s[j], q = target[i + j];
            if (p == 0) continue;
            uint32_t sa = p >> 24, da = q >> 24;
            uint32_t alpha = layer->blend == 3 ? (sa + da < 255 ? sa + da : 255) : sa + da - divide255(sa * da);
            uint32_t out = alpha << 24;
            for (int32_t shift = 0; shift < 24; shift += 8) {
                uint32_t v = blend_channel(layer->blend, p >> shift & 255, sa, q >> shift & 255, da);
                out |= (v < alpha ? v : alpha) << shift;
            }
            target[i + j] = out;
        }
    }
}

/// `cover` may be NULL: all covered.
static void blend_row(
    uint32_t *target, const uint32_t *source, const uint8_t *cover, int32_t count, const fp_layer *layer) {
    if (layer->blend != 0) return blended_row(target, source, cover, count, layer);
    bool lit = layer->multiply != 255 || layer->add != 0;
    bool covered = cover != NULL || layer->opacity != 255;
    if (lit) {
        if (covered) return normal_row(target, source, cover, count, layer, true, true);
        return normal_row(target, source, cover, count, layer, true, false);
    }
    if (covered) return normal_row(target, source, cover, count, layer, false, true);
    normal_row(target, source, cover, count, layer, false, false);
}

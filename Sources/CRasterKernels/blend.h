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

/// The same for packed source pixels: colour is added byte by byte, for what `below` keeps and the source make 255 at most.
INLINE u32x8 over_packed(u32x8 s, u32x8 below) {
#ifdef FP_AVX2
    const __m256i low = _mm256_setr_epi8(
        3, -1, 3, -1, 3, -1, 3, -1, 7, -1, 7, -1, 7, -1, 7, -1, 3, -1, 3, -1, 3, -1, 3, -1, 7, -1, 7, -1, 7, -1, 7, -1);
    const __m256i high = _mm256_setr_epi8(
        11, -1, 11, -1, 11, -1, 11, -1, 15, -1, 15, -1, 15, -1, 15, -1, 11, -1, 11, -1, 11, -1, 11, -1, 15, -1, 15, -1,
        15, -1, 15, -1);
    __m256i clear = (__m256i)~s;
    wide d = unpack(below);
    d.low = div255(d.low * (u16x16)_mm256_shuffle_epi8(clear, low));
    d.high = div255(d.high * (u16x16)_mm256_shuffle_epi8(clear, high));
    return (u32x8)_mm256_adds_epu8((__m256i)s, (__m256i)pack(d));
#else
    return over(unpack(s), below);
#endif
}

/// Eight finished pixels onto the target.
INLINE void lay(uint32_t *target, u32x8 s) {
    if (is_empty(s)) return;
    store8(target, is_opaque(s) ? s : over_packed(s, load8(target)));
}

INLINE void normal_row(
    uint32_t *target, const uint32_t *source, const uint8_t *cover, int32_t count, const fp_layer *layer, bool lit,
    bool covered) {
    int32_t i = 0;
    for (; i + 8 <= count; i += 8) {
        u32x8 s = load8(source + i);
        if (is_empty(s)) continue;
        bool partly = covered;
        if (cover && layer->opacity == 255) {
            uint64_t c;
            memcpy(&c, cover + i, 8);
            if (c == 0) continue;
            partly = c != ~(uint64_t)0;
        }
        if (!lit && !partly && is_opaque(s)) {
            store8(target + i, s);
            continue;
        }
        if (!partly) {
            u32x8 lighted = lit ? pack(shade(unpack(s), layer, true, false, (u32x8)0)) : s;
            store8(target + i, over_packed(lighted, load8(target + i)));
            continue;
        }
        u32x8 k = covers(layer, cover ? cover + i : NULL);
        store8(target + i, over(shade(unpack(s), layer, lit, true, k), load8(target + i)));
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

/// All channels by the formulas of W3C Compositing and Blending 1, multiplied out for premultiplied values. Products wrap
/// around at 65536, the sums that count do not: they are at most 255 times the alpha of the result.
INLINE u16x16 blend_channels(int32_t blend, u16x16 s, u16x16 d) {
    const u16x16 rest = {0, 0, 0, 0xffff, 0, 0, 0, 0xffff, 0, 0, 0, 0xffff, 0, 0, 0, 0xffff};
    u16x16 sa = alphas(s), da = alphas(d), most = (u16x16)255, inside;
    if (blend == 3) return min16(min16(s + d, most), min16(sa + da, most));
    u16x16 alpha = sa + da - div255(sa * da);
    if (blend == 2) return min16(s + d - div255(s * d), alpha);
    switch (blend) {
    case 1: inside = s * d; break;
    case 9: {
        u16x16 dark = (u16x16)(s + s <= sa);
        inside = ((2 * s * d) & dark) | ((sa * da - 2 * (da - d) * (sa - s)) & ~dark);
        break;
    }
    case 11: {
        u16x16 a = s * da, b = d * sa;
        inside = __builtin_elementwise_max(a, b) - min16(a, b);
        break;
    }
    case 12: inside = s * da + d * sa - 2 * s * d; break;
    case 4: {
        u16x16 dark = (u16x16)(d + d <= da);
        inside = ((2 * s * d) & dark) | ((sa * da - 2 * (da - d) * (sa - s)) & ~dark);
        break;
    }
    case 5: inside = min16(s * da, d * sa); break;
    default: inside = __builtin_elementwise_max(s * da, d * sa); break;
    }
    u16x16 v = min16(div255(s * (255 - da) + d * (255 - sa) + inside), alpha);
    return (v & ~rest) | (alpha & rest);
}

/// Eight pixels of a blended layer.
INLINE void blend8(
    uint32_t *target, const uint32_t *source, const uint8_t *cover, const fp_layer *layer, int32_t blend, bool lit) {
    u32x8 s = load8(source);
    if (is_empty(s)) return;
    wide top = shade(unpack(s), layer, lit, true, covers(layer, cover));
    u32x8 above = pack(top), below = load8(target), out;
    if (blend == 7 || blend == 8 || blend == 10 || blend >= 13) {
        out = blend_pixels(blend, above, below);
    } else {
        wide under = unpack(below);
        out = pack((wide){blend_channels(blend, top.low, under.low), blend_channels(blend, top.high, under.high)});
    }
    // Nothing changes nothing.
    u32x8 none = (u32x8)(above == (u32x8)0);
    store8(target, (below & none) | (out & ~none));
}

INLINE void blended_span(
    uint32_t *target, const uint32_t *source, const uint8_t *cover, int32_t count, const fp_layer *layer,
    int32_t blend, bool lit) {
    int32_t i = 0;
    for (; i + 8 <= count; i += 8) blend8(target + i, source + i, cover ? cover + i : NULL, layer, blend, lit);
    if (i < count) {
        uint32_t s[8] = {0}, d[8] = {0};
        uint8_t c[8] = {0};
        memcpy(s, source + i, 4 * (size_t)(count - i));
        memcpy(d, target + i, 4 * (size_t)(count - i));
        if (cover) memcpy(c, cover + i, (size_t)(count - i));
        blend8(d, s, cover ? c : NULL, layer, blend, lit);
        memcpy(target + i, d, 4 * (size_t)(count - i));
    }
}

static void blended_row(
    uint32_t *target, const uint32_t *source, const uint8_t *cover, int32_t count, const fp_layer *layer) {
    bool lit = layer->multiply != 255 || layer->add != 0;
    switch (layer->blend) {
    case 1: return blended_span(target, source, cover, count, layer, 1, lit);
    case 2: return blended_span(target, source, cover, count, layer, 2, lit);
    case 3: return blended_span(target, source, cover, count, layer, 3, lit);
    case 4: return blended_span(target, source, cover, count, layer, 4, lit);
    case 5: return blended_span(target, source, cover, count, layer, 5, lit);
    case 6: return blended_span(target, source, cover, count, layer, 6, lit);
    case 7: return blended_span(target, source, cover, count, layer, 7, lit);
    case 8: return blended_span(target, source, cover, count, layer, 8, lit);
    case 9: return blended_span(target, source, cover, count, layer, 9, lit);
    case 10: return blended_span(target, source, cover, count, layer, 10, lit);
    case 11: return blended_span(target, source, cover, count, layer, 11, lit);
    case 12: return blended_span(target, source, cover, count, layer, 12, lit);
    case 13: return blended_span(target, source, cover, count, layer, 13, lit);
    case 14: return blended_span(target, source, cover, count, layer, 14, lit);
    case 15: return blended_span(target, source, cover, count, layer, 15, lit);
    default: return blended_span(target, source, cover, count, layer, 16, lit);
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
        return normal_row(target, source, NULL, count, layer, true, false);
    }
    if (covered) return normal_row(target, source, cover, count, layer, false, true);
    normal_row(target, source, NULL, count, layer, false, false);
}

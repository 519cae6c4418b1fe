// Blend modes that divide, take roots or look at all three channels: in floats, eight pixels at a time. Each operation is
// one that IEEE rounds exactly, so that every kind of processor gives the same bytes.

typedef struct {
    f32x8 c[3];
} colors;

INLINE f32x8 low_of(f32x8 a, f32x8 b) { return a < b ? a : b; }
INLINE f32x8 high_of(f32x8 a, f32x8 b) { return a > b ? a : b; }

INLINE f32x8 brightness(colors v) { return 0.11f * v.c[0] + 0.59f * v.c[1] + 0.3f * v.c[2]; }

INLINE f32x8 colorfulness(colors v) {
    return high_of(high_of(v.c[0], v.c[1]), v.c[2]) - low_of(low_of(v.c[0], v.c[1]), v.c[2]);
}

/// SetLum of W3C Compositing and Blending 1: moved to a brightness, then drawn in towards grey as far as it must be.
INLINE colors with_brightness(colors v, f32x8 wanted) {
    const f32x8 least = (f32x8)1e-6f, one = (f32x8)1;
    f32x8 move = wanted - brightness(v);
    for (int i = 0; i < 3; i++) v.c[i] += move;
    f32x8 grey = brightness(v);
    f32x8 low = low_of(low_of(v.c[0], v.c[1]), v.c[2]), high = high_of(high_of(v.c[0], v.c[1]), v.c[2]);
    f32x8 under = high_of(grey - low, least), over = high_of(high - grey, least);
    for (int i = 0; i < 3; i++) {
        f32x8 lifted = grey + (v.c[i] - grey) * grey / under;
        f32x8 kept = low < 0.0f ? lifted : v.c[i];
        f32x8 lowered = grey + (kept - grey) * (one - grey) / over;
        v.c[i] = clamp(high > 1.0f ? lowered : kept, (f32x8)0, one);
    }
    return v;
}

/// SetSat: stretched from its least to its greatest channel.
INLINE colors with_colorfulness(colors v, f32x8 wanted) {
    f32x8 low = low_of(low_of(v.c[0], v.c[1]), v.c[2]), range = colorfulness(v);
    for (int i = 0; i < 3; i++) v.c[i] = range > 0.0f ? (v.c[i] - low) * wanted / range : (f32x8)0;
    return v;
}

/// What stands in the W3C formulas as B(below, above), times both alphas, for one channel; all in 0...255.
INLINE f32x8 mixed_channel(int32_t blend, f32x8 s, f32x8 d, f32x8 sa, f32x8 da) {
    const f32x8 zero = (f32x8)0;
    f32x8 both = sa * da;
    if (blend == 7) {
        f32x8 rest = sa - s, bright = low_of(both, d * sa * sa / (rest > 0.0f ? rest : (f32x8)1));
        return d == 0.0f ? zero : (rest > 0.0f ? bright : both);
    }
    if (blend == 8) {
        f32x8 dark = both - low_of(both, (da - d) * sa * sa / (s > 0.0f ? s : (f32x8)1));
        return d >= da ? both : (s > 0.0f ? dark : zero);
    }
    f32x8 cs = sa > 0.0f ? s / sa : zero, cd = da > 0.0f ? d / da : zero;
    f32x8 curve = cd <= 0.25f ? ((16.0f * cd - 12.0f) * cd + 4.0f) * cd : root(cd);
    f32x8 darker = cd - (1.0f - 2.0f * cs) * cd * (1.0f - cd), lighter = cd + (2.0f * cs - 1.0f) * (curve - cd);
    return both * (cs <= 0.5f ? darker : lighter);
}

INLINE u32x8 blend_pixels(int32_t blend, u32x8 above, u32x8 below) {
    u32x8 sa = above >> 24, da = below >> 24;
    u32x8 product = sa * da + 128;
    u32x8 alpha = sa + da - ((product + (product >> 8)) >> 8);
    f32x8 fsa = to_float(sa), fda = to_float(da), top = to_float(alpha);
    colors s, d, inside;
    for (int i = 0; i < 3; i++) {
        s.c[i] = to_float(above >> (uint32_t)(8 * i) & 255);
        d.c[i] = to_float(below >> (uint32_t)(8 * i) & 255);
    }
    if (blend >= 13) {
        colors cs, cd;
        for (int i = 0; i < 3; i++) {
            cs.c[i] = fsa > 0.0f ? s.c[i] / fsa : (f32x8)0;
            cd.c[i] = fda > 0.0f ? d.c[i] / fda : (f32x8)0;
        }
        switch (blend) {
        case 13: inside = with_brightness(with_colorfulness(cs, colorfulness(cd)), brightness(cd)); break;
        case 14: inside = with_brightness(with_colorfulness(cd, colorfulness(cs)), brightness(cd)); break;
        case 15: inside = with_brightness(cs, brightness(cd)); break;
        default: inside = with_brightness(cd, brightness(cs)); break;
        }
        for (int i = 0; i < 3; i++) inside.c[i] *= fsa * fda;
    } else {
        for (int i = 0; i < 3; i++) inside.c[i] = mixed_channel(blend, s.c[i], d.c[i], fsa, fda);
    }
    u32x8 out = alpha << 24;
    for (int i = 0; i < 3; i++) {
        f32x8 v = (s.c[i] * (255.0f - fda) + d.c[i] * (255.0f - fsa) + inside.c[i]) / 255.0f + 0.5f;
        out |= (u32x8)to_int(clamp(v, (f32x8)0, top + 0.5f)) << (uint32_t)(8 * i);
    }
    return out;
}

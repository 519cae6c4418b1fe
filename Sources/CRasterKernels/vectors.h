// Eight pixels at a time in clang's portable vectors.

#define INLINE static inline __attribute__((always_inline))

typedef uint8_t u8x32 __attribute__((ext_vector_type(32)));
typedef uint8_t u8x8 __attribute__((ext_vector_type(8)));
typedef uint16_t u16x16 __attribute__((ext_vector_type(16)));
typedef uint32_t u32x8 __attribute__((ext_vector_type(8)));
typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
typedef int32_t i32x8 __attribute__((ext_vector_type(8)));
typedef float f32x8 __attribute__((ext_vector_type(8)));

/// Eight pixels as 16-bit channels, in the order that unpacking within 128 bits gives.
typedef struct {
    u16x16 low, high;
} wide;

INLINE u32x8 load8(const uint32_t *p) {
    u32x8 v;
    memcpy(&v, p, 32);
    return v;
}

/// True when all pixels are transparent black.
INLINE bool is_empty(u32x8 pixels) {
#ifdef FP_AVX2
    return _mm256_testz_si256((__m256i)pixels, (__m256i)pixels);
#else
    uint64_t q[4];
    memcpy(q, &pixels, 32);
    return (q[0] | q[1] | q[2] | q[3]) == 0;
#endif
}

/// True when every alpha is 255.
INLINE bool is_opaque(u32x8 pixels) {
#ifdef FP_AVX2
    return _mm256_testc_si256((__m256i)pixels, (__m256i)(u32x8)0xff000000u);
#else
    uint64_t q[4];
    memcpy(q, &pixels, 32);
    return (q[0] & q[1] & q[2] & q[3] & 0xff000000ff000000u) == 0xff000000ff000000u;
#endif
}

INLINE void store8(uint32_t *p, u32x8 v) { memcpy(p, &v, 32); }

INLINE wide unpack(u32x8 pixels) {
    u8x32 b = (u8x32)pixels, z = (u8x32)(u32x8)0;
    return (wide){
        (u16x16)__builtin_shufflevector(
            b, z, 0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39, 16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53,
            22, 54, 23, 55),
        (u16x16)__builtin_shufflevector(
            b, z, 8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47, 24, 56, 25, 57, 26, 58, 27, 59, 28, 60,
            29, 61, 30, 62, 31, 63)};
}

/// Every channel must be at most 255.
INLINE u32x8 pack(wide w) {
#ifdef FP_AVX2
    return (u32x8)_mm256_packus_epi16((__m256i)w.low, (__m256i)w.high);
#else
    u8x32 a = (u8x32)w.low, b = (u8x32)w.high;
    return (u32x8)__builtin_shufflevector(
        a, b, 0, 2, 4, 6, 8, 10, 12, 14, 32, 34, 36, 38, 40, 42, 44, 46, 16, 18, 20, 22, 24, 26, 28, 30, 48, 50, 52, 54,
        56, 58, 60, 62);
#endif
}

/// One number below 65536 for each pixel, repeated for its four channels.
INLINE wide spread(u32x8 n) {
    u32x8 v = n | n << 16;
    return (wide){
        (u16x16)__builtin_shufflevector(v, v, 0, 0, 1, 1, 4, 4, 5, 5),
        (u16x16)__builtin_shufflevector(v, v, 2, 2, 3, 3, 6, 6, 7, 7)};
}

/// The alpha of each pixel in all its channels.
INLINE u16x16 alphas(u16x16 v) {
    return __builtin_shufflevector(v, v, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
}

/// The upper halves of the products: one instruction nearly everywhere.
INLINE u16x16 multiply_high(u16x16 a, u16x16 b) {
    return __builtin_convertvector(
        (__builtin_convertvector(a, u32x16) * __builtin_convertvector(b, u32x16)) >> 16, u16x16);
}

/// Rounded division by 255 of numbers up to 65025; exact: (v + v / 256) / 256 with v a half more.
INLINE u16x16 div255(u16x16 v) { return multiply_high(v + 128, (u16x16)257); }

INLINE u16x16 min16(u16x16 a, u16x16 b) { return __builtin_elementwise_min(a, b); }

INLINE uint32_t divide255(uint32_t v) {
    v += 128;
    return (v + (v >> 8)) >> 8;
}

INLINE f32x8 to_float(u32x8 v) { return __builtin_convertvector((i32x8)v, f32x8); }
INLINE i32x8 to_int(f32x8 v) { return __builtin_convertvector(v, i32x8); }

/// Not a number becomes `low`.
INLINE f32x8 clamp(f32x8 v, f32x8 low, f32x8 high) {
    v = v > low ? v : low;
    return v < high ? v : high;
}

INLINE f32x8 root(f32x8 v) { return __builtin_elementwise_sqrt(v); }

/// Thresholds in 1/4096 steps strictly between 0 and 1 for pixels from (x, y) on: the two-dimensional golden ratio
/// sequence (Roberts, "The unreasonable effectiveness of quasirandom sequences"), which has the even spread of blue noise.
/// An integer plus a threshold keeps its floor.
INLINE f32x8 thresholds(int32_t x, int32_t y) {
    const u32x8 steps = {0, 1, 2, 3, 4, 5, 6, 7};
    u32x8 h = ((uint32_t)x + steps) * 0xC13FA9A9u + (uint32_t)y * 0x91E10DA5u;
    return (to_float(h >> 20) + 0.5f) * (1.0f / 4096);
}

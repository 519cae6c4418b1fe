#include "CMediaKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Y = 16 + 219/255 (0.2126 R + 0.7152 G + 0.0722 B), 15 fraction bits. The sum is rounded up, so that white is 235.
enum { YB = 2032, YG = 20127, YR = 5983, Y_SHIFT = 15 };
// U = 128 + 224/255 (B - Y') / 1.8556 and V = 128 + 224/255 (R - Y') / 1.5748, over a sum of eight weights: 18 fraction bits.
// The three of a row add up to zero, so that greys are exactly 128.
enum { UB = 14392, UG = -11094, UR = -3298, VB = -1320, VG = -13072, VR = 14392, C_SHIFT = 18 };

// Ordered dither, 8 x 8 (Bayer). The offset is (2 n + 1) / 128 of a code: whole codes stay what they are.
static const uint8_t bayer[8][8] = {
    {0, 32, 8, 40, 2, 34, 10, 42},  {48, 16, 56, 24, 50, 18, 58, 26}, {12, 44, 4, 36, 14, 46, 6, 38},
    {60, 28, 52, 20, 62, 30, 54, 22}, {3, 35, 11, 43, 1, 33, 9, 41},  {51, 19, 59, 27, 49, 17, 57, 25},
    {15, 47, 7, 39, 13, 45, 5, 37}, {63, 31, 55, 23, 61, 29, 53, 21}};

static inline int32_t y_bias(int x, int y) { return (16 << Y_SHIFT) + ((2 * bayer[y & 7][x & 7] + 1) << (Y_SHIFT - 7)); }
static inline int32_t u_bias(int x, int y) { return (128 << C_SHIFT) + ((2 * bayer[y & 7][x & 7] + 1) << (C_SHIFT - 7)); }
// Transposed, so that U and V do not step at the same places.
static inline int32_t v_bias(int x, int y) { return (128 << C_SHIFT) + ((2 * bayer[x & 7][y & 7] + 1) << (C_SHIFT - 7)); }

static void convert_baseline(const uint8_t *bgra, size_t stride, fanpai_yuv_planes planes, int x0, int x1, int y0, int y1) {
    for (int row = y0; row < y1; row += 2) {
        const uint8_t *top = bgra + (size_t)row * stride, *bottom = top + stride;
        for (int half = 0; half < 2; half++) {
            const uint8_t *in = half ? bottom : top;
            uint8_t *out = planes.y + (size_t)(row + half) * planes.y_stride;
            int32_t bias[8];
            for (int x = 0; x < 8; x++) bias[x] = y_bias(x, row + half);
            for (int x = x0; x < x1; x++)
                out[x] = (uint8_t)((YB * in[4 * x] + YG * in[4 * x + 1] + YR * in[4 * x + 2] + bias[x & 7]) >> Y_SHIFT);
        }
        uint8_t *u = planes.u + (size_t)(row / 2) * planes.u_stride, *v = planes.v + (size_t)(row / 2) * planes.v_stride;
        for (int x = x0; x < x1; x += 2) {
            int left = 4 * (x > 0 ? x - 1 : 0), here = 4 * x, right = 4 * (x + 1), sum[3];
            for (int c = 0; c < 3; c++)
                sum[c] = top[left + c] + bottom[left + c] + 2 * (top[here + c] + bottom[here + c]) + top[right + c]
                    + bottom[right + c];
            u[x / 2] = (uint8_t)((UB * sum[0] + UG * sum[1] + UR * sum[2] + u_bias(x / 2, row / 2)) >> C_SHIFT);
            v[x / 2] = (uint8_t)((VB * sum[0] + VG * sum[1] + VR * sum[2] + v_bias(x / 2, row / 2)) >> C_SHIFT);
        }
    }
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))

/// The dwords one place to the right: the last of `before`, then the first seven of `here`.
AVX2 static inline __m256i shifted(__m256i before, __m256i here) {
    return _mm256_alignr_epi8(here, _mm256_permute2x128_si256(before, here, 0x21), 12);
}

/// 1 2 1 at the even pixels (low halves of the quadwords); the other dwords mean nothing.
AVX2 static inline __m256i filtered(__m256i before, __m256i here) {
    __m256i sum = _mm256_add_epi16(_mm256_add_epi16(here, here), _mm256_srli_epi64(here, 32));
    return _mm256_add_epi16(sum, shifted(before, here));
}

AVX2 static inline __m256i evens(__m256i a, __m256i b) {
    __m256i mixed = _mm256_castps_si256(_mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), 0x88));
    return _mm256_permute4x64_epi64(mixed, 0xd8);
}

AVX2 static inline __m256i weighted(__m256i br, __m256i ga, __m256i br_weights, __m256i ga_weights, __m256i bias) {
    __m256i sum = _mm256_add_epi32(_mm256_madd_epi16(br, br_weights), _mm256_madd_epi16(ga, ga_weights));
    return _mm256_add_epi32(sum, bias);
}

AVX2 static void convert_avx2(const uint8_t *bgra, size_t stride, fanpai_yuv_planes planes, int x0, int x1, int y0, int y1) {
    const __m256i even_bytes = _mm256_set1_epi16(0xff);
    const __m256i y_br = _mm256_set1_epi32((YR << 16) | (YB & 0xffff)), y_ga = _mm256_set1_epi32(YG & 0xffff);
    const __m256i u_br = _mm256_set1_epi32((int)((uint32_t)UR << 16 | (UB & 0xffff)));
    const __m256i u_ga = _mm256_set1_epi32(UG & 0xffff);
    const __m256i v_br = _mm256_set1_epi32((int)((uint32_t)VR << 16 | (VB & 0xffff)));
    const __m256i v_ga = _mm256_set1_epi32(VG & 0xffff);
    const __m256i bytes_order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    for (int row = y0; row < y1; row += 2) {
        const uint8_t *top = bgra + (size_t)row * stride, *bottom = top + stride;
        uint8_t *y_top = planes.y + (size_t)row * planes.y_stride, *y_bottom = y_top + planes.y_stride;
        uint8_t *u = planes.u + (size_t)(row / 2) * planes.u_stride, *v = planes.v + (size_t)(row / 2) * planes.v_stride;
        int32_t biases[4][8];
        for (int x = 0; x < 8; x++) {
            biases[0][x] = y_bias(x, row);
            biases[1][x] = y_bias(x, row + 1);
            biases[2][x] = u_bias(x, row / 2);
            biases[3][x] = v_bias(x, row / 2);
        }
        const __m256i top_bias = _mm256_loadu_si256((const __m256i *)biases[0]);
        const __m256i bottom_bias = _mm256_loadu_si256((const __m256i *)biases[1]);
        const __m256i u_dither = _mm256_loadu_si256((const __m256i *)biases[2]);
        const __m256i v_dither = _mm256_loadu_si256((const __m256i *)biases[3]);
        // The vertical sum of the pixel on the left, as the last dword; at the left edge the first pixel stands for it.
        uint32_t top_left, bottom_left;
        __builtin_memcpy(&top_left, top + 4 * (x0 > 0 ? x0 - 1 : 0), 4);
        __builtin_memcpy(&bottom_left, bottom + 4 * (x0 > 0 ? x0 - 1 : 0), 4);
        uint32_t left_br = (top_left & 0xff00ff) + (bottom_left & 0xff00ff);
        uint32_t left_ga = (top_left >> 8 & 0xff00ff) + (bottom_left >> 8 & 0xff00ff);
        __m256i before_br = _mm256_set1_epi32((int)left_br), before_ga = _mm256_set1_epi32((int)left_ga);
        for (int x = x0; x < x1; x += 16) {
            // A store waits for its line: the next two rows' lines are asked for now.
            if (!(x & 63)) {
                __builtin_prefetch(y_top + x + 2 * planes.y_stride, 1);
                __builtin_prefetch(y_bottom + x + 2 * planes.y_stride, 1);
            }
            if (!(x & 127)) {
                __builtin_prefetch(u + x / 2 + planes.u_stride, 1);
                __builtin_prefetch(v + x / 2 + planes.v_stride, 1);
            }
            __m256i top_y[2], bottom_y[2], br[2], ga[2];
            for (int half = 0; half < 2; half++) {
                __m256i a = _mm256_load_si256((const __m256i *)(top + 4 * x + 32 * half));
                __m256i b = _mm256_load_si256((const __m256i *)(bottom + 4 * x + 32 * half));
                __m256i a_br = _mm256_and_si256(a, even_bytes), a_ga = _mm256_srli_epi16(a, 8);
                __m256i b_br = _mm256_and_si256(b, even_bytes), b_ga = _mm256_srli_epi16(b, 8);
                top_y[half] = _mm256_srli_epi32(weighted(a_br, a_ga, y_br, y_ga, top_bias), Y_SHIFT);
                bottom_y[half] = _mm256_srli_epi32(weighted(b_br, b_ga, y_br, y_ga, bottom_bias), Y_SHIFT);
                __m256i sum_br = _mm256_add_epi16(a_br, b_br), sum_ga = _mm256_add_epi16(a_ga, b_ga);
                br[half] = filtered(before_br, sum_br);
                ga[half] = filtered(before_ga, sum_ga);
                before_br = sum_br;
                before_ga = sum_ga;
            }
            // packs: t0 t1 per lane, then both rows to bytes: lanes hold t[0..3] t[8..11] b[0..3] b[8..11] and so on.
            __m256i t = _mm256_packs_epi32(top_y[0], top_y[1]), m = _mm256_packs_epi32(bottom_y[0], bottom_y[1]);
            __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_packus_epi16(t, m), bytes_order);
            _mm_store_si128((__m128i *)(y_top + x), _mm256_castsi256_si128(bytes));
            _mm_store_si128((__m128i *)(y_bottom + x), _mm256_extracti128_si256(bytes, 1));
            __m256i even_br = evens(br[0], br[1]), even_ga = evens(ga[0], ga[1]);
            __m256i cu = _mm256_srli_epi32(weighted(even_br, even_ga, u_br, u_ga, u_dither), C_SHIFT);
            __m256i cv = _mm256_srli_epi32(weighted(even_br, even_ga, v_br, v_ga, v_dither), C_SHIFT);
            __m256i c = _mm256_packs_epi32(cu, cv);
            c = _mm256_permutevar8x32_epi32(_mm256_packus_epi16(c, c), bytes_order);
            _mm_storel_epi64((__m128i *)(u + x / 2), _mm256_castsi256_si128(c));
            _mm_storeh_pd((double *)(v + x / 2), _mm_castsi128_pd(_mm256_castsi256_si128(c)));
        }
    }
}
#endif

void fanpai_bgra_to_yuv420(const uint8_t *bgra, size_t bgra_stride, fanpai_yuv_planes planes, int x0, int x1, int y0,
                           int y1, int level) {
#if defined(__x86_64__)
    if (level >= FANPAI_CPU_AVX2) return convert_avx2(bgra, bgra_stride, planes, x0, x1, y0, y1);
#endif
    (void)level;
    convert_baseline(bgra, bgra_stride, planes, x0, x1, y0, y1);
}

#include "CMediaKernels.h"
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// ceil(2^24 / a): with c at most a, (c * 255 + a / 2) * reciprocal stays below 2^32 and its upper byte is the exact quotient.
static uint32_t reciprocal[256];

__attribute__((constructor)) static void fill(void) {
    for (uint32_t a = 1; a < 256; a++) reciprocal[a] = ((1u << 24) + a - 1) / a;
}

static inline uint32_t straight(uint32_t c, uint32_t a) {
    return ((c < a ? c : a) * 255 + (a >> 1)) * reciprocal[a] >> 24;
}

static void row_baseline(const uint8_t *in, uint8_t *out, int from, int width, int swap) {
    for (int x = from; x < width; x++) {
        uint32_t a = in[4 * x + 3];
        // Alpha 1 makes 2^24 * 255, which still fits; alpha 0 has reciprocal 0.
        uint8_t blue = (uint8_t)straight(in[4 * x], a), red = (uint8_t)straight(in[4 * x + 2], a);
        out[4 * x] = swap ? red : blue;
        out[4 * x + 1] = (uint8_t)straight(in[4 * x + 1], a);
        out[4 * x + 2] = swap ? blue : red;
        out[4 * x + 3] = (uint8_t)a;
    }
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))

// Exact in floats too: c x 255 / a + 1/2 is a whole number or at least 1/510 away from one, and the product is off by less than
// 1/8192; a bias of 1/1024 keeps whole numbers from falling below themselves.
AVX2 static inline __m256i straight8(__m256i c, __m256i a, __m256 factor) {
    __m256 scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_min_epi32(c, a)), factor);
    return _mm256_cvttps_epi32(_mm256_add_ps(scaled, _mm256_set1_ps(0.5f + 1.0f / 1024)));
}

AVX2 static void row_avx2(const uint8_t *in, uint8_t *out, int width, int swap) {
    const __m256i low = _mm256_set1_epi32(0xff), alpha = _mm256_set1_epi32((int)0xff000000);
    const __m256i swapped = _mm256_setr_epi8(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15, 2, 1, 0, 3, 6, 5, 4, 7,
                                             10, 9, 8, 11, 14, 13, 12, 15);
    int x = 0;
    // Panels are of one colour: what was worked out for the last eight pixels mostly is that of these.
    __m256i last = _mm256_setzero_si256(), result = _mm256_setzero_si256();
    for (; x + 8 <= width; x += 8) {
        __m256i pixels = _mm256_loadu_si256((const __m256i *)(in + 4 * x));
        __m256i other = _mm256_xor_si256(pixels, last);
        if (_mm256_testz_si256(other, other)) {
            _mm256_storeu_si256((__m256i *)(out + 4 * x), result);
            continue;
        }
        last = pixels;
        if (_mm256_testc_si256(pixels, alpha)) {
            result = pixels;
        } else if (_mm256_testz_si256(pixels, alpha)) {
            result = _mm256_setzero_si256();
        } else {
            __m256i a = _mm256_srli_epi32(pixels, 24);
            // Where alpha is 0 colour is cut to 0: any finite factor will do.
            __m256i divisor = _mm256_max_epi32(a, _mm256_set1_epi32(1));
            __m256 factor = _mm256_div_ps(_mm256_set1_ps(255), _mm256_cvtepi32_ps(divisor));
            __m256i b = straight8(_mm256_and_si256(pixels, low), a, factor);
            __m256i g = straight8(_mm256_and_si256(_mm256_srli_epi32(pixels, 8), low), a, factor);
            __m256i r = straight8(_mm256_and_si256(_mm256_srli_epi32(pixels, 16), low), a, factor);
            result = _mm256_or_si256(_mm256_or_si256(b, _mm256_slli_epi32(g, 8)),
                                     _mm256_or_si256(_mm256_slli_epi32(r, 16), _mm256_and_si256(pixels, alpha)));
        }
        if (swap) result = _mm256_shuffle_epi8(result, swapped);
        _mm256_storeu_si256((__m256i *)(out + 4 * x), result);
    }
    row_baseline(in, out, x, width, swap);
}
#endif

void fanpai_unpremultiply(const uint8_t *source, size_t source_stride, uint8_t *target, size_t target_stride, int width,
                          int height, int swap, int level) {
    for (int y = 0; y < height; y++) {
        const uint8_t *in = source + (size_t)y * source_stride;
        uint8_t *out = target + (size_t)y * target_stride;
#if defined(__x86_64__)
        if (level >= FANPAI_CPU_AVX2) {
            row_avx2(in, out, width, swap);
            continue;
        }
#endif
        row_baseline(in, out, 0, width, swap);
    }
    (void)level;
}

void fanpai_premultiply(uint8_t *pixels, size_t stride, int width, int height) {
    for (int y = 0; y < height; y++) {
        uint8_t *row = pixels + (size_t)y * stride;
        for (int x = 0; x < width; x++) {
            uint32_t a = row[4 * x + 3];
            for (int c = 0; c < 3; c++) row[4 * x + c] = (uint8_t)((2 * row[4 * x + c] * a + 255) / 510);
        }
    }
}

uint64_t fanpai_squared_error(const uint8_t *a, size_t a_stride, const uint8_t *b, size_t b_stride, int width, int height) {
    uint64_t total = 0;
    for (int y = 0; y < height; y++) {
        const uint8_t *p = a + (size_t)y * a_stride, *q = b + (size_t)y * b_stride;
        uint32_t sum = 0;  // 65025 x 16384 fits
        for (int x = 0; x < width; x++) {
            int difference = p[x] - q[x];
            sum += (uint32_t)(difference * difference);
        }
        total += sum;
    }
    return total;
}

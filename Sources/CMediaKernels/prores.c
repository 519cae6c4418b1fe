#include "CMediaKernels.h"

// Places in a block by their order in the scan of progressive pictures.
const uint8_t fanpai_prores_scan[64] = {
    0,  1,  8,  9,  2,  3,  10, 11, 16, 17, 24, 25, 18, 19, 26, 27, 4,  5,  12, 20, 13, 6,  7,  14, 21, 28, 29, 22, 15, 23, 30, 31,
    32, 33, 40, 48, 41, 34, 35, 42, 49, 56, 57, 50, 43, 36, 37, 44, 51, 58, 59, 52, 45, 38, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

// The matrix of 4444, for luma and chroma alike, row by row.
const uint8_t fanpai_prores_matrix[64] = {
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5,
    4, 4, 4, 4, 4, 4, 5, 5, 4, 4, 4, 4, 4, 5, 5, 6, 4, 4, 4, 4, 5, 5, 6, 7, 4, 4, 4, 4, 5, 6, 7, 7};

// What the fast transform multiplies a coefficient by, along one side: sqrt 2 cos(k pi / 16), and 1 for the mean.
static const double arai[8] = {1.0,         1.387039845322148, 1.306562964876377, 1.175875602419359,
                               1.0,         0.785694958387102, 0.541196100146197, 0.275899379282943};

void fanpai_prores_scales(int quantiser, float *scales) {
    int step = quantiser <= 128 ? quantiser : 128 + 4 * (quantiser - 128);
    for (int position = 0; position < 64; position++) {
        int place = fanpai_prores_scan[position];
        scales[position] =
            (float)(1.0 / (8 * arai[place >> 3] * arai[place & 7] * fanpai_prores_matrix[place] * step));
    }
}

size_t fanpai_prores_slice_baseline(const fanpai_prores_coder *, const fanpai_prores_picture *, int, int, int, uint8_t *);
#if defined(__x86_64__)
size_t fanpai_prores_slice_avx2(const fanpai_prores_coder *, const fanpai_prores_picture *, int, int, int, uint8_t *);
#endif

size_t fanpai_prores_slice(const fanpai_prores_coder *coder, const fanpai_prores_picture *picture, int mb_x, int mb_y, int mbs,
                           uint8_t *out, int level) {
#if defined(__x86_64__)
    if (level >= FANPAI_CPU_AVX2) return fanpai_prores_slice_avx2(coder, picture, mb_x, mb_y, mbs, out);
#endif
    (void)level;
    return fanpai_prores_slice_baseline(coder, picture, mb_x, mb_y, mbs, out);
}

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#define FP_NAME(name) name##_avx2
#define FP_LABEL "avx2"
#define FP_AVX2 1
// Without "fma": a product and a sum must round twice, as everywhere else.
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif

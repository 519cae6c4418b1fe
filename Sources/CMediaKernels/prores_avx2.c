#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>
#define PRORES_NAME(name) name##_avx2
#define PRORES_AVX2 1
// Without "fma": a product and a sum must round twice, as everywhere else.
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "prores.h"
#pragma clang attribute pop
#endif

#include "CMediaKernels.h"
#include <stdlib.h>
#include <string.h>

int fanpai_cpu_level(void) {
    int best = FANPAI_CPU_BASELINE;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) best = FANPAI_CPU_AVX2;
#endif
    const char *asked = getenv("FANPAI_CPU");
    if (asked && !strcmp(asked, "baseline")) return FANPAI_CPU_BASELINE;
    return best;
}

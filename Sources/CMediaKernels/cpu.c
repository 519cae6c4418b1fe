#include "CMediaKernels.h"
#include <stdlib.h>
#include <string.h>

int fanpai_cpu_has_avx2(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi")
        && __builtin_cpu_supports("bmi2");
#else
    return 0;
#endif
}

int fanpai_cpu_level(void) {
    const char *asked = getenv("FANPAI_CPU");
    if (asked && !strcmp(asked, "baseline")) return FANPAI_CPU_BASELINE;
    return fanpai_cpu_has_avx2() ? FANPAI_CPU_AVX2 : FANPAI_CPU_BASELINE;
}

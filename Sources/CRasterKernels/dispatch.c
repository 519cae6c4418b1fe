#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "CRasterKernels.h"

extern const fp_kernels fp_kernels_baseline;
#if defined(__x86_64__)
extern const fp_kernels fp_kernels_avx2;
#endif

const fp_kernels *fp_kernels_named(const char *name) {
    if (strcmp(name, "baseline") == 0) return &fp_kernels_baseline;
#if defined(__x86_64__)
    if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2")) return &fp_kernels_avx2;
#endif
    return NULL;
}

const fp_kernels *fp_kernels_best(void) {
    static _Atomic(const fp_kernels *) chosen;
    const fp_kernels *kernels = atomic_load(&chosen);
    if (kernels) return kernels;
    const char *wish = getenv("FANPAI_CPU");
    if (wish) kernels = fp_kernels_named(wish);
    if (!kernels) kernels = fp_kernels_named("avx2");
    if (!kernels) kernels = &fp_kernels_baseline;
    atomic_store(&chosen, kernels);
    return kernels;
}

#include "CMediaKernels.h"
#include <malloc.h>

void fanpai_return_large_blocks(void) {
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

void fanpai_return_free_pages(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

#define FP_NAME(name) name##_baseline
#define FP_LABEL "baseline"
#include "kernels.h"

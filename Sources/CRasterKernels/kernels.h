// The bodies of all kernels, compiled once for each kind of processor. No include guard: the includer sets FP_NAME,
// FP_LABEL and perhaps FP_AVX2.
#include <math.h>
#include <string.h>

#include "CRasterKernels.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

#include "vectors.h"

#include "mix.h"
#include "blend.h"
#include "cover.h"
#include "sample.h"
#include "level.h"

#include "draw.h"
#include "paint.h"
#include "filter.h"

const fp_kernels FP_NAME(fp_kernels) = {
    .name = FP_LABEL,
    .draw = draw,
    .solid = solid,
    .gradient = gradient,
    .mask = mask_row,
    .accumulate = accumulate,
    .mean = mean,
    .box_rows = box_rows,
    .box_columns = box_columns,
    .kernel_rows = kernel_rows,
    .kernel_columns = kernel_columns,
    .widen = widen,
    .narrow = narrow,
    .resample = resample,
    .extremes = extremes,
};

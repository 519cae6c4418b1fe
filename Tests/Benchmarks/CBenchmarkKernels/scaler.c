#include "CBenchmarkKernels.h"
#include <libswscale/swscale.h>

struct fanpai_bench_scaler {
    struct SwsContext *context;
    int height;
};

fanpai_bench_scaler *fanpai_bench_scaler_make(int width, int height) {
    struct SwsContext *context = sws_getContext(width, height, AV_PIX_FMT_BGRA, width, height, AV_PIX_FMT_YUV420P,
                                                SWS_BICUBIC, NULL, NULL, NULL);
    if (!context) return NULL;
    const int *matrix = sws_getCoefficients(SWS_CS_ITU709);
    sws_setColorspaceDetails(context, matrix, 1, matrix, 0, 0, 1 << 16, 1 << 16);
    fanpai_bench_scaler *scaler = av_malloc(sizeof *scaler);
    if (!scaler) {
        sws_freeContext(context);
        return NULL;
    }
    scaler->context = context;
    scaler->height = height;
    return scaler;
}

void fanpai_bench_scaler_free(fanpai_bench_scaler *scaler) {
    sws_freeContext(scaler->context);
    av_free(scaler);
}

void fanpai_bench_scaler_run(fanpai_bench_scaler *scaler, const uint8_t *bgra, int stride, uint8_t *y, int y_stride,
                             uint8_t *u, int u_stride, uint8_t *v, int v_stride) {
    const uint8_t *const source[4] = {bgra};
    const int sources[4] = {stride};
    uint8_t *const target[4] = {y, u, v};
    const int targets[4] = {y_stride, u_stride, v_stride};
    sws_scale(scaler->context, source, sources, 0, scaler->height, target, targets);
}

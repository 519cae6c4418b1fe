#include "CBenchmarkKernels.h"
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
#include <string.h>

struct fanpai_bench_encoder {
    AVCodecContext *context;
    struct SwsContext *scaler;
    AVFrame *frame;
    AVPacket *packet;
    int64_t count;
};

void fanpai_bench_encoder_free(fanpai_bench_encoder *encoder) {
    if (!encoder) return;
    avcodec_free_context(&encoder->context);
    av_frame_free(&encoder->frame);
    av_packet_free(&encoder->packet);
    sws_freeContext(encoder->scaler);
    av_free(encoder);
}

fanpai_bench_encoder *fanpai_bench_encoder_make(const char *name, const char *format, int width, int height) {
    const AVCodec *codec = avcodec_find_encoder_by_name(name);
    fanpai_bench_encoder *encoder = av_mallocz(sizeof *encoder);
    if (!encoder) return NULL;
    encoder->context = codec ? avcodec_alloc_context3(codec) : NULL;
    encoder->frame = av_frame_alloc();
    encoder->packet = av_packet_alloc();
    enum AVPixelFormat pixels = av_get_pix_fmt(format);
    if (encoder->context && encoder->frame && encoder->packet && pixels != AV_PIX_FMT_NONE) {
        AVCodecContext *context = encoder->context;
        context->width = width;
        context->height = height;
        context->pix_fmt = pixels;
        context->time_base = (AVRational){1, 30};
        context->thread_count = 1;
        if (!strcmp(name, "prores_ks")) av_opt_set(context->priv_data, "profile", "4444", 0);
        encoder->frame->width = width;
        encoder->frame->height = height;
        encoder->frame->format = pixels;
        encoder->scaler =
            sws_getContext(width, height, AV_PIX_FMT_RGBA, width, height, pixels, SWS_POINT, NULL, NULL, NULL);
        if (encoder->scaler && avcodec_open2(context, codec, NULL) == 0 && av_frame_get_buffer(encoder->frame, 0) == 0)
            return encoder;
    }
    fanpai_bench_encoder_free(encoder);
    return NULL;
}

int fanpai_bench_encoder_take(fanpai_bench_encoder *encoder, const uint8_t *rgba, int stride) {
    if (av_frame_make_writable(encoder->frame) < 0) return -1;
    const uint8_t *const source[4] = {rgba};
    const int sources[4] = {stride};
    sws_scale(encoder->scaler, source, sources, 0, encoder->frame->height, encoder->frame->data,
              encoder->frame->linesize);
    encoder->frame->pts = encoder->count++;
    return 0;
}

int64_t fanpai_bench_encoder_run(fanpai_bench_encoder *encoder) {
    if (avcodec_send_frame(encoder->context, encoder->frame) < 0) return -1;
    int64_t bytes = 0;
    while (avcodec_receive_packet(encoder->context, encoder->packet) == 0) {
        bytes += encoder->packet->size;
        av_packet_unref(encoder->packet);
    }
    return bytes;
}

#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

// Macros that Swift cannot see.
static inline int fanpai_error_again(void) { return AVERROR(EAGAIN); }
static inline int fanpai_error_end(void) { return AVERROR_EOF; }
static inline int fanpai_error_memory(void) { return AVERROR(ENOMEM); }
static inline int64_t fanpai_no_pts(void) { return AV_NOPTS_VALUE; }
static inline AVRational fanpai_microseconds(void) { return (AVRational){1, AV_TIME_BASE}; }

// Versions, to name them where bytes depend on them.
static inline const char *fanpai_ffmpeg_version(void) { return av_version_info(); }

/// A write callback as it was until FFmpeg 6; since 7 the bytes are const.
typedef int (*fanpai_write_callback)(void *opaque, uint8_t *bytes, int count);

static inline AVIOContext *fanpai_io_writer(void *opaque, int buffer_size, fanpai_write_callback callback) {
    unsigned char *buffer = (unsigned char *)av_malloc((size_t)buffer_size);
    if (!buffer) return NULL;
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    AVIOContext *context =
        avio_alloc_context(buffer, buffer_size, 1, opaque, NULL, (int (*)(void *, const uint8_t *, int))callback, NULL);
#else
    AVIOContext *context = avio_alloc_context(buffer, buffer_size, 1, opaque, NULL, callback, NULL);
#endif
    if (!context) av_free(buffer);
    else context->seekable = 0;
    return context;
}

/// A callback that goes to a place in a file: AVSEEK_SIZE and the places of fseek.
typedef int64_t (*fanpai_seek_callback)(void *opaque, int64_t offset, int whence);

/// A context for a file that may be written out of order.
static inline AVIOContext *fanpai_io_file(void *opaque, int buffer_size, fanpai_write_callback write, fanpai_seek_callback seek) {
    AVIOContext *context = fanpai_io_writer(opaque, buffer_size, write);
    if (!context) return NULL;
    context->seek = seek;
    context->seekable = AVIO_SEEKABLE_NORMAL;
    return context;
}

static inline void fanpai_io_free(AVIOContext *context) {
    if (!context) return;
    av_freep(&context->buffer);
    avio_context_free(&context);
}

/// Planes of a frame, without the tuple that Swift makes of a C array.
static inline uint8_t *fanpai_frame_plane(const AVFrame *frame, int plane) { return frame->data[plane]; }
static inline int fanpai_frame_stride(const AVFrame *frame, int plane) { return frame->linesize[plane]; }
static inline void fanpai_frame_set_plane(AVFrame *frame, int plane, uint8_t *data, int stride) {
    frame->data[plane] = data;
    frame->linesize[plane] = stride;
}

static inline void fanpai_buffer_keep(void *opaque, uint8_t *data) { (void)opaque; (void)data; }
/// Makes the frame refer to memory that somebody else owns and that outlives it. 0 or an error.
static inline int fanpai_frame_borrow(AVFrame *frame, uint8_t *data, size_t count) {
    frame->buf[0] = av_buffer_create(data, count, fanpai_buffer_keep, NULL, 0);
    return frame->buf[0] ? 0 : AVERROR(ENOMEM);
}
/// True when nobody but the frame itself holds its memory.
static inline int fanpai_frame_is_alone(AVFrame *frame) {
    return frame->buf[0] == NULL || av_buffer_get_ref_count(frame->buf[0]) == 1;
}

static inline int fanpai_stream_count(const AVFormatContext *format) { return (int)format->nb_streams; }
static inline AVStream *fanpai_stream(const AVFormatContext *format, int index) { return format->streams[index]; }
static inline int fanpai_channels(const AVCodecParameters *parameters) {
#if LIBAVCODEC_VERSION_MAJOR >= 59
    return parameters->ch_layout.nb_channels;
#else
    return parameters->channels;
#endif
}

/// Sets the log callback by its address: Swift sees two different types for a va_list in C of ours and of FFmpeg's.
static inline void fanpai_set_log(void *callback) {
    av_log_set_callback((void (*)(void *, int, const char *, va_list))callback);
}

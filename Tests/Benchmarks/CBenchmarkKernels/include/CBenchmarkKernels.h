#ifndef CBENCHMARKKERNELS_H
#define CBENCHMARKKERNELS_H
#include <stdint.h>

/// Blocks of memory that the calling thread has asked for since it began; a block that grew counts again.
uint64_t fanpai_bench_allocations(void);

/// Nanoseconds that the calling thread has run on a processor.
uint64_t fanpai_bench_thread_nanoseconds(void);

/// libswscale's conversion of one size from BGRA to yuv420p (BT.709, limited range), with the filter that ffmpeg picks.
typedef struct fanpai_bench_scaler fanpai_bench_scaler;
fanpai_bench_scaler *_Nullable fanpai_bench_scaler_make(int width, int height);
void fanpai_bench_scaler_free(fanpai_bench_scaler *_Nonnull scaler);
void fanpai_bench_scaler_run(fanpai_bench_scaler *_Nonnull scaler, const uint8_t *_Nonnull bgra, int stride,
                             uint8_t *_Nonnull y, int y_stride, uint8_t *_Nonnull u, int u_stride, uint8_t *_Nonnull v,
                             int v_stride);

/// One of libavcodec's encoders by name, on the calling thread, for straight RGBA that libswscale brings into its format.
typedef struct fanpai_bench_encoder fanpai_bench_encoder;
/// NULL when FFmpeg lacks it, or it does not open.
fanpai_bench_encoder *_Nullable fanpai_bench_encoder_make(const char *_Nonnull name, const char *_Nonnull format,
                                                          int width, int height);
void fanpai_bench_encoder_free(fanpai_bench_encoder *_Nullable encoder);
/// Converts the next picture; -1 when that fails.
int fanpai_bench_encoder_take(fanpai_bench_encoder *_Nonnull encoder, const uint8_t *_Nonnull rgba, int stride);
/// Encodes it and returns the bytes of its packets; -1 when that fails.
int64_t fanpai_bench_encoder_run(fanpai_bench_encoder *_Nonnull encoder);

/// The environment of this process, for its children.
char *_Nullable *_Nonnull fanpai_bench_environment(void);
#endif

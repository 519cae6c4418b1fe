#pragma once
#include <stddef.h>
#include <stdint.h>

/// Instruction sets that the kernels come in. All give the same bytes.
enum { FANPAI_CPU_BASELINE = 0, FANPAI_CPU_AVX2 = 1 };

/// The best instruction set of this machine, or the one that FANPAI_CPU=baseline|avx2 asks for if it is there.
int fanpai_cpu_level(void);

/// Whether this machine has AVX2, FMA and BMI, whatever FANPAI_CPU says.
int fanpai_cpu_has_avx2(void);

/// Planes of a 4:2:0 picture. Strides are multiples of 64, the memory is aligned to 64.
typedef struct {
    uint8_t *y, *u, *v;
    size_t y_stride, u_stride, v_stride;
} fanpai_yuv_planes;

/// Premultiplied BGRA (over black) to yuv420p, BT.709 limited, left-sited chroma, dithered by position.
/// Converts the columns x0..<x1 (x0 a multiple of 16; x1 too, or the width) and rows y0..<y1 (both even).
/// `bgra_stride` is a multiple of 64. Pixels of the source in x0-1..<x1 are read; padding columns up to a multiple of 16 may be
/// read and written.
void fanpai_bgra_to_yuv420(const uint8_t *bgra, size_t bgra_stride, fanpai_yuv_planes planes, int x0, int x1, int y0,
                           int y1, int level);

/// Premultiplied BGRA to straight BGRA, or to RGBA when `swap` is not 0. Exact: round(c * 255 / a), halves up; 0 where a is 0.
void fanpai_unpremultiply(const uint8_t *source, size_t source_stride, uint8_t *target, size_t target_stride, int width,
                          int height, int swap, int level);

/// Straight BGRA to premultiplied in place: round(c * a / 255).
void fanpai_premultiply(uint8_t *pixels, size_t stride, int width, int height);

/// The sum of squared differences of two planes.
uint64_t fanpai_squared_error(const uint8_t *a, size_t a_stride, const uint8_t *b, size_t b_stride, int width, int height);

/// The address of a log callback for libavutil: keeps the last line of level 16 (error) or worse of this thread.
void *fanpai_log_callback(void);
/// The line kept on this thread; empty when none. Valid until the next call on this thread.
const char *fanpai_log_last(void);
/// Forgets the line of this thread.
void fanpai_log_clear(void);

/// Blocks of a mebibyte or more go back to the system when they are freed, in this process from now on.
void fanpai_return_large_blocks(void);

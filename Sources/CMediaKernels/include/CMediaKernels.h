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

/// Lays premultiplied BGRA over a colour: opaque BGRA.
void fanpai_over_ground(const uint8_t *source, size_t stride, uint8_t *target, size_t target_stride, int width, int height,
                        uint8_t blue, uint8_t green, uint8_t red);

/// Splits straight BGRA into its colours and its alpha as grey, both opaque BGRA.
void fanpai_split_matte(const uint8_t *straight, size_t stride, uint8_t *fill, uint8_t *matte, size_t target_stride, int width,
                        int height);

/// The alpha of BGRA pixels.
void fanpai_alpha_plane(const uint8_t *pixels, size_t stride, uint8_t *target, size_t target_stride, int width, int height);

/// A part of a premultiplied BGRA picture to straight pixels, with the colours of edges carried on for eight clear pixels along
/// rows, then along columns; all other clear pixels are 0. Reads eight pixels around the part.
void fanpai_bleed(const uint8_t *source, size_t stride, int width, int height, int x0, int x1, int y0, int y1, uint8_t *target,
                  size_t target_stride, int level);

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
/// Gives pages inside of the heap that nobody uses back to the system.
void fanpai_return_free_pages(void);

/// Premultiplied BGRA that slices are taken from.
typedef struct {
    const uint8_t *bgra;
    size_t stride;
    int width, height;
} fanpai_prores_picture;

/// How ProRes slices are coded.
typedef struct {
    /// 1 to 224.
    int quantiser;
    /// What is added to a level before it is cut to a whole number: 0.5 rounds to the nearest.
    float rounding;
} fanpai_prores_coder;

enum { FANPAI_PRORES_SLICE_BYTES = 98304 };

/// The matrix of ProRes 4444, row by row.
extern const uint8_t fanpai_prores_matrix[64];
/// Places in a block (row * 8 + column) in the order of the progressive scan.
extern const uint8_t fanpai_prores_scan[64];

/// What a transformed coefficient is multiplied by, in the order of the scan.
void fanpai_prores_scales(int quantiser, float *scales);

/// Codes a slice of `mbs` (1, 2, 4 or 8) macroblocks from (mb_x, mb_y) on, as straight 4:4:4 with 16-bit alpha, into
/// FANPAI_PRORES_SLICE_BYTES bytes. Depends on no pixel farther than 8 from the slice. Returns its size, or 0 when no quantiser makes it fit.
size_t fanpai_prores_slice(const fanpai_prores_coder *coder, const fanpai_prores_picture *picture, int mb_x, int mb_y, int mbs,
                           uint8_t *out, int level);

/// A half-transparent pixel shows its colour where brightness (premultiplied, to 255) times what is clear (to 255) is at least this.
enum { FANPAI_SHOWN = 16 * 255 };

/// How far decoded pictures were from drawn ones over black, white and green, in 1/255.
typedef struct {
    double squared[3];
    float worst[3];
    /// Of alpha itself.
    int worst_alpha;
    /// Channels that were compared over each ground.
    uint64_t samples;
    /// Squares of brightness alone, which knows nothing of the chroma that 4:2:0 leaves out; only what has less chroma than pixels
    /// counts them. First of all pixels that are seen at all; then of those that are neither clear nor opaque, over black only where
    /// their colour shows (FANPAI_SHOWN).
    double bright[3], soft[3];
    uint64_t bright_samples, soft_samples[3];
} fanpai_composite_errors;

/// Straight Y' Cb Cr A of 12 bits in 16, BT.709 limited, strides in bytes.
typedef struct {
    const uint8_t *planes[4];
    size_t strides[4];
} fanpai_yuva12;

/// Adds the errors of a part of a picture: columns x0..<x1, rows y0..<y1 of both. `drawn` is premultiplied BGRA.
void fanpai_compare_yuva12(const fanpai_yuva12 *picture, const uint8_t *drawn, size_t stride, int x0, int x1, int y0, int y1,
                           fanpai_composite_errors *errors);

/// Straight Y' Cb Cr A of 8 bits with 4:2:0, BT.709 limited, chroma on the left; both sides even.
typedef struct {
    const uint8_t *planes[4];
    size_t strides[4];
    int width, height;
} fanpai_yuva420;

/// Adds the errors of a whole picture; chroma is interpolated as players do.
void fanpai_compare_yuva420(const fanpai_yuva420 *picture, const uint8_t *drawn, size_t stride, fanpai_composite_errors *errors);

enum { FANPAI_MATTE_BLOCK = 16 };

/// A decoded 4:2:0 picture, BT.709 limited, chroma on the left, of which one half holds straight colours and the other one alpha as
/// grey; both sides of a half are even.
typedef struct {
    /// Luma of either half.
    const uint8_t *fill, *matte;
    size_t stride;
    /// Chroma of the first half.
    const uint8_t *chroma[2];
    size_t chroma_stride;
    /// Of a half.
    int width, height;
} fanpai_matte;

/// Marks the blocks of `side` x `side` in which two planes differ, row by row, `columns` in a row.
void fanpai_mark_blocks(const uint8_t *a, size_t a_stride, const uint8_t *b, size_t b_stride, int width, int height, int side,
                        int columns, uint8_t *marks);

/// Sums of a part of a picture, as in fanpai_composite_errors, but squares are in 1/256.
typedef struct {
    uint64_t squared[3], bright[3], soft[3], samples, bright_samples, soft_samples[3];
} fanpai_matte_sums;

/// Adds the errors of the marked blocks, each of FANPAI_MATTE_BLOCK pixels across and down. `blocks` keeps the sums of each block and
/// `total` those of the whole picture, marked or not.
void fanpai_compare_matte(const fanpai_matte *picture, const uint8_t *drawn, size_t stride, const uint8_t *marks,
                          fanpai_matte_sums *blocks, fanpai_matte_sums *total, fanpai_composite_errors *errors, int level);

/// Adds the errors of a part of straight pixels of four bytes: ARGB when `alpha_first`, BGRA when `blue_first`, else RGBA.
void fanpai_compare_packed(const uint8_t *pixels, size_t pixels_stride, int alpha_first, int blue_first, const uint8_t *drawn,
                           size_t stride, int x0, int x1, int y0, int y1, fanpai_composite_errors *errors);

/// Writes a line of QuickTime Animation: pixels as they lie in memory (ARGB), of which only the columns x0..<x1 may differ from
/// what is shown; all of them when the line is the first to be shown. `shown` becomes the line. `out` has room for 5 * width + 8
/// bytes, `scratch` for fanpai_animation_scratch(width), aligned to 8. Returns the bytes written: 2 when nothing differs.
size_t fanpai_animation_line(const uint32_t *pixels, uint32_t *shown, int is_first, int x0, int x1, int width, void *scratch,
                             uint8_t *out);
size_t fanpai_animation_scratch(int width);

/// A part of a GIF's picture: premultiplied BGRA that is to be shown, and what is shown before it, NULL for nothing. Inside of
/// the cleared rectangle nothing is shown.
typedef struct {
    const uint8_t *now, *before;
    size_t stride;
    int x0, x1, y0, y1;
    int cleared_x0, cleared_x1, cleared_y0, cleared_y1;
    /// Straight BGRA of what a reader shows, clear at first; every part is added to it. Its rows are as long as those above.
    uint8_t *shown;
} fanpai_gif_part;

/// Bytes that a picture of a size takes at most.
size_t fanpai_gif_bound(int width, int height);

/// Writes descriptor, palette and data of a part; index 0 is transparent. Pixels of alpha 128 and more are opaque, all others clear;
/// up to 255 colours are exact, `is_exact` says whether they are. Returns the bytes written.
size_t fanpai_gif_image(const fanpai_gif_part *part, uint8_t *out, int *is_exact);

/// How far what a GIF shows (straight BGRA, alpha 0 or 255) is from what it can show of drawn premultiplied BGRA.
typedef struct {
    /// Pixels that are seen and should not be, or the other way round.
    uint64_t coverage;
    /// Pixels that are seen in both, and the sum of the squared errors of their channels.
    uint64_t seen, squared;
} fanpai_gif_errors;

fanpai_gif_errors fanpai_gif_compare(const uint8_t *drawn, size_t drawn_stride, const uint8_t *shown, size_t shown_stride,
                                     int width, int height);

/// Pixels that a decoder shows differently; the colour of clear ones is nobody's business.
uint64_t fanpai_gif_differences(const uint8_t *shown, size_t shown_stride, const uint8_t *decoded, size_t decoded_stride,
                                int width, int height);

/// The smallest parts (left, right, top, bottom, the second ones exclusive; all 0 for none) in which pixels differ, and in which
/// pixels of alpha 128 or more become fewer.
void fanpai_changes(const uint8_t *now, const uint8_t *before, size_t stride, int x0, int x1, int y0, int y1, int changed[4],
                    int gone[4]);

/// Orders of the bytes of a pixel in memory.
enum { FANPAI_BGRA, FANPAI_RGBA, FANPAI_ARGB };

/// A part of a premultiplied BGRA picture to straight pixels, exactly; clear pixels beside seen ones get their colour, all others 0.
/// Reads one pixel around the part.
void fanpai_straighten(const uint8_t *source, size_t stride, int width, int height, int x0, int x1, int y0, int y1,
                       uint8_t *target, size_t target_stride, int order, int level);

/// Takes the file name of a program or library in memory (empty for the program) and its build id, if it has one.
typedef void (*fanpai_image_callback)(void *context, const char *name, const uint8_t *build_id, int length);

/// Calls for the program and every library that this process has loaded; pointers are lent for the call.
void fanpai_for_each_image(fanpai_image_callback call, void *context);

/// The data of PNG pictures of straight RGBA, 8 bits a channel, in bands of rows. A band depends on its own rows and on the 32 KiB
/// of rows before it, and on nothing else.
typedef struct fanpai_png fanpai_png;

/// What is known of a run of data: the sum of the rows in it and that of itself, the bytes of the rows, and its own.
typedef struct {
    uint32_t adler, crc;
    size_t count, size;
} fanpai_png_sums;

/// A picture that is 0 everywhere. NULL when there is no memory.
fanpai_png *fanpai_png_make(int width, int height);
void fanpai_png_free(fanpai_png *png);

/// Takes over the columns x0..<x1 and rows y0..<y1 of a picture, and notes which rows became others.
void fanpai_png_take(fanpai_png *png, const uint8_t *rgba, ptrdiff_t stride, int x0, int x1, int y0, int y1);

/// Whether a band of `rows` rows from `first` on depends on a row that became another one since all were settled.
int fanpai_png_is_stale(const fanpai_png *png, int first, int rows);
void fanpai_png_settle(fanpai_png *png);

/// The most bytes that a band takes.
size_t fanpai_png_bound(const fanpai_png *png, int rows);

/// Writes the data of `rows` rows from `first` on; the first band begins zlib's stream, the one that reaches the last row ends its
/// data, without the sum. Returns its bytes, 0 when there is no memory.
size_t fanpai_png_band(fanpai_png *png, int first, int rows, uint8_t *target, fanpai_png_sums *sums);

/// Sums of some bytes that no rows are in, and of one run behind another.
fanpai_png_sums fanpai_png_start(const uint8_t *bytes, size_t size);
void fanpai_png_add(fanpai_png_sums *first, const fanpai_png_sums *second);

/// Writes a chunk and returns its size, 12 more than the data.
size_t fanpai_png_chunk(const char *type, const uint8_t *data, size_t count, uint8_t *target);

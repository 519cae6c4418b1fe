#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Pixels are premultiplied BGRA, 8 bits a channel: as little-endian words 0xAARRGGBB. Every kernel computes a pixel from
// its place and its inputs alone, never from the rectangle that is asked for, and in the same integers and IEEE
// operations on every kind of processor: results are equal to the byte.

/// A picture in memory.
typedef struct {
    uint8_t *bytes;
    ptrdiff_t stride; // bytes
    int32_t width, height;
} fp_surface;

/// Half open.
typedef struct {
    int32_t x0, y0, x1, y1;
} fp_rect;

enum { FP_WHOLE = 0, FP_SHIFT = 1, FP_WARP = 2 };
enum { FP_MAX_CORNERS = 12 };

/// A texture placed on a target, in the target's pixels.
typedef struct {
    fp_surface texture;
    int32_t kind;
    int32_t opaque; // whether all texels are
    // FP_WHOLE and FP_SHIFT: the place of the texture's upper left corner, and 1/256 px beyond it.
    int32_t x, y, fraction_x, fraction_y;
    // FP_WARP: (column - origin_x, row - origin_y) to texel coordinates times w; the visible polygon.
    float inverse[9];
    int32_t origin_x, origin_y;
    int32_t minified_across, minified_down; // whether a pixel one across or down can need more than one tap
    int32_t level; // whether a row of pixels lies on rows of texels, and what is below a pixel is not beside it
    int32_t corner_count;
    double corner_x[FP_MAX_CORNERS], corner_y[FP_MAX_CORNERS];
    // All pixels that can be touched, inside the target.
    fp_rect bounds;
    uint8_t opacity, multiply, add, blend;
    // A rectangle with round corners that cuts.
    int32_t clipped;
    float clip_x0, clip_y0, clip_x1, clip_y1, clip_radius;
} fp_layer;

/// Rows of working memory; each holds at least the target's width and 64 more.
typedef struct {
    uint32_t *pixels;
    uint8_t *cover;
    float *sums; // all zero between calls
    uint16_t *texels; // eight times as many
} fp_scratch;

/// A transition of colours over the plane.
typedef struct {
    int32_t radial;
    // linear: t = ax x + ay y + ac; radial: t = |(ax x + ac, ay y + bc)|
    float ax, ay, ac, bc;
    int32_t count;
    const float *positions; // ascending, 0...1
    const float *colors;    // blue, green, red, alpha of each stop; premultiplied, 0...255
} fp_gradient;

/// How one side of a picture is resampled: output i takes weights[i * taps ...] from samples first[i] ....
typedef struct {
    int32_t taps;
    const int32_t *first;
    const float *weights;
    const float *cover; // share of output i inside the picture, 0...1
} fp_axis;

/// One set of kernels for one kind of processor.
typedef struct {
    const char *name;
    /// Draws a layer inside `cut` (which must lie inside the target).
    void (*draw)(const fp_layer *layer, const fp_surface *target, fp_rect cut, const fp_scratch *scratch);
    /// Paints a colour (premultiplied word) through `mask` over a row.
    void (*solid)(uint32_t *row, const uint8_t *mask, int32_t count, uint32_t color);
    /// Paints a gradient through `mask` over a row; the first pixel is at (x, y) of the dither pattern and the gradient.
    void (*gradient)(uint32_t *row, const uint8_t *mask, int32_t count, int32_t x, int32_t y, const fp_gradient *gradient);
    /// Multiplies a row by a channel of a mask's row: kind 0 alpha, 1 luminance, 2 inverted alpha.
    void (*mask)(uint32_t *row, const uint32_t *mask, int32_t count, int32_t kind);
    /// Adds a row times `weight` to sums of four channels.
    void (*accumulate)(uint32_t *sums, const uint32_t *row, int32_t count, uint32_t weight);
    /// Writes the rounded sums / 65536.
    void (*mean)(uint32_t *row, const uint32_t *sums, int32_t count);
    /// Box filter of 2 radius + 1 + 2 edge samples over rows of four 16-bit channels; source and target differ.
    void (*box_rows)(const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, float edge);
    /// The same down the columns; `sums` holds 4 width words.
    void (*box_columns)(
        const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, float edge,
        int32_t *sums);
    /// Symmetric kernel weights[0...radius] along rows; `line` holds 4 (width + 2 radius) + 4 width floats.
    void (*kernel_rows)(
        const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, const float *weights,
        float *line);
    /// The same down the columns; `line` holds 4 width floats.
    void (*kernel_columns)(
        const uint16_t *source, uint16_t *target, int32_t width, int32_t height, int32_t radius, const float *weights,
        float *line);
    /// 8 bits to 16 (times 256) and back, dithered by position.
    void (*widen)(uint16_t *target, const uint32_t *row, int32_t count);
    void (*narrow)(uint32_t *row, const uint16_t *source, int32_t count, int32_t x, int32_t y);
    /// Scales a picture over `target`; `line` holds 4 source widths of floats.
    void (*resample)(
        const fp_surface *source, const fp_surface *target, const fp_axis *across, const fp_axis *down, float *line);
    /// The AND and the OR of all words of a row.
    void (*extremes)(const uint32_t *row, int32_t count, uint32_t *all, uint32_t *any);
} fp_kernels;

/// The kernels by name ("baseline" or "avx2"), or NULL when this processor cannot run them.
const fp_kernels *fp_kernels_named(const char *name);
/// The fastest kernels that this processor can run, or those that FANPAI_CPU names; chosen once.
const fp_kernels *fp_kernels_best(void);

/// Sets inverse, polygon, minification and bounds of a warped layer from `matrix` (texel coordinates to target pixels, row by
/// row; the third row may make perspective). False when nothing of it is inside the target.
bool fp_place(fp_layer *layer, const double matrix[9], int32_t target_width, int32_t target_height);

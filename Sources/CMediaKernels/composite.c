#include <math.h>
#include <string.h>

#include "CMediaKernels.h"

// How far a decoded straight picture is from a drawn premultiplied one when both lie over black, white and green. The
// difference of a channel is s a - p + ground (drawn alpha - decoded alpha), in 1/255.

enum { CHUNK = 256 };

/// Straight channels in 1/255 and alpha in 0 to 1, for one chunk of a row.
typedef struct {
    float red[CHUNK], green[CHUNK], blue[CHUNK], alpha[CHUNK];
} chunk;

static void compare(const chunk *c, const uint8_t *drawn, int count, fanpai_composite_errors *errors) {
    static const float grounds[3][3] = {{0, 0, 0}, {255, 255, 255}, {0, 255, 0}};  // black, white, green; blue first
    for (int x = 0; x < count; x++) {
        float alpha = (float)drawn[4 * x + 3] * (1.0f / 255), missing = alpha - c->alpha[x];
        const float straight[3] = {c->blue[x], c->green[x], c->red[x]};
        int worst_alpha = (int)lrintf(fabsf(missing) * 255);
        if (worst_alpha > errors->worst_alpha) errors->worst_alpha = worst_alpha;
        for (int channel = 0; channel < 3; channel++) {
            float over_black = straight[channel] * c->alpha[x] - (float)drawn[4 * x + channel];
            for (int ground = 0; ground < 3; ground++) {
                float error = over_black + grounds[ground][channel] * missing;
                errors->squared[ground] += (double)(error * error);
                error = fabsf(error);
                if (error > errors->worst[ground]) errors->worst[ground] = error;
            }
        }
    }
    errors->samples += (uint64_t)count * 3;
}

/// Errors of brightness where something is seen.
static void compare_brightness(const chunk *c, const float *luma, const uint8_t *drawn, int count, fanpai_composite_errors *errors) {
    for (int x = 0; x < count; x++) {
        float alpha = drawn[4 * x + 3], missing = alpha - 255 * c->alpha[x];
        if (alpha == 0) continue;
        float drawn_grey = 0.0722f * (float)drawn[4 * x] + 0.7152f * (float)drawn[4 * x + 1] + 0.2126f * (float)drawn[4 * x + 2];
        float black = luma[x] * c->alpha[x] - drawn_grey, white = black + missing, green = black + 0.7152f * missing;
        const double squares[3] = {(double)(black * black), (double)(white * white), (double)(green * green)};
        for (int ground = 0; ground < 3; ground++) errors->bright[ground] += squares[ground];
        errors->bright_samples++;
        if (alpha == 255) continue;
        for (int ground = 0; ground < 3; ground++) {
            if (ground == 0 && drawn_grey * (255 - alpha) < FANPAI_SHOWN) continue;
            errors->soft[ground] += squares[ground];
            errors->soft_samples[ground]++;
        }
    }
}

static float clipped(float v) { return v < 0 ? 0 : v > 255 ? 255 : v; }

void fanpai_compare_yuva12(const fanpai_yuva12 *picture, const uint8_t *drawn, size_t stride, int x0, int x1, int y0, int y1,
                           fanpai_composite_errors *errors) {
    chunk c;
    for (int y = y0; y < y1; y++) {
        const uint16_t *planes[4];
        for (int p = 0; p < 4; p++) planes[p] = (const uint16_t *)(picture->planes[p] + (size_t)y * picture->strides[p]);
        for (int x = x0; x < x1; x += CHUNK) {
            int count = x1 - x < CHUNK ? x1 - x : CHUNK;
            for (int i = 0; i < count; i++) {
                float luma = ((float)planes[0][x + i] - 256) * (255.0f / 3504);
                float cb = ((float)planes[1][x + i] - 2048) * (255.0f / 3584), cr = ((float)planes[2][x + i] - 2048) * (255.0f / 3584);
                float blue = luma + 1.8556f * cb, red = luma + 1.5748f * cr;
                c.blue[i] = clipped(blue);
                c.red[i] = clipped(red);
                c.green[i] = clipped((luma - 0.2126f * red - 0.0722f * blue) * (1 / 0.7152f));
                // 8-bit alpha widened by a * 257 comes back in the upper eight of twelve bits.
                c.alpha[i] = (float)(planes[3][x + i] >> 4) * (1.0f / 255);
            }
            compare(&c, drawn + (size_t)y * stride + 4 * (size_t)x, count, errors);
        }
    }
}

/// Chroma at a pixel: on the left pixel of two, between two rows.
static inline float chroma_at(const uint8_t *near, const uint8_t *far, int x, int last) {
    int here = x / 2, next = x & 1 ? (here < last ? here + 1 : last) : here;
    return (3.0f * (near[here] + near[next]) + (far[here] + far[next])) * 0.125f - 128;
}

void fanpai_compare_yuva420(const fanpai_yuva420 *picture, const uint8_t *drawn, size_t stride, fanpai_composite_errors *errors) {
    chunk c;
    int last = picture->width / 2 - 1, last_row = picture->height / 2 - 1;
    for (int y = 0; y < picture->height; y++) {
        int row = y / 2, other = y & 1 ? row + 1 : row - 1;
        other = other < 0 ? 0 : other > last_row ? last_row : other;
        const uint8_t *luma = picture->planes[0] + (size_t)y * picture->strides[0];
        const uint8_t *alpha = picture->planes[3] + (size_t)y * picture->strides[3];
        const uint8_t *u = picture->planes[1] + (size_t)row * picture->strides[1], *u2 = picture->planes[1] + (size_t)other * picture->strides[1];
        const uint8_t *v = picture->planes[2] + (size_t)row * picture->strides[2], *v2 = picture->planes[2] + (size_t)other * picture->strides[2];
        for (int x = 0; x < picture->width; x += CHUNK) {
            int count = picture->width - x < CHUNK ? picture->width - x : CHUNK;
            float bright[CHUNK];
            for (int i = 0; i < count; i++) {
                float grey = ((float)luma[x + i] - 16) * (255.0f / 219);
                float cb = chroma_at(u, u2, x + i, last) * (255.0f / 224), cr = chroma_at(v, v2, x + i, last) * (255.0f / 224);
                float blue = grey + 1.8556f * cb, red = grey + 1.5748f * cr;
                c.blue[i] = clipped(blue);
                c.red[i] = clipped(red);
                c.green[i] = clipped((grey - 0.2126f * red - 0.0722f * blue) * (1 / 0.7152f));
                c.alpha[i] = (float)alpha[x + i] * (1.0f / 255);
                bright[i] = clipped(grey);
            }
            compare_brightness(&c, bright, drawn + (size_t)y * stride + 4 * (size_t)x, count, errors);
            compare(&c, drawn + (size_t)y * stride + 4 * (size_t)x, count, errors);
        }
    }
}

void fanpai_compare_packed(const uint8_t *pixels, size_t pixels_stride, int alpha_first, int blue_first, const uint8_t *drawn,
                           size_t stride, int x0, int x1, int y0, int y1, fanpai_composite_errors *errors) {
    int first = alpha_first ? 1 : 0, red = first + (blue_first ? 2 : 0), blue = first + (blue_first ? 0 : 2);
    int alpha = alpha_first ? 0 : 3;
    chunk c;
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x += CHUNK) {
            int count = x1 - x < CHUNK ? x1 - x : CHUNK;
            const uint8_t *in = pixels + (size_t)y * pixels_stride + 4 * (size_t)x;
            for (int i = 0; i < count; i++) {
                c.red[i] = in[4 * i + red];
                c.green[i] = in[4 * i + first + 1];
                c.blue[i] = in[4 * i + blue];
                c.alpha[i] = (float)in[4 * i + alpha] * (1.0f / 255);
            }
            compare(&c, drawn + (size_t)y * stride + 4 * (size_t)x, count, errors);
        }
    }
}

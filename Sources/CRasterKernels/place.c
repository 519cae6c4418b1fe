#include <math.h>

#include "CRasterKernels.h"

#pragma STDC FP_CONTRACT OFF

typedef struct {
    double x, y, w;
} corner;

/// Keeps the part of a convex polygon where a x + b y + c w is at least `limit`.
static int cut(const corner *in, int count, corner *out, double a, double b, double c, double limit) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
        corner p = in[i], q = in[(i + 1) % count];
        double dp = a * p.x + b * p.y + c * p.w - limit;
        double dq = a * q.x + b * q.y + c * q.w - limit;
        if (dp >= 0 && kept < FP_MAX_CORNERS) out[kept++] = p;
        if ((dp >= 0) != (dq >= 0) && kept < FP_MAX_CORNERS) {
            double t = dp / (dp - dq);
            out[kept++] = (corner){p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t, p.w + (q.w - p.w) * t};
        }
    }
    return kept;
}

/// The texel steps for a pixel step across and for one down, at a point of the target, and how far the latter leads aside.
static void stretch(const double h[9], double x, double y, double *across, double *down, double *aside) {
    double w = h[6] * x + h[7] * y + h[8];
    double u = (h[0] * x + h[1] * y + h[2]) / w, v = (h[3] * x + h[4] * y + h[5]) / w;
    double ux = (h[0] - u * h[6]) / w, vx = (h[3] - v * h[6]) / w;
    double uy = (h[1] - u * h[7]) / w, vy = (h[4] - v * h[7]) / w;
    *across = fmax(*across, sqrt(ux * ux + vx * vx));
    *down = fmax(*down, sqrt(uy * uy + vy * vy));
    *aside = fmax(*aside, fabs(uy));
}

bool fp_place(fp_layer *layer, const double m[9], int32_t target_width, int32_t target_height) {
    layer->kind = FP_WARP;
    double width = layer->texture.width, height = layer->texture.height;
    double texels[4][2] = {{0, 0}, {width, 0}, {width, height}, {0, height}};
    corner a[FP_MAX_CORNERS], b[FP_MAX_CORNERS];
    for (int i = 0; i < 4; i++) {
        double x = texels[i][0], y = texels[i][1];
        a[i] = (corner){
            m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5], m[6] * x + m[7] * y + m[8]};
        if (!isfinite(a[i].x) || !isfinite(a[i].y) || !isfinite(a[i].w)) return false;
    }
    // What lies behind the eye, or so close to its plane that it would be magnified without bound, is cut off.
    int count = cut(a, 4, b, 0, 0, 1, 1.0 / 1024);
    for (int i = 0; i < count; i++) b[i] = (corner){b[i].x / b[i].w, b[i].y / b[i].w, 1};
    count = cut(b, count, a, 1, 0, 0, -1);
    count = cut(a, count, b, -1, 0, 0, -(target_width + 1.0));
    count = cut(b, count, a, 0, 1, 0, -1);
    count = cut(a, count, b, 0, -1, 0, -(target_height + 1.0));
    if (count < 3) return false;

    double sum_x = 0, sum_y = 0;
    double left = b[0].x, right = b[0].x, top = b[0].y, bottom = b[0].y;
    for (int i = 0; i < count; i++) {
        layer->corner_x[i] = b[i].x;
        layer->corner_y[i] = b[i].y;
        sum_x += b[i].x;
        sum_y += b[i].y;
        left = fmin(left, b[i].x);
        right = fmax(right, b[i].x);
        top = fmin(top, b[i].y);
        bottom = fmax(bottom, b[i].y);
    }
    layer->corner_count = count;
    layer->bounds = (fp_rect){
        (int32_t)fmax(0, floor(left)), (int32_t)fmax(0, floor(top)), (int32_t)fmin(target_width, ceil(right)),
        (int32_t)fmin(target_height, ceil(bottom))};
    if (layer->bounds.x0 >= layer->bounds.x1 || layer->bounds.y0 >= layer->bounds.y1) return false;

    double h[9] = {
        m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
        m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
        m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
    double determinant = m[0] * h[0] + m[1] * h[3] + m[2] * h[6];
    if (!(fabs(determinant) > 1e-12)) return false;
    double across = 0, down = 0, aside = 0;
    for (int i = 0; i < count; i++) stretch(h, b[i].x, b[i].y, &across, &down, &aside);
    layer->minified_across = across > 1.24;
    layer->minified_down = down > 1.24;
    layer->level = h[3] == 0 && h[6] == 0 && !layer->minified_across && aside <= 1;

    // Pixel centres, counted from the middle of what is visible: small numbers keep single precision exact enough.
    layer->origin_x = (int32_t)floor(sum_x / count);
    layer->origin_y = (int32_t)floor(sum_y / count);
    double cx = layer->origin_x + 0.5, cy = layer->origin_y + 0.5;
    double scale = 1 / (h[6] * cx + h[7] * cy + h[8]);
    if (!isfinite(scale)) return false;
    for (int row = 0; row < 3; row++) {
        double constant = h[row * 3] * cx + h[row * 3 + 1] * cy + h[row * 3 + 2];
        layer->inverse[row * 3] = (float)(h[row * 3] * scale);
        layer->inverse[row * 3 + 1] = (float)(h[row * 3 + 1] * scale);
        layer->inverse[row * 3 + 2] = (float)(constant * scale);
    }
    return true;
}

// Coverage of pixels by polygons and round rectangles, by exact areas.

typedef struct {
    int32_t first, last;
} touched;

/// Adds what one edge of the polygon covers of a row: signed areas to the right of the edge, spread over the columns that
/// it crosses, so that a running sum gives coverage (as in font-rs and stb_truetype 2).
INLINE touched edge_row(float *sums, double x0, double y0, double x1, double y1, double row) {
    double sign = 1;
    if (y0 > y1) {
        double t = x0;
        x0 = x1;
        x1 = t;
        t = y0;
        y0 = y1;
        y1 = t;
        sign = -1;
    }
    double top = y0 > row ? y0 : row, bottom = y1 < row + 1 ? y1 : row + 1;
    if (!(bottom > top)) return (touched){0, 0};
    double slope = (x1 - x0) / (y1 - y0);
    double a = x0 + (top - y0) * slope, b = x0 + (bottom - y0) * slope;
    double left = a < b ? a : b, right = a < b ? b : a;
    double d = (bottom - top) * sign;
    int32_t i = (int32_t)left, j = (int32_t)right;
    if (j == i) {
        double inside = (left + right) / 2 - i;
        sums[i] += (float)(d * (1 - inside));
        sums[i + 1] += (float)(d * inside);
        return (touched){i, i + 2};
    }
    // The area of column c right of the edge grows by the integral of the edge's run through the columns up to c.
    double step = d / (right - left), before = 0;
    for (int32_t c = i; c <= j; c++) {
        double enter = left > c ? left : c, leave = right < c + 1 ? right : c + 1;
        double crossed = (leave - enter) * step;
        double share = crossed * (c + 1 - (enter + leave) / 2);
        sums[c] += (float)(share + before);
        before = crossed - share;
    }
    sums[j + 1] += (float)before;
    return (touched){i, j + 2};
}

INLINE uint8_t quantised(float sum) {
    float v = sum < 0 ? -sum : sum;
    return v >= 1 ? 255 : (uint8_t)(v * 255 + 0.5f);
}

/// Fills `cover` with the polygon's coverage of a row (index 0 is column -2); returns the columns that can be covered.
static touched polygon_row(const fp_layer *layer, int32_t row, const fp_scratch *scratch) {
    touched parts[FP_MAX_CORNERS];
    int32_t count = 0, corners = layer->corner_count;
    for (int32_t i = 0; i < corners; i++) {
        int32_t next = i + 1 < corners ? i + 1 : 0;
        touched part = edge_row(
            scratch->sums, layer->corner_x[i] + 2, layer->corner_y[i], layer->corner_x[next] + 2, layer->corner_y[next],
            row);
        if (part.last <= part.first) continue;
        int32_t at = count++;
        for (; at > 0 && parts[at - 1].first > part.first; at--) parts[at] = parts[at - 1];
        parts[at] = part;
    }
    if (count == 0) return (touched){0, 0};
    float sum = 0;
    int32_t column = parts[0].first;
    for (int32_t i = 0; i < count; i++) {
        if (parts[i].first > column) {
            memset(scratch->cover + column, quantised(sum), (size_t)(parts[i].first - column));
            column = parts[i].first;
        }
        for (; column < parts[i].last; column++) {
            sum += scratch->sums[column];
            scratch->sums[column] = 0;
            scratch->cover[column] = quantised(sum);
        }
    }
    return (touched){parts[0].first, column};
}

INLINE float overlap(float low, float high, float cell) {
    float a = low > cell ? low : cell, b = high < cell + 1 ? high : cell + 1;
    return b > a ? b - a : 0;
}

/// Multiplies the coverage of columns x0..<x1 by that of the clip; false when the row is outside.
static bool clip_row(const fp_layer *layer, int32_t row, int32_t x0, int32_t x1, uint8_t *cover) {
    float down = overlap(layer->clip_y0, layer->clip_y1, (float)row);
    if (down <= 0) return false;
    float radius = layer->clip_radius, y = (float)row + 0.5f;
    float upper = layer->clip_y0 + radius, lower = layer->clip_y1 - radius;
    bool round = radius > 0 && (y < upper || y > lower);
    float dy = y < upper ? upper - y : y - lower;
    float inner_left = layer->clip_x0 + radius, inner_right = layer->clip_x1 - radius;
    // Columns from here to there lie inside and between the corners, whatever the row.
    float free_left = round ? inner_left : layer->clip_x0, free_right = round ? inner_right : layer->clip_x1;
    for (int32_t x = x0; x < x1; x++) {
        float center = (float)x + 0.5f, share;
        if (down >= 1 && (float)x >= free_left && (float)x + 1 <= free_right) {
            // Nothing changes on the way to the other side.
            int32_t last = (int32_t)free_right;
            if (last >= x1) return true;
            x = last - 1;
            continue;
        }
        if (round && (center < inner_left || center > inner_right)) {
            float dx = center < inner_left ? inner_left - center : center - inner_right;
            share = radius + 0.5f - sqrtf(dx * dx + dy * dy);
            share = share < 0 ? 0 : share > 1 ? 1 : share;
        } else {
            share = down * overlap(layer->clip_x0, layer->clip_x1, (float)x);
        }
        cover[x - x0] = (uint8_t)divide255(cover[x - x0] * (uint32_t)(share * 255 + 0.5f));
    }
    return true;
}

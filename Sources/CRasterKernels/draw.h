// A layer onto a target, row by row.

static bool is_plain(const fp_layer *layer) {
    return layer->kind == FP_WHOLE && layer->opaque && !layer->clipped && layer->opacity == 255 &&
           layer->multiply == 255 && layer->add == 0 && layer->blend == 0;
}

static void draw(const fp_layer *layer, const fp_surface *target, fp_rect cut, const fp_scratch *scratch) {
    int32_t left = cut.x0 > layer->bounds.x0 ? cut.x0 : layer->bounds.x0;
    int32_t right = cut.x1 < layer->bounds.x1 ? cut.x1 : layer->bounds.x1;
    int32_t top = cut.y0 > layer->bounds.y0 ? cut.y0 : layer->bounds.y0;
    int32_t bottom = cut.y1 < layer->bounds.y1 ? cut.y1 : layer->bounds.y1;
    if (left >= right) return;
    if (is_plain(layer)) {
        for (int32_t row = top; row < bottom; row++) {
            memcpy(
                target->bytes + row * target->stride + 4 * left,
                layer->texture.bytes + (row - layer->y) * layer->texture.stride + 4 * (left - layer->x),
                4 * (size_t)(right - left));
        }
        return;
    }
    const bool is_laid = layer->kind == FP_SHIFT && !layer->clipped && layer->opacity == 255 && layer->multiply == 255 &&
                         layer->add == 0 && layer->blend == 0;
    for (int32_t row = top; row < bottom; row++) {
        uint32_t *line = (uint32_t *)(target->bytes + row * target->stride);
        if (is_laid) {
            lay_shifted_row(layer, row, left, right, line + left);
            continue;
        }
        const uint32_t *source = scratch->pixels;
        uint8_t *cover = NULL;
        int32_t x0 = left, x1 = right;
        if (layer->kind == FP_WARP) {
            touched part = polygon_row(layer, row, scratch);
            x0 = part.first - 2 > left ? part.first - 2 : left;
            x1 = part.last - 2 < right ? part.last - 2 : right;
            if (x0 >= x1) continue;
            cover = scratch->cover + x0 + 2;
        } else if (layer->clipped) {
            cover = scratch->cover;
            memset(cover, 255, (size_t)(x1 - x0));
        }
        if (layer->clipped && !clip_row(layer, row, x0, x1, cover)) continue;
        switch (layer->kind) {
        case FP_WHOLE:
            source = (const uint32_t *)(layer->texture.bytes + (row - layer->y) * layer->texture.stride) + (x0 - layer->x);
            break;
        case FP_SHIFT: shift_row(layer, row, x0, x1, scratch->pixels); break;
        default: warp_row(layer, row, x0, x1, scratch->pixels, scratch->texels); break;
        }
        blend_row(line + x0, source, cover, x1 - x0, layer);
    }
}

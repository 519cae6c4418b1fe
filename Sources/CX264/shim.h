#pragma once
#include <stdint.h>
#include <x264.h>

// The name of this function holds the version of its interface: a library of another one does not link.
static inline x264_t *fanpai_x264_open(x264_param_t *parameters) { return x264_encoder_open(parameters); }

/// Sends errors to a callback that is called like FFmpeg's, instead of to the terminal.
static inline void fanpai_x264_set_log(x264_param_t *parameters, void *callback) {
    parameters->pf_log = (void (*)(void *, int, const char *, va_list))callback;
    parameters->p_log_private = 0;
    parameters->i_log_level = X264_LOG_ERROR;
}

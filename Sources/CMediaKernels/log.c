#include "CMediaKernels.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char last[512];

static void keep(void *context, int level, const char *format, va_list arguments) {
    (void)context;
    if ((level & 0xff) > 16) return;
    vsnprintf(last, sizeof last, format, arguments);
    size_t length = strlen(last);
    while (length > 0 && (last[length - 1] == '\n' || last[length - 1] == ' ')) last[--length] = 0;
}

void *fanpai_log_callback(void) { return (void *)keep; }

const char *fanpai_log_last(void) { return last; }

void fanpai_log_clear(void) { last[0] = 0; }

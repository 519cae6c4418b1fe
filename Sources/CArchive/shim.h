#pragma once
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

// libarchive converts names that are marked as UTF-8 to the thread's character set, "C" unless the program says otherwise,
// and drops those it cannot convert. In this locale it hands them on as they are.
static inline locale_t fanpai_utf8_locale(void) { return newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

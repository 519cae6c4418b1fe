#define _GNU_SOURCE
#include "CMediaKernels.h"
#include <elf.h>
#include <link.h>
#include <string.h>

typedef struct {
    fanpai_image_callback call;
    void *context;
} visitor;

static int visit(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    const visitor *to = data;
    const uint8_t *id = NULL;
    int length = 0;
    for (int index = 0; index < info->dlpi_phnum && !id; index++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[index];
        if (part->p_type != PT_NOTE) continue;
        const uint8_t *at = (const uint8_t *)(info->dlpi_addr + part->p_vaddr);
        const uint8_t *end = at + part->p_memsz;
        // Some notes are aligned to 8 bytes, and say so in the header of their part.
        size_t align = part->p_align == 8 ? 7 : 3;
        while ((size_t)(end - at) >= sizeof(ElfW(Nhdr))) {
            ElfW(Nhdr) note;
            memcpy(&note, at, sizeof note);
            size_t name = (note.n_namesz + align) & ~align;
            size_t content = (note.n_descsz + align) & ~align;
            if (name + content > (size_t)(end - at) - sizeof note) break;
            const uint8_t *text = at + sizeof note;
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && !memcmp(text, "GNU", 4)) {
                id = text + name;
                length = (int)note.n_descsz;
                break;
            }
            at = text + name + content;
        }
    }
    to->call(to->context, info->dlpi_name, id, length);
    return 0;
}

void fanpai_for_each_image(fanpai_image_callback call, void *context) {
    visitor to = {call, context};
    dl_iterate_phdr(visit, &to);
}

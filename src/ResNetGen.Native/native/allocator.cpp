// The C library's allocator, set up for training.
#include "guard.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

// With glibc's defaults every large tensor is mapped afresh and unmapped again, and touching fresh pages costs as much
// as the arithmetic on them. Kept on the heap instead, the memory of one step serves the next. Returns 1 where it was done.
// noexcept: mallopt() is C.
RN_EXPORT int32_t rn_keep_freed_memory() noexcept {
#if defined(__GLIBC__)
    // 32 MiB is the largest threshold that glibc takes; beyond it tensors are few and long-lived enough.
    const bool mapped = mallopt(M_MMAP_THRESHOLD, 32 << 20) == 1;
    const bool trimmed = mallopt(M_TRIM_THRESHOLD, 2047 << 20) == 1;
    return mapped && trimmed ? 1 : 0;
#else
    return 0;
#endif
}

// Gives the pages of freed blocks back to the kernel. Returns 1 where there were any. noexcept: malloc_trim() is C.
RN_EXPORT int32_t rn_release_freed_memory() noexcept {
#if defined(__GLIBC__)
    return malloc_trim(0);
#else
    return 0;
#endif
}
